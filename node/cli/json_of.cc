#include "node/cli/json_of.h"

#include <nlohmann/json.hpp>

#include <cmath>

#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/backup/manifest.h"
#include "node/cli/exit_code.h"
#include "node/cli/json_parts.h"
#include "node/membership/found_network.h"
#include "node/membership/init_node.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::ArrayOf;
using json::Change;
using json::Json;
using json::OrNull;
using json::Text;

constexpr char kNoCountry[] = "INT";

// Seconds to the millisecond.
Json Seconds(double seconds) { return std::round(seconds * 1000) / 1000; }

std::string Moment(std::uint64_t unix_ms) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)),
                          absl::UTCTimeZone());
}

Json Lag(const v1::CollectionLag& lag) {
  return {{"collection", lag.collection()}, {"entries", lag.entries()}, {"bytes", lag.bytes()}};
}

Json Peer(const v1::PeerStatus& peer) {
  Json refusals = Json::object();
  for (const v1::RefusalCount& refusal : peer.refusals()) refusals[refusal.reason()] = refusal.count();
  return {{"member", OrNull(peer.member())},
          {"address", peer.address()},
          {"state", peer.state()},
          {"behind_entries", peer.behind_entries()},
          {"behind_bytes", peer.behind_bytes()},
          {"last_equal_root_s", peer.has_last_equal_root_s() ? Seconds(peer.last_equal_root_s()) : Json(nullptr)},
          {"last_error", OrNull(peer.last_error())},
          {"connected", peer.connected()},
          {"behind", ArrayOf(peer.behind(), Lag)},
          {"stalled_s", peer.has_stalled_s() ? Seconds(peer.stalled_s()) : Json(nullptr)},
          {"waiting", peer.waiting()},
          {"refusals", std::move(refusals)}};
}

Json Fork(const v1::ForkedFeed& fork) {
  return {{"member", fork.member()}, {"collection", fork.collection()}, {"incarnation", fork.incarnation()}};
}

Json Disk(const v1::DiskStatus& disk) {
  return {
      {"free_bytes", disk.free_bytes()},         {"total_bytes", disk.total_bytes()}, {"room", disk.room()},
      {"refuses_writes", disk.refuses_writes()}, {"mended", disk.mended()},           {"salvaged", disk.salvaged()}};
}

Json Outbox(const v1::OutboxStatus& outbox) {
  return {{"waiting", outbox.waiting()},
          {"oldest_s", outbox.has_oldest_s() ? Seconds(outbox.oldest_s()) : Json(nullptr)},
          {"set_aside", outbox.set_aside()}};
}

Json Member(const v1::MemberSummary& member) {
  const bool has_country = member.country() != kNoCountry;
  return {{"slug", member.slug()},
          {"number", member.number()},
          {"name", member.name()},
          {"kind", member.kind()},
          {"country", has_country ? OrNull(member.country()) : Json(nullptr)},
          {"region", has_country ? OrNull(member.region()) : Json(nullptr)},
          {"state", member.state()},
          {"recommended_by", OrNull(member.recommended_by())},
          {"endpoints", Array(member.endpoints())}};
}

Json Feed(const v1::FeedSummary& feed) {
  return {{"member", feed.member()},
          {"collection", feed.collection()},
          {"incarnation", feed.incarnation()},
          {"length", feed.length()},
          {"head", feed.head()},
          {"state", feed.state()},
          {"bytes", feed.bytes()}};
}

Json Problem(const v1::IndicatorProblem& problem) {
  return {{"rule", problem.rule()},         {"file", OrNull(problem.file())},     {"row", OrNull(problem.row())},
          {"cell", OrNull(problem.cell())}, {"column", OrNull(problem.column())}, {"what", problem.what()},
          {"do", OrNull(problem.remedy())}};
}

// What the reports of import and check share.
Json ReadAs(const v1::ReadAs& read_as) {
  return {{"kind", read_as.kind()},       {"encoding", read_as.encoding()}, {"separator", read_as.separator()},
          {"decimal", read_as.decimal()}, {"sheet", read_as.sheet()},       {"sheets", Array(read_as.sheets())}};
}

