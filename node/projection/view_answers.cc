// What Views answers of the whole network at once, from the short rows alone: no payload is read and no text. Rows come
// by member number; none is in the order of a value.
#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "node/domain/decimal.h"
#include "node/projection/answer_rows.h"
#include "node/projection/pending_writes.h"
#include "node/projection/views.h"
#include "replication/check.h"

namespace hansa::node::projection {
namespace {

using replication::Member;
using storage::Table;

// To look for one row costs about as much as to read so many on in order.
constexpr std::size_t kRowsPerLook = 8;

// What the keys of the rows of a year begin with that hold any of `members`, which ascend: one prefix for all rows, or
// one for each block if those are few among all that there can be up to the last.
std::vector<std::string> PrefixesOf(absl::string_view cell, int year, const std::vector<Member>& members) {
  std::vector<std::string> prefixes;
  const std::size_t blocks = BlockOf(members.back()) + 1;
  std::optional<std::uint32_t> last;
  for (const Member member : members) {
    if (std::exchange(last, BlockOf(member)) == BlockOf(member)) continue;
    prefixes.push_back(CellBlockPrefix(cell, year, member));
    if (prefixes.size() * kRowsPerLook > blocks) return {CellRowPrefix(cell, year)};
  }
  return prefixes;
}

// Digits of a Decimal as billionths. Those of usual length need no wide arithmetic; longer ones, and whatever else
// stands there, are left to Decimal.
absl::Status ReadDigits(absl::string_view digits, absl::int128& billionths) {
  constexpr std::size_t kUsualMax = 9;
  const std::size_t stop = std::min(digits.find('.'), digits.size());
  bool is_usual = stop > 0 && stop <= kUsualMax && digits.size() <= stop + 1 + kUsualMax && stop + 1 != digits.size();
  std::int64_t number = 0;
  for (std::size_t i = 0; is_usual && i < digits.size(); ++i) {
    if (i == stop) continue;
    is_usual = digits[i] >= '0' && digits[i] <= '9';
    number = number * 10 + (digits[i] - '0');
  }
  if (is_usual) {
    for (std::size_t places = digits.size() - std::min(stop + 1, digits.size()); places < kUsualMax; ++places) {
      number *= 10;
    }
    billionths = number;
    return absl::OkStatus();
  }
  const absl::StatusOr<domain::Decimal> decimal = domain::Decimal::Parse(digits);
  if (!decimal.ok()) return DamagedView("a short answer");
  billionths = decimal->billionths();
  return absl::OkStatus();
}

// Reads rows under 'c' of one cell; footings, of which there are few, are read once each.
class ShortAnswers {
 public:
  ShortAnswers(absl::string_view cell, const catalogue::Catalogue& catalogue) : cell_(cell), catalogue_(catalogue) {}

  // Adds what the members of a row say to `values`. `key` begins with the prefix of the cell.
  absl::Status Read(absl::string_view key, absl::string_view row, std::vector<CellValue>& values) {
    const absl::StatusOr<BlockKey> block = ParseCellRowKey(key, cell_);
    HANSA_RETURN_IF_ERROR(block.status());
    const bool is_ours = block->subject.framework_id == catalogue_.framework_id() &&
                         block->subject.framework_version == catalogue_.version();
    return ForEachEntry(row, [&](std::uint8_t place, absl::string_view entry) {
      values.push_back({.member = MemberAt(*block, place),
                        .is_ours = is_ours,
                        .year = static_cast<std::uint16_t>(block->subject.year)});
      return ReadEntry(entry, values.back());
    });
  }
  bool HasValue(const CellValue& value) const { return footings_[value.footing].has_value; }
  CellValues With(std::vector<CellValue> values) && { return {std::move(footings_), std::move(values)}; }

 private:
  absl::Status ReadEntry(absl::string_view entry, CellValue& value) {
    const absl::StatusOr<ShortAnswer> answer = CutShortAnswer(entry);
    HANSA_RETURN_IF_ERROR(answer.status());
    if (footings_.empty() || answer->footing != last_) HANSA_RETURN_IF_ERROR(Find(answer->footing));
    value.footing = place_;
    if (answer->digits.empty()) return absl::OkStatus();
    return ReadDigits(answer->digits, value.billionths);
  }
  absl::Status Find(absl::string_view bytes) {
    last_ = std::string(bytes);
    const auto [found, is_new] = places_.try_emplace(last_, static_cast<std::uint32_t>(footings_.size()));
    place_ = found->second;
    if (!is_new) return absl::OkStatus();
    absl::StatusOr<Footing> footing = DecodeFooting(bytes);
    HANSA_RETURN_IF_ERROR(footing.status());
    footings_.push_back(*std::move(footing));
    return absl::OkStatus();
  }

  const absl::string_view cell_;
  const catalogue::Catalogue& catalogue_;
  std::vector<Footing> footings_;
  std::map<std::string, std::uint32_t> places_;  // of footings, by their bytes
  std::string last_;                             // bytes of the last one read
  std::uint32_t place_ = 0;                      // of the last one read
};

// Blocks of several frameworks lie beside each other: puts members in order, frameworks as they came.
template <typename Answer, typename Less>
void SortInOrder(std::vector<Answer>& answers, Less less) {
  if (!std::is_sorted(answers.begin(), answers.end(), less)) std::stable_sort(answers.begin(), answers.end(), less);
}
void SortByMember(std::vector<CellValue>& values) {
  SortInOrder(values, [](const CellValue& a, const CellValue& b) { return a.member < b.member; });
}

// Members whose last value is looked for, and those that were found.
class Awaited {
 public:
  explicit Awaited(absl::Span<const Member> members) : members_(members.begin(), members.end()) {}

