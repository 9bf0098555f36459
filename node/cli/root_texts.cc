#include "node/cli/root_texts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/json_parts.h"
#include "node/cli/text_width.h"
#include "node/membership/root_proposal.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::Json;
using json::OrNull;
using json::Text;
using Keys = std::vector<replication::PublicKey>;

Json PreviousRoster(const v1::RootVersion& version) {
  if (version.previous_roster_length() == 0) return nullptr;
  return {{"length", version.previous_roster_length()}, {"head", version.previous_roster_head()}};
}

Json Version(const v1::RootVersion& version) {
  return {{"version", version.version()},
          {"root_keys", Array(version.root_keys())},
          {"threshold", version.threshold()},
          {"officers", Array(version.officer_keys())},
          {"approvals", version.approvals()},
          {"roster_incarnation", version.roster_incarnation()},
          {"roster_key", version.roster_key()},
          {"from_length", version.from_length()},
          {"previous_roster", PreviousRoster(version)}};
}

std::string KeyTable(const v1::RootVersion& version, const Layout& layout) {
  const words::Words& words = layout.words;
  Table table({{words("key of")}, {words("public key")}});
  for (const std::string& key : version.root_keys()) table.Add({words("the root"), key});
  for (const std::string& key : version.officer_keys()) table.Add({words("an officer"), key});
  table.Add({words("the roster"), version.roster_key()});
  return table.Text(layout);
}

std::string VersionTable(const v1::GetRootReply& root, const Layout& layout) {
  const words::Words& words = layout.words;
  Table table({{words("version"), Align::kRight},
               {words("root keys that sign")},
               {words("officers who approve")},
               {words("roster incarnation"), Align::kRight},
               {words("judges entries after"), Align::kRight}});
  for (const v1::RootVersion& version : root.versions()) {
    table.Add({absl::StrCat(version.version()), words("{0} of {1}", version.threshold(), version.root_keys_size()),
               words("{0} of {1}", version.approvals(), version.officer_keys_size()),
               absl::StrCat(version.roster_incarnation()), Grouped(version.from_length())});
  }
  return table.Text(layout);
}

struct KeyLine {
  const char* is_new;
  const char* stays;
};

void AppendKeys(const Keys& keys, const Keys& before, const KeyLine& line, const words::Words& words,
                std::string& text) {
  for (const replication::PublicKey& key : keys) {
    const bool stays = std::find(before.begin(), before.end(), key) != before.end();
    absl::StrAppend(&text, "  ", words(stays ? line.stays : line.is_new, key.hex()), "\n");
  }
}

}  // namespace

std::string TextOf(const v1::GetRootReply& root, const Layout& layout) {
  if (root.versions().empty()) return absl::StrCat(layout.words("no root document is known here"), "\n");
  const v1::RootVersion& newest = root.versions(root.versions_size() - 1);
  std::string text = absl::StrCat(
      layout.words("network {0}, version {1} of the root document is in force", root.network_id(), newest.version()),
      "\n\n");
  absl::StrAppend(&text, VersionTable(root, layout), "\n", KeyTable(newest, layout));
  return text;
}

std::string JsonOf(const v1::GetRootReply& root) {
  Json versions = Json::array();
  for (const v1::RootVersion& version : root.versions()) versions.push_back(Version(version));
  return Text({{"network", root.network_id()},
               {"name", OrNull(root.network())},
               {"version", versions.empty() ? Json(nullptr) : versions.back()["version"]},
               {"roster_length", root.roster_length()},
               {"versions", versions}});
}

std::string KeysOf(const membership::RootProposal& proposal, const words::Words& words) {
  const replication::RootDocument& before = proposal.chain.newest();
  const replication::RootDocument& next = proposal.next;
  std::string text;
  AppendKeys(next.root_keys, before.root_keys, {"new root key {0}", "root key {0}"}, words, text);
  AppendKeys(next.officer_keys, before.officer_keys, {"new officer's key {0}", "officer's key {0}"}, words, text);
  AppendKeys({next.roster_writer}, {before.roster_writer}, {"new roster key {0}", "roster key {0}"}, words, text);
  return text;
}

std::string JsonOf(const v1::TakeRootReply& taken, const NewKeyFiles& keys) {
  return Text({{"version", taken.version()},
               {"already", taken.already()},
               {"words", OrNull(taken.words())},
               {"root_keys", Array(keys.root_keys)},
               {"officer_keys", Array(keys.officer_keys)},
               {"roster_key", OrNull(keys.roster_key)}});
}

std::string JsonOf(const WrittenRootProposal& proposal) {
  return Text({{"form", "root-proposal"},
               {"file", proposal.path},
               {"words", proposal.words},
               {"root_keys", Array(proposal.keys.root_keys)},
               {"officer_keys", Array(proposal.keys.officer_keys)},
               {"roster_key", OrNull(proposal.keys.roster_key)}});
}

}  // namespace hansa::node::cli