template <typename Reply>
Json Report(const Reply& reply) {
  return {{"ok", reply.ok()},
          {"accepted", reply.accepted()},
          {"errors", ArrayOf(reply.errors(), Problem)},
          {"warnings", ArrayOf(reply.warnings(), Problem)},
          {"completeness", {{"reported", reply.completeness().reported()}, {"of", reply.completeness().of()}}},
          {"years", Array(reply.years())},
          {"changes", ArrayOf(reply.changes(), Change)}};
}

Json Row(const v1::IndicatorRow& row) {
  Json attributes = Json::object();
  for (const v1::IndicatorAttribute& attribute : row.attributes()) {
    attributes[attribute.key()] = attribute.value();
  }
  return {{"member", row.member()},
          {"year", row.year()},
          {"cell", row.cell()},
          {"value", row.has_value() ? Json(row.value()) : Json(nullptr)},
          {"unit", OrNull(row.unit())},
          {"source_kind", OrNull(row.source_kind())},
          {"source", OrNull(row.source())},
          {"period", OrNull(row.period())},
          {"area", OrNull(row.area())},
          {"match", OrNull(row.match())},
          {"revision", row.revision()},
          {"published", row.published()},
          {"waits", row.waits()},
          {"note", OrNull(row.note())},
          {"no_data_reason", OrNull(row.no_data_reason())},
          {"attributes", std::move(attributes)},
          {"supplier", OrNull(row.supplier())},
          {"licence", OrNull(row.licence())},
          {"level", OrNull(row.level())},
          {"derivation_note", OrNull(row.derivation_note())},
          {"definition_language", OrNull(row.definition_language())},
          {"approved_by", OrNull(row.approved_by())},
          {"word_of", OrNull(row.word_of())}};
}

Json Revision(const v1::IndicatorRevision& revision) {
  Json json = Row(revision.row());
  json["published_at"] = Moment(revision.published_ms());
  json["sequence"] = revision.sequence();
  json["incarnation"] = revision.incarnation();
  json["reason"] = OrNull(revision.reason());
  json["id"] = revision.id();
  json["withdrawn"] = revision.withdrawn();
  json["fault"] = OrNull(revision.fault());
  return json;
}

Json Published(const v1::PublishedSet& set) {
  return {{"id", set.id()},
          {"member", set.member()},
          {"collection", set.collection()},
          {"sequence", set.sequence()},
          {"year", set.year()},
          {"revision", set.revision()},
          {"queued", set.queued()},
          {"held_by", Array(set.held_by())},
          {"unchanged", set.unchanged()},
          {"values", set.values()},
          {"without_data", set.without_data()},
          {"withdrawn", set.withdrawn()}};
}

Json Choice(const v1::SetChoice& choice) {
  return {{"year", choice.year()}, {"revision", choice.has_revision() ? Json(choice.revision()) : Json(nullptr)}};
}

Json Difference(const v1::IndicatorDifference& cell) {
  return {{"cell", cell.cell()},
          {"before", cell.has_before() ? Row(cell.before()) : Json(nullptr)},
          {"after", cell.has_after() ? Row(cell.after()) : Json(nullptr)},
          {"fields", Array(cell.fields())}};
}

Json Point(const v1::ProgressPoint& point) {
  Json json = Row(point.row());
  json["joins"] = point.joins();
  return json;
}

Json TargetOf(const v1::CellProgress& cell) {
  if (!cell.has_target()) return nullptr;
  const v1::TargetSummary& target = cell.target();
  return {{"id", target.id()},
          {"value", target.value()},
          {"unit", target.unit()},
          {"by_year", target.by_year()},
          {"note", OrNull(target.note())},
          {"approved_by", OrNull(target.approved_by())},
          {"revision", target.revision()}};
}

Json StrategyOnSeries(const v1::StrategySummary& strategy) {
  return {{"id", strategy.id()},
          {"title", strategy.title()},
          {"kind", OrNull(strategy.kind())},
          {"state", OrNull(strategy.state())},
          {"starts_on", OrNull(strategy.starts_on())},
          {"ends_on", OrNull(strategy.ends_on())}};
}