  const std::vector<Member>& members() const { return members_; }
  // The values of a year, ascending by member: of each member that is awaited that of our framework is kept, or else
  // the last.
  void Take(const std::vector<CellValue>& values) {
    std::vector<Member> left;
    auto next = values.begin();
    for (const Member member : members_) {
      while (next != values.end() && next->member < member) ++next;
      const auto first = next;
      while (next != values.end() && next->member == member) ++next;
      if (next == first) {
        left.push_back(member);
      } else {
        const auto ours = std::find_if(first, next, [](const CellValue& value) { return value.is_ours; });
        found_.push_back(ours == next ? *(next - 1) : *ours);
      }
    }
    members_ = std::move(left);
  }
  std::vector<CellValue> found() && {
    std::sort(found_.begin(), found_.end(), [](const CellValue& a, const CellValue& b) { return a.member < b.member; });
    return std::move(found_);
  }

 private:
  std::vector<Member> members_;
  std::vector<CellValue> found_;
};

}  // namespace

absl::StatusOr<std::vector<StandingSet>> Views::StandingSets(std::optional<int> year) const {
  absl::ReaderMutexLock lock(&rows_);
  std::vector<StandingSet> sets;
  const auto take = [&](absl::string_view key, absl::string_view row) -> absl::Status {
    const absl::StatusOr<BlockKey> block = ParseAnsweredRowKey(key);
    HANSA_RETURN_IF_ERROR(block.status());
    return ForEachEntry(row, [&](std::uint8_t place, absl::string_view entry) -> absl::Status {
      absl::StatusOr<AnsweredSet> set = DecodeAnsweredSet(entry);
      HANSA_RETURN_IF_ERROR(set.status());
      sets.push_back({MemberAt(*block, place), block->subject.year, *std::move(set)});
      return absl::OkStatus();
    });
  };
  HANSA_RETURN_IF_ERROR(ForEachRow(tables_, Table::kObservations, AnsweredRowPrefix(year), take));
  SortInOrder(sets, [](const StandingSet& a, const StandingSet& b) {
    return std::tie(a.year, a.member) < std::tie(b.year, b.member);
  });
  return sets;
}

absl::StatusOr<CellValues> Views::ValuesOf(absl::string_view cell, int year) const {
  absl::ReaderMutexLock lock(&rows_);
  ShortAnswers answers(cell, catalogue_);
  std::vector<CellValue> values;
  const auto take = [&](absl::string_view key, absl::string_view row) { return answers.Read(key, row, values); };
  HANSA_RETURN_IF_ERROR(ForEachRow(tables_, Table::kObservations, CellRowPrefix(cell, year), take));
  SortByMember(values);
  return std::move(answers).With(std::move(values));
}

// The years before `before` in which `cell` has an answer, ascending: from the first row of one to that of the next.
absl::StatusOr<std::vector<int>> Views::YearsOf(absl::string_view cell, int before) const {
  const std::string prefix = CellRowPrefix(cell, std::nullopt);
  std::vector<int> years;
  std::string from = prefix;
  while (true) {
    const absl::StatusOr<std::vector<storage::KeyValue>> row = tables_.Scan(Table::kObservations, prefix, from, 1);
    HANSA_RETURN_IF_ERROR(row.status());
    if (row->empty()) return years;
    const int year = replication::ByteReader(absl::string_view(row->front().key).substr(prefix.size())).U16();
    if (year >= before) return years;
    if (!years.empty() && year <= years.back()) return DamagedView("the key of a cell");
    years.push_back(year);
    from = CellRowPrefix(cell, year + 1);
  }
}

// Years are read backwards, and only until everybody is met; of blocks, once few members are left, those that hold one.
absl::StatusOr<CellValues> Views::LastValuesBefore(absl::string_view cell, int year,
                                                   absl::Span<const Member> members) const {
  absl::ReaderMutexLock lock(&rows_);
  ShortAnswers answers(cell, catalogue_);
  Awaited awaited(members);
  const absl::StatusOr<std::vector<int>> years = YearsOf(cell, year);
  HANSA_RETURN_IF_ERROR(years.status());
  for (auto earlier = years->rbegin(); earlier != years->rend() && !awaited.members().empty(); ++earlier) {
    std::vector<CellValue> values;
    const auto take = [&](absl::string_view key, absl::string_view row) { return answers.Read(key, row, values); };
    for (const std::string& prefix : PrefixesOf(cell, *earlier, awaited.members())) {
      HANSA_RETURN_IF_ERROR(ForEachRow(tables_, Table::kObservations, prefix, take));
    }
    std::erase_if(values, [&](const CellValue& value) { return !answers.HasValue(value); });
    SortByMember(values);
    awaited.Take(values);
  }
  return std::move(answers).With(std::move(awaited).found());
}

}  // namespace hansa::node::projection
