#include "node/cli/json_parts.h"

#include <nlohmann/json.hpp>

#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "hansa/v1/node_files.pb.h"
#include "hansa/v1/node_records.pb.h"

namespace hansa::node::cli::json {

std::string Text(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json OrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json OrNull(std::uint64_t number) { return number == 0 ? Json(nullptr) : Json(number); }

Json Moment(std::uint64_t unix_ms) {
  if (unix_ms == 0) return nullptr;
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::FromUnixMillis(static_cast<std::int64_t>(unix_ms)),
                          absl::UTCTimeZone());
}

Json Link(const v1::RecordLink& link) {
  return {{"id", link.id()},
          {"member", OrNull(link.member())},
          {"collection", link.collection()},
          {"kind", OrNull(link.kind())},
          {"title", OrNull(link.title())},
          {"language", OrNull(link.language())},
          {"revision", OrNull(link.revision())}};
}

Json Revision(const v1::RecordRevision& revision) {
  return {{"revision", revision.revision()},
          {"sequence", revision.sequence()},
          {"published", Moment(revision.published_ms())},
          {"reason", OrNull(revision.reason())},
          {"withdrawn", revision.withdrawn()},
          {"entry_hash", revision.entry_hash()}};
}

Json Files(const v1::FileCount& files) {
  return {
      {"count", files.count()}, {"bytes", files.bytes()}, {"here", files.here()}, {"bytes_here", files.bytes_here()}};
}

Json Files(const v1::FilesStatus& files) {
  return {
      {"here", files.here()}, {"bytes_here", files.bytes_here()}, {"wanted", files.wanted()}, {"bytes", files.bytes()}};
}

Json Erasures(const v1::ErasureProgress& erasures) {
  return {{"open", erasures.open()},
          {"held_back", erasures.held_back()},
          {"ordered", erasures.ordered()},
          {"done", erasures.done()},
          {"unverified", erasures.unverified()},
          {"lost", erasures.lost()},
          {"files_left", erasures.files_left()}};
}

Json Change(const v1::ChangedAnswer& change) {
  const auto answer = [](bool has_value, const std::string& value, const std::string& reason) {
    return Json{{"value", has_value ? Json(value) : Json(nullptr)}, {"no_data_reason", OrNull(reason)}};
  };
  return {
      {"year", change.year()},
      {"cell", change.cell()},
      {"published", answer(change.has_published_value(), change.published_value(), change.published_no_data_reason())},
      {"draft", answer(change.has_value(), change.value(), change.no_data_reason())},
      {"columns", Array(change.columns())}};
}

}  // namespace hansa::node::cli::json