Json Progress(const v1::CellProgress& cell) {
  return {{"cell", cell.cell()},
          {"unit", cell.unit()},
          {"series", ArrayOf(cell.series(), Point)},
          {"baseline_year", OrNull(cell.baseline_year())},
          {"latest_year", OrNull(cell.latest_year())},
          {"difference", OrNull(cell.difference())},
          {"moved", OrNull(cell.moved())},
          {"meaning", OrNull(cell.meaning())},
          {"target", TargetOf(cell)},
          {"strategies", ArrayOf(cell.strategies(), StrategyOnSeries)},
          {"word_of", OrNull(cell.word_of())}};
}

Json Covered(const v1::CellCoverage& cell) {
  return {{"cell", cell.cell()}, {"reporting", cell.reporting()}, {"chosen", cell.chosen()}};
}

Json Region(const v1::RegionCoverage& region) {
  return {{"region", OrNull(region.region())},
          {"members", region.members()},
          {"reporting", region.reporting()},
          {"cells", ArrayOf(region.cells(), Covered)}};
}

Json Summary(const v1::CellSummary& cell) {
  Json movement = nullptr;
  if (cell.has_movement()) {
    movement = {{"up", cell.movement().up()}, {"same", cell.movement().same()}, {"down", cell.movement().down()}};
  }
  Json attributes = Json::array();
  for (const v1::AttributeCounts& attribute : cell.attributes()) {
    Json choices = nullptr;
    if (!attribute.withheld()) {
      choices = ArrayOf(attribute.choices(), [](const v1::ChoiceCount& choice) -> Json {
        return {{"choice", choice.choice()}, {"n", choice.count()}};
      });
    }
    attributes.push_back({{"attribute", attribute.attribute()},
                          {"n", attribute.n()},
                          {"withheld", attribute.withheld()},
                          {"choices", std::move(choices)}});
  }
  return {{"cell", cell.cell()},
          {"group",
           {{"source_kind", OrNull(cell.source_kind())},
            {"language", OrNull(cell.language())},
            {"match", OrNull(cell.match())}}},
          {"n", cell.n()},
          {"withheld", cell.withheld()},
          {"q1", OrNull(cell.q1())},
          {"median", OrNull(cell.median())},
          {"q3", OrNull(cell.q3())},
          {"mean", OrNull(cell.mean())},
          {"levels", cell.levels().empty() ? Json(nullptr) : Array(cell.levels())},
          {"movement", std::move(movement)},
          {"attributes", std::move(attributes)}};
}

}  // namespace

std::string JsonOf(const absl::Status& error, int exit) {
  return Text({{"error", {{"code", CodeWord(error)}, {"exit", exit}, {"message", std::string(error.message())}}}});
}

std::string JsonOf(const v1::GetStatusReply& status) {
  return Text({{"member", OrNull(status.member())},
               {"name", OrNull(status.name())},
               {"role", OrNull(status.role())},
               {"network", OrNull(status.network())},
               {"state", status.state()},
               {"fence", status.fence()},
               {"in_sync", status.in_sync()},
               {"in_sync_age_s", status.has_in_sync_age_s() ? Seconds(status.in_sync_age_s()) : Json(nullptr)},
               {"missing", status.missing()},
               {"peers", ArrayOf(status.peers(), Peer)},
               {"feeds", status.feeds()},
               {"entries", status.entries()},
               {"bytes", status.bytes()},
               {"version", status.version()},
               {"projection_lag", status.projection_lag()},
               {"is_hub", status.is_hub()},
               {"members", status.members()},
               {"roster_length", status.roster_length()},
               {"network_id", OrNull(status.network_id())},
               {"witness", OrNull(status.witness())},
               {"list_age_s", status.has_list_age_s() ? Seconds(status.list_age_s()) : Json(nullptr)},
               {"list_standing", OrNull(status.list_standing())},
               {"forks", ArrayOf(status.forks(), Fork)},
               {"clones", Array(status.clones())},
               {"erasures", json::Erasures(status.erasures())},
               {"outbox", Outbox(status.outbox())},
               {"files", json::Files(status.files())},
               {"has_other_keys", status.has_other_keys()},
               {"key_waits", status.key_waits()},
               {"told_clone", status.told_clone()},
               {"list_signed_to", status.has_list_signed_to() ? Json(status.list_signed_to()) : Json(nullptr)},
               {"disk", Disk(status.disk())}});
}

