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

}  // namespace

std::string TextOf(const v1::ListMembersReply& members, const Layout& layout) {
  if (members.members().empty()) return "no members are known here yet\n";
  std::vector<Table::Column> columns = {{"member"}, {"name"},  {"kind"},          {"country"},
                                        {"region"}, {"state"}, {"recommended by"}};
  if (layout.verbose) columns.insert(columns.end(), {{"number", Align::kRight}, {"endpoints"}});
  Table table(columns);
  for (const v1::MemberSummary& member : members.members()) {
    std::vector<std::string> row = {member.slug(),
                                    member.name(),
                                    member.kind(),
                                    Country(member),
                                    OrDash(member.region()),
                                    member.state(),
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
  const v1::MemberSummary& member = reply.member();
  std::string text = absl::StrCat(Bold(Printable(member.name()), layout), " (", member.slug(), "), ", member.kind(),
                                  ", ", member.state(), "\n");
  Table facts({{"detail"}, {"value"}});
  if (member.country() != kNoCountry) {
    facts.Add({"country", absl::StrCat(member.country(), ", ", OrDash(member.region()))});
  }
  if (!member.recommended_by().empty()) facts.Add({"recommended by", member.recommended_by()});
  facts.Add({"member number", absl::StrCat(member.number())});
  facts.Add({"admitted by roster entry", Grouped(member.since())});
  facts.Add({"endpoints", OrDash(absl::StrJoin(member.endpoints(), " "))});
  if (layout.verbose) {
    facts.Add({"incarnation", absl::StrCat(member.incarnation())});
    facts.Add({"writer key", member.writer_key()});
    facts.Add({"TLS keys", absl::StrJoin(member.tls_keys(), " ")});
  }
  absl::StrAppend(&text, facts.Text(layout), "\n");
  Table feeds({{"collection"}, {"entries", Align::kRight}, {"bytes", Align::kRight}, {"state"}});
  for (const v1::FeedSummary& feed : reply.feeds()) {
    feeds.Add({feed.collection(), Grouped(feed.length()), BytesInWords(feed.bytes()), feed.state()});
  }
  absl::StrAppend(&text, feeds.empty() ? "nothing of it is held here\n" : feeds.Text(layout));
  return text;
}

std::string TextOf(const std::vector<v1::RosterEntrySummary>& roster_log, const Layout& layout) {
  if (roster_log.empty()) return "the list of members has not arrived yet\n";
  Table table({{"entry", Align::kRight}, {"at"}, {"kind"}, {"about"}, {"effect"}});
  for (const v1::RosterEntrySummary& entry : roster_log) {
    table.Add({Grouped(entry.sequence()), Day(entry.claimed_time_ms()), entry.kind_name(), OrDash(entry.subject()),
               entry.valid() ? "valid" : absl::StrCat("void: ", entry.why_void())});
  }
  return table.Text(layout);
}

}  // namespace hansa::node::cli
