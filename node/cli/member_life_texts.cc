#include "node/cli/member_life_texts.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/json_parts.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::Json;
using json::OrNull;
using json::Text;

Json Of(const v1::OlderLife& life) {
  Json feeds = Json::array();
  for (const v1::FeedSummary& feed : life.feeds()) {
    feeds.push_back(
        {{"collection", feed.collection()}, {"length", feed.length()}, {"head", feed.head()}, {"state", feed.state()}});
  }
  return {{"incarnation", life.incarnation()}, {"writer_key", life.writer_key()}, {"feeds", feeds}};
}

Json Of(const v1::Recovery& recovery) {
  Json older = Json::array();
  for (const v1::OlderLife& life : recovery.older()) older.push_back(Of(life));
  return {{"slug", recovery.slug()},
          {"number", recovery.number()},
          {"incarnation", recovery.incarnation()},
          {"writer_key", recovery.writer_key()},
          {"state", recovery.state()},
          {"older", older}};
}

std::string TextOf(const v1::OlderLife& life, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text =
      absl::StrCat(words("incarnation {0} has no end yet, key {1}", life.incarnation(), life.writer_key()), "\n");
  Table table({{words("collection")}, {words("entries"), Align::kRight}, {words("head")}, {words("state")}});
  for (const v1::FeedSummary& feed : life.feeds()) {
    table.Add({words(feed.collection()), Grouped(feed.length()), feed.head(), words(feed.state())});
  }
  return absl::StrCat(text,
                      table.empty() ? absl::StrCat(words("nothing of it is held here"), "\n") : table.Text(layout));
}

// How long it takes, and what it takes to be quicker.
std::string WhenErased(const v1::EraseRecordReply& erased, const words::Words& words) {
  if (erased.reason() == "lost") return words("nobody waits for it any more; nothing that somebody holds is destroyed");
  if (erased.hold_hours() == 0) return words("every node that the order reaches destroys it at once");
  return words(
      "it is hidden at once here and wherever the order arrives; each node destroys it after it has run for {0} h "
      "more, "
      "or at once when author and secretariat have both ordered it, or with officers' approvals",
      Grouped(erased.hold_hours()));
}

// Officers' approvals that do not make it quicker, being too few.
std::string TooFewApprovals(const v1::EraseRecordReply& erased, const words::Words& words) {
  std::uint32_t fewest = erased.approvals_needed();
  for (const v1::ErasedEntry& entry : erased.entries()) fewest = std::min(fewest, entry.approvals());
  const bool some = std::any_of(erased.entries().begin(), erased.entries().end(),
                                [](const v1::ErasedEntry& entry) { return entry.approvals() > 0; });
  if (!some || fewest >= erased.approvals_needed() || erased.hold_hours() == 0) return "";
  return absl::StrCat(
      words("{0} of the {1} approvals needed were given: nothing is quicker for it", fewest, erased.approvals_needed()),
      "\n");
}

Json Of(const v1::ErasedEntry& entry) {
  return {{"revision", entry.revision()},
          {"sequence", entry.sequence()},
          {"order", OrNull(entry.order())},
          {"approvals", entry.approvals()},
          {"already", entry.already()}};
}

}  // namespace

std::string TextOf(const v1::RosterChangeReply& change, const Layout& layout) {
  const words::Words& words = layout.words;
  const std::string what = Printable(words.Translated(change.words()));
  if (!change.already()) return absl::StrCat(words("done: {0} (roster entry {1})", what, change.sequence()), "\n");
  return absl::StrCat(what, "; ", words("nothing was changed"), "\n");
}

std::string JsonOf(const v1::RosterChangeReply& change) {
  return Text({{"slug", change.slug()},
               {"sequence", OrNull(change.sequence())},
               {"already", change.already()},
               {"words", change.words()},
               {"warnings", Array(change.warnings())}});
}

std::string TextOf(const v1::ListRecoveriesReply& recoveries, const Layout& layout) {
  const words::Words& words = layout.words;
  std::string text;
  for (const v1::Recovery& recovery : recoveries.recoveries()) {
    absl::StrAppend(&text, Bold(recovery.slug(), layout), ": ",
                    words("member {0}, {1}, goes on under the key {2}, incarnation {3}", recovery.number(),
                          words(recovery.state()), recovery.writer_key(), recovery.incarnation()),
                    "\n");
    for (const v1::OlderLife& life : recovery.older()) absl::StrAppend(&text, TextOf(life, layout));
    absl::StrAppend(&text, "\n");
  }
  if (text.empty()) text = absl::StrCat(words("no member has older feeds without an end"), "\n\n");
  absl::StrAppend(&text, words("before you reinstate a member or end its older feeds:"), "\n");
  for (const std::string& check : recoveries.checks()) absl::StrAppend(&text, "- ", words.Translated(check), "\n");
  return text;
}

