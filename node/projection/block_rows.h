// Rows that hold a short entry of each of up to 64 members with neighbouring numbers: a whole network is read in a few
// hundred rows. The bytes of a row follow from the entries in it alone. Pure.
#ifndef HANSA_NODE_PROJECTION_BLOCK_ROWS_H_
#define HANSA_NODE_PROJECTION_BLOCK_ROWS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "replication/strong_id.h"

namespace hansa::node::projection {

inline constexpr std::uint32_t kMembersPerBlock = 64;
inline constexpr std::size_t kBlockEntryMax = 65'535;  // bytes of an entry

// The block of a member, and its place there.
inline std::uint32_t BlockOf(replication::Member member) { return member.value() / kMembersPerBlock; }
inline std::uint8_t PlaceOf(replication::Member member) {
  return static_cast<std::uint8_t>(member.value() % kMembersPerBlock);
}

// What is to become of entries.
struct BlockEdit {
  std::uint8_t place = 0;
  std::optional<std::string> entry;  // nullopt: it goes
};
using BlockEdits = std::vector<BlockEdit>;  // ascending by place, each once

// Puts `edit` there, instead of what there was at its place.
void Add(BlockEdit edit, BlockEdits& edits);

// An entry is its place in a byte, its length u16 and its bytes. Entries ascend by place.
//   DATA_LOSS  not such a row: the view is damaged and must be rebuilt

// `row` with `edits`; empty if no entry is left. An empty `row` has none.
absl::StatusOr<std::string> Edited(absl::string_view row, const BlockEdits& edits);
// Calls `visit` with every entry, in order; stops at the first error, which it returns.
absl::Status ForEachEntry(absl::string_view row,
                          absl::FunctionRef<absl::Status(std::uint8_t place, absl::string_view entry)> visit);
// nullopt if there is none. Points into `row`.
absl::StatusOr<std::optional<absl::string_view>> EntryAt(absl::string_view row, std::uint8_t place);

}  // namespace hansa::node::projection

#endif  // HANSA_NODE_PROJECTION_BLOCK_ROWS_H_
