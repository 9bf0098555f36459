#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"

namespace hansa::node::cli {
namespace {

constexpr char kNoCountry[] = "INT";

std::string OrDash(const std::string& text) { return text.empty() ? "-" : text; }

std::string Country(const v1::MemberSummary& member) {
  return member.country() == kNoCountry ? "-" : OrDash(member.country());
}

std::string Day(std::uint64_t unix_ms) {
  return absl::FormatTime("%Y-%m-%d %H:%M", absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)),
                          absl::LocalTimeZone());
}

// What an entry of the roster is about, as an officer would say it.
std::string KindInWords(const std::string& kind, const words::Words& words) {
  if (kind == "POLICY") return words("rules of the network");
  if (kind == "MEMBER_ADD") return words("new member");
  if (kind == "MEMBER_UPDATE") return words("change of a member's details");
  if (kind == "INCARNATION") return words("new key after disk loss");
  if (kind == "SEAL") return words("end of feeds under an older key");
  if (kind == "REVOKE") return words("end of a membership");
  if (kind == "SUSPEND") return words("suspension");
  if (kind == "RESUME") return words("end of a suspension");
  if (kind == "KEY") return words("key that signs statements");
  if (kind == "SCHEMA") return words("new kind of record");
  if (kind == "FRAMEWORK") return words("version of the framework");
  if (kind == "NETWORK_INFO") return words("name and addresses of the network");
  return kind;
}

}  // namespace

std::string TextOf(const v1::ListMembersReply& members, const Layout& layout) {
  const words::Words& words = layout.words;
  if (members.members().empty()) return absl::StrCat(words("no members are known here yet"), "\n");
  std::vector<Table::Column> columns = {{words("member")},        {words("name")},   {words("kind")},
                                        {words("country")},       {words("region")}, {words("state")},
                                        {words("recommended by")}};
  if (layout.verbose) columns.insert(columns.end(), {{words("number"), Align::kRight}, {words("endpoints")}});
  Table table(columns);
  for (const v1::MemberSummary& member : members.members()) {
    std::vector<std::string> row = {member.slug(),
                                    member.name(),
                                    words(member.kind()),
                                    Country(member),
                                    OrDash(words(member.region())),
                                    words(member.state()),
                                    OrDash(member.recommended_by())};
    if (layout.verbose) {
      row.push_back(absl::StrCat(member.number()));
      row.push_back(OrDash(absl::StrJoin(member.endpoints(), " ")));
    }
    table.Add(std::move(row));
  }
  return table.Text(layout);
}

std::string TextOf(const v1::GetMemberReply& reply, const Layout& layout) {
  const words::Words& words = layout.words;
  const v1::MemberSummary& member = reply.member();
  std::string text = absl::StrCat(Bold(Printable(member.name()), layout), " (", member.slug(), "), ",
                                  words(member.kind()), ", ", words(member.state()), "\n");
  Table facts({{words("detail")}, {words("value")}});
  if (member.country() != kNoCountry) {
    facts.Add({words("country"), absl::StrCat(member.country(), ", ", OrDash(words(member.region())))});
  }
  if (!member.recommended_by().empty()) facts.Add({words("recommended by"), member.recommended_by()});
  facts.Add({words("member number"), absl::StrCat(member.number())});
  facts.Add({words("admitted by roster entry"), Grouped(member.since())});
  facts.Add({words("endpoints"), OrDash(absl::StrJoin(member.endpoints(), " "))});
  if (layout.verbose) {
    facts.Add({words("incarnation"), absl::StrCat(member.incarnation())});
    facts.Add({words("writer key"), member.writer_key()});
    facts.Add({words("TLS keys"), absl::StrJoin(member.tls_keys(), " ")});
  }
  absl::StrAppend(&text, facts.Text(layout), "\n");
  Table feeds(
      {{words("collection")}, {words("entries"), Align::kRight}, {words("bytes"), Align::kRight}, {words("state")}});
  for (const v1::FeedSummary& feed : reply.feeds()) {
    feeds.Add({words(feed.collection()), Grouped(feed.length()), BytesInWords(feed.bytes()), words(feed.state())});
  }
  absl::StrAppend(&text, feeds.empty() ? absl::StrCat(words("nothing of it is held here"), "\n") : feeds.Text(layout));
  return text;
}

std::string TextOf(const std::vector<v1::RosterEntrySummary>& roster_log, const Layout& layout) {
  const words::Words& words = layout.words;
  if (roster_log.empty()) return absl::StrCat(words("the list of members has not arrived yet"), "\n");
  Table table(
      {{words("entry"), Align::kRight}, {words("at")}, {words("kind")}, {words("concerns")}, {words("effect")}});
  for (const v1::RosterEntrySummary& entry : roster_log) {
    table.Add({Grouped(entry.sequence()), Day(entry.claimed_time_ms()),
               layout.verbose ? entry.kind_name() : KindInWords(entry.kind_name(), words), OrDash(entry.subject()),
               entry.valid() ? words("valid") : words("void: {0}", words.Translated(entry.why_void()))});
  }
  return table.Text(layout);
}

}  // namespace hansa::node::cli