std::string JsonOf(const v1::ListPeersReply& peers) { return Text(ArrayOf(peers.peers(), Peer)); }

std::string JsonOf(const v1::ListMembersReply& members) { return Text(ArrayOf(members.members(), Member)); }

std::string JsonOf(const v1::GetMemberReply& reply) {
  const v1::MemberSummary& member = reply.member();
  Json json = Member(member);
  json["since"] = member.since();
  json["incarnation"] = member.incarnation();
  json["writer_key"] = member.writer_key();
  json["tls_keys"] = Array(member.tls_keys());
  json["feeds"] = ArrayOf(reply.feeds(), Feed);
  return Text(json);
}

std::string JsonOf(const std::vector<v1::RosterEntrySummary>& roster_log) {
  return Text(ArrayOf(roster_log, [](const v1::RosterEntrySummary& entry) -> Json {
    return {{"sequence", entry.sequence()},         {"kind", entry.kind_name()},
            {"subject", OrNull(entry.subject())},   {"valid", entry.valid()},
            {"why_void", OrNull(entry.why_void())}, {"at", Moment(entry.claimed_time_ms())}};
  }));
}

std::string JsonOf(const v1::AdmitReply& admission) {
  return Text({{"slug", admission.slug()},
               {"number", OrNull(std::uint64_t{admission.number()})},
               {"kind", admission.kind()},
               {"sequence", OrNull(admission.sequence())},
               {"already", admission.already()},
               {"words", admission.words()}});
}

std::string JsonOf(const v1::ListFeedsReply& feeds) { return Text(ArrayOf(feeds.feeds(), Feed)); }

std::string JsonOf(const v1::VerifyReply& verified) {
  return Text({{"feeds", verified.feeds()},
               {"entries", verified.entries()},
               {"bytes", verified.bytes()},
               {"signatures", verified.signatures()},
               {"ok", verified.ok()},
               {"problems", ArrayOf(verified.problems(), [](const v1::VerifyProblem& p) -> Json {
                  return {{"member", OrNull(p.member())},
                          {"collection", p.collection()},
                          {"sequence", p.sequence()},
                          {"what", p.what()}};
                })}});
}

std::string JsonOf(const v1::BackupReply& made) {
  return Text({{"folder", made.folder()},
               {"made", Moment(made.made_ms())},
               {"feeds", made.feeds()},
               {"entries", made.entries()},
               {"bytes", made.bytes()},
               {"new_bytes", made.new_bytes()}});
}

std::string JsonOf(const backup::Manifest& restored, const std::string& folder) {
  return Text({{"folder", folder},
               {"member", restored.member},
               {"network", restored.network.hex()},
               {"made", Moment(restored.made_ms)},
               {"feeds", restored.feeds},
               {"entries", restored.entries}});
}

std::string JsonOf(const v1::ReindexReply& reindexed) { return Text({{"entries", reindexed.entries()}}); }

std::string JsonOfExport(const ExportedFiles& files) {
  Json json = {{"file", files.file}, {"rows", files.rows}};
  json["companion"] = files.companion.empty() ? Json() : Json(files.companion);
  return Text(json);
}

std::string JsonOf(const v1::AssignCellsReply& assigned) { return Text({{"cells", assigned.cells()}}); }

std::string JsonOf(const v1::ListDepartmentsReply& departments) {
  return Text(ArrayOf(departments.cells(), [](const v1::AssignedCell& row) {
    return Json{{"cell", row.cell()}, {"department", row.department()}};
  }));
}

std::string JsonOf(const v1::MakeTemplateReply& made, const std::string& file) {
  return Text({{"file", file}, {"bytes", made.content().size()}, {"remark", OrNull(made.remark())}});
}

std::string JsonOf(const v1::ImportIndicatorsReply& report) {
  Json json = Report(report);
  json["skipped"] = report.skipped();
  json["unchanged"] = report.unchanged();
  json["dry_run"] = report.dry_run();
  if (report.has_read_as()) json["read_as"] = ReadAs(report.read_as());
  return Text(json);
}

