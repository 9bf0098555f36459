#include "node/projection/block_rows.h"

#include <algorithm>
#include <utility>

#include "node/projection/record_rows.h"
#include "replication/check.h"

namespace hansa::node::projection {
namespace {

constexpr std::size_t kEntryHead = 3;

std::uint8_t ByteAt(absl::string_view bytes, std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); }

void Append(std::uint8_t place, absl::string_view entry, std::string& row) {
  HANSA_CHECK(entry.size() <= kBlockEntryMax);
  row.push_back(static_cast<char>(place));
  row.push_back(static_cast<char>(entry.size() >> 8));
  row.push_back(static_cast<char>(entry.size() & 0xff));
  row.append(entry.data(), entry.size());
}

}  // namespace

absl::Status ForEachEntry(absl::string_view row,
                          absl::FunctionRef<absl::Status(std::uint8_t place, absl::string_view entry)> visit) {
  int last = -1;
  while (!row.empty()) {
    if (row.size() < kEntryHead) return DamagedView("a block of members");
    const std::uint8_t place = ByteAt(row, 0);
    const std::size_t size = std::size_t{ByteAt(row, 1)} << 8 | ByteAt(row, 2);
    if (place <= last || place >= kMembersPerBlock || row.size() < kEntryHead + size) {
      return DamagedView("a block of members");
    }
    last = place;
    HANSA_RETURN_IF_ERROR(visit(place, row.substr(kEntryHead, size)));
    row.remove_prefix(kEntryHead + size);
  }
  return absl::OkStatus();
}

void Add(BlockEdit edit, BlockEdits& edits) {
  const auto at = std::lower_bound(edits.begin(), edits.end(), edit.place,
                                   [](const BlockEdit& e, std::uint8_t place) { return e.place < place; });
  if (at != edits.end() && at->place == edit.place) {
    at->entry = std::move(edit.entry);
  } else {
    edits.insert(at, std::move(edit));
  }
}

absl::StatusOr<std::string> Edited(absl::string_view row, const BlockEdits& edits) {
  std::string edited;
  std::size_t added = 0;
  for (const BlockEdit& edit : edits) added += edit.entry ? kEntryHead + edit.entry->size() : 0;
  edited.reserve(row.size() + added);
  auto next = edits.begin();
  const auto put_until = [&](int end) {
    for (; next != edits.end() && next->place < end; ++next) {
      if (next->entry) Append(next->place, *next->entry, edited);
    }
  };
  HANSA_RETURN_IF_ERROR(ForEachEntry(row, [&](std::uint8_t place, absl::string_view entry) {
    put_until(place);
    if (next == edits.end() || next->place != place) Append(place, entry, edited);
    return absl::OkStatus();
  }));
  put_until(kMembersPerBlock);
  return edited;
}

absl::StatusOr<std::optional<absl::string_view>> EntryAt(absl::string_view row, std::uint8_t place) {
  std::optional<absl::string_view> found;
  HANSA_RETURN_IF_ERROR(ForEachEntry(row, [&](std::uint8_t at, absl::string_view entry) {
    if (at == place) found = entry;
    return absl::OkStatus();
  }));
  return found;
}

}  // namespace hansa::node::projection