std::string JsonOf(const v1::ListRecoveriesReply& recoveries) {
  Json all = Json::array();
  for (const v1::Recovery& recovery : recoveries.recoveries()) all.push_back(Of(recovery));
  return Text({{"recoveries", all}, {"checks", Array(recoveries.checks())}});
}

std::string JsonOf(const WrittenRequest& request) {
  return Text({{"form", request.form},
               {"file", request.path},
               {"slug", request.slug},
               {"member", OrNull(std::uint64_t{request.member})},
               {"incarnation", OrNull(std::uint64_t{request.incarnation})},
               {"writer_key", request.writer_key},
               {"already", request.was_there},
               {"ends", Array(request.ends)}});
}

std::string TextOf(const KeyReport& keys, const Layout& layout) {
  const words::Words& words = layout.words;
  Table table({{words("detail")}, {words("value")}});
  table.Add({words("member"), keys.member == 0 ? keys.slug : absl::StrCat(keys.slug, " (", keys.member, ")")});
  table.Add({words("writer key"), keys.writer_key.empty() ? "-" : keys.writer_key});
  if (keys.tls) {
    table.Add({words("TLS key"), keys.tls->key});
    table.Add({words("its pin"), keys.tls->pin});
  }
  if (!keys.roster_key.empty()) table.Add({words("roster key"), keys.roster_key});
  if (keys.incarnation > 0) table.Add({words("incarnation"), absl::StrCat(keys.incarnation)});
  std::string text = table.Text(layout);
  if (keys.is_present_key == true) absl::StrAppend(&text, words("the roster has this writer key"), "\n");
  if (keys.is_present_key == false) {
    absl::StrAppend(&text,
                    keys.was_asked_for
                        ? words("the roster has another writer key: this one waits until the secretariat reinstates it")
                        : words("the roster has another writer key; this one signs nothing"),
                    "\n");
  }
  return text;
}

std::string JsonOf(const KeyReport& keys) {
  Json tls = nullptr;
  if (keys.tls) tls = {{"key", keys.tls->key}, {"pin", keys.tls->pin}};
  return Text({{"slug", keys.slug},
               {"writer_key", OrNull(keys.writer_key)},
               {"tls", tls},
               {"roster_key", OrNull(keys.roster_key)},
               {"member", OrNull(std::uint64_t{keys.member})},
               {"incarnation", OrNull(std::uint64_t{keys.incarnation})},
               {"is_present_key", keys.is_present_key ? Json(*keys.is_present_key) : Json(nullptr)},
               {"was_asked_for", keys.was_asked_for}});
}

std::string TextOf(const v1::EraseRecordReply& erased, const Layout& layout) {
  const words::Words& words = layout.words;
  const auto entries = static_cast<std::uint64_t>(erased.entries_size());
  std::string text;
  if (erased.already()) {
    text = words("what record {0} of {1} holds was ordered to be erased before; nothing was signed", erased.id(),
                 erased.member());
  } else if (erased.queued()) {
    text = words("the order to erase what record {0} of {1} holds waits: it is signed once this node may publish",
                 erased.id(), erased.member());
  } else {
    text = absl::StrCat(words("ordered to erase what record {0} of {1} holds: {2}", erased.id(), erased.member(),
                              words.Counted(entries, "{0} revision", "{0} revisions")),
                        "; ",
                        erased.held_by().empty() ? words("nobody else is known to hold it yet")
                                                 : words("held by {0}", absl::StrJoin(erased.held_by(), ", ")));
  }
  if (erased.files() > 0) {
    absl::StrAppend(&text, "\n",
                    words.Counted(erased.files(), "{0} file that only this record names goes with it",
                                  "{0} files that only this record names go with it"));
  }
  absl::StrAppend(&text, "\n", WhenErased(erased, words), "\n", TooFewApprovals(erased, words),
                  words("that something was published stays to be seen, and so does this order; copies outside the "
                        "network are out of reach"),
                  "\n");
  return text;
}

std::string JsonOf(const v1::EraseRecordReply& erased) {
  Json entries = Json::array();
  for (const v1::ErasedEntry& entry : erased.entries()) entries.push_back(Of(entry));
  return Text({{"id", erased.id()},
               {"member", erased.member()},
               {"collection", erased.collection()},
               {"reason", erased.reason()},
               {"already", erased.already()},
               {"queued", erased.queued()},
               {"hold_hours", erased.hold_hours()},
               {"approvals_needed", erased.approvals_needed()},
               {"entries", entries},
               {"files", erased.files()},
               {"held_by", Array(erased.held_by())}});
}

std::string JsonOf(const v1::EraseRecordReply& proposed, const std::vector<std::string>& paths) {
  return Text({{"form", "proposal"},
               {"files", Array(paths)},
               {"id", proposed.id()},
               {"member", proposed.member()},
               {"approvals_needed", proposed.approvals_needed()}});
}

std::string JsonOf(const ConfirmedEnd& end) {
  return Text({{"collection", end.collection}, {"length", end.length}, {"head", end.head}, {"fence", end.fence}});
}

}  // namespace hansa::node::cli