std::string JsonOf(const v1::CheckIndicatorsReply& report) { return Text(Report(report)); }

std::string JsonOf(const v1::ShowIndicatorsReply& values) { return Text(ArrayOf(values.rows(), Row)); }

std::string JsonOf(const v1::ListIndicatorHistoryReply& history) {
  return Text(ArrayOf(history.revisions(), Revision));
}

std::string JsonOf(const v1::PublishIndicatorsReply& published, Sets sets) {
  if (sets == Sets::kSeveral || published.sets().size() != 1) {
    return Text(ArrayOf(published.sets(), Published));
  }
  return Text(Published(published.sets(0)));
}

std::string JsonOf(const v1::PublishedSet& set) { return Text(Published(set)); }

std::string JsonOf(const v1::DiscardIndicatorsReply& discarded) { return Text({{"cells", discarded.cells()}}); }

std::string JsonOf(const v1::ListProgressReply& progress) {
  return Text({{"member", progress.member()}, {"cells", ArrayOf(progress.cells(), Progress)}});
}

std::string JsonOf(const v1::CompareIndicatorsReply& compared) {
  return Text({{"member", compared.member()},
               {"before", Choice(compared.before())},
               {"after", Choice(compared.after())},
               {"cells", ArrayOf(compared.cells(), Difference)}});
}

std::string JsonOf(const v1::ListBesideReply& beside) {
  return Text({{"members", Array(beside.members())}, {"rows", ArrayOf(beside.rows(), Row)}});
}

std::string JsonOf(const v1::GetCoverageReply& coverage) {
  return Text({{"year", coverage.year()},
               {"members", coverage.members()},
               {"reporting", coverage.reporting()},
               {"cells", ArrayOf(coverage.cells(), Covered)},
               {"by_region", ArrayOf(coverage.by_region(), Region)},
               {"without_set", Array(coverage.without_set())}});
}

// Of the whole network `cells` holds everything; by region it is empty, and `by_region` holds one array for each.
std::string JsonOf(const v1::GetSummaryReply& summary) {
  Json json = {{"year", summary.year()}, {"cities", summary.cities()}, {"inputs_digest", summary.inputs_digest()}};
  const bool is_whole = summary.regions_size() == 1 && summary.regions(0).region().empty();
  json["cells"] = is_whole ? ArrayOf(summary.regions(0).cells(), Summary) : Json::array();
  Json regions = Json::array();
  for (const v1::RegionSummary& region : summary.regions()) {
    if (!is_whole)
      regions.push_back({{"region", OrNull(region.region())}, {"cells", ArrayOf(region.cells(), Summary)}});
  }
  json["by_region"] = std::move(regions);
  return Text(json);
}

std::string JsonOf(const membership::FoundedNetwork& network, const FoundingNames& names) {
  return Text({{"network", network.network.hex()},
               {"name", names.name},
               {"hub", names.hub},
               {"charter", network.charter},
               {"hub_folder", network.hub_folder},
               {"root_keys", Array(network.root_keys)},
               {"officer_keys", Array(network.officer_keys)}});
}

std::string JsonOf(const membership::NodeSetUp& node, const std::string& folder) {
  return Text({{"slug", node.identity.slug},
               {"name", node.identity.name},
               {"kind", RoleName(node.identity.kind, node.identity.key_role)},
               {"country", node.identity.country == kNoCountry ? Json(nullptr) : OrNull(node.identity.country)},
               {"endpoints", Array(node.identity.endpoints)},
               {"network", node.network},
               {"writer_key", node.writer_key.hex()},
               {"folder", folder},
               {"already", node.was_there}});
}

std::string JsonOf(const WrittenFile& file) {
  return Text({{"form", file.form}, {"file", file.path}, {"words", OrNull(file.words)}});
}

std::string JsonOfPeer(const std::string& address, const char* done) { return Text({{"peer", address}, {done, true}}); }

std::string JsonOfVersion(const std::string& version) { return Text({{"version", version}}); }

std::string JsonOfHelp(const std::string& text) { return Text({{"help", text}}); }

}  // namespace hansa::node::cli
