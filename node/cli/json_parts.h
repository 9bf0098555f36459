// Parts of the JSON that --json prints, the same for every command. The library of JSON itself is included by who makes
// values; here it is only named.
#ifndef HANSA_NODE_CLI_JSON_PARTS_H_
#define HANSA_NODE_CLI_JSON_PARTS_H_

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace hansa::v1 {
class ChangedAnswer;
class RecordLink;
class ErasureProgress;
class FileCount;
class FilesStatus;
class RecordRevision;
}  // namespace hansa::v1

namespace hansa::node::cli::json {

using Json = nlohmann::ordered_json;  // keys stand in the order in which they are written

// On several lines, with one at the end. A byte that is not UTF-8 is written as U+FFFD.
std::string Text(const Json& json);

// null for what is empty or 0: it is not given.
Json OrNull(const std::string& text);
Json OrNull(std::uint64_t number);
// RFC 3339 in UTC to the millisecond; null for 0. `unix_ms` is Unix milliseconds.
Json Moment(std::uint64_t unix_ms);

// As every command writes them.
Json Link(const v1::RecordLink& link);
Json Revision(const v1::RecordRevision& revision);
Json Files(const v1::FileCount& files);
Json Files(const v1::FilesStatus& files);
Json Erasures(const v1::ErasureProgress& erasures);
Json Change(const v1::ChangedAnswer& change);

// The items of `list` as they are. `Value` is no choice: it is known to who includes the library.
template <typename List, typename Value = Json>
Value Array(const List& list) {
  Value array = Value::array();
  for (const auto& item : list) array.push_back(item);
  return array;
}

// Of each item of `list` what `to_json` makes of it.
template <typename List, typename ToJson, typename Value = Json>
Value ArrayOf(const List& list, const ToJson& to_json) {
  Value array = Value::array();
  for (const auto& item : list) array.push_back(to_json(item));
  return array;
}

}  // namespace hansa::node::cli::json

#endif  // HANSA_NODE_CLI_JSON_PARTS_H_
