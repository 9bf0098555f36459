#include "replication/collections.h"

#include <array>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace hansa::replication {
namespace {

constexpr std::array<const char*, 10> kNames = {"roster",     "erasures", "indicators", "practices", "offers",
                                                "aggregates", "reviews",  "dialogue",   "notices",   "strategies"};

}  // namespace

std::string CollectionName(Collection collection) {
  if (collection.value() < kNames.size()) return kNames[collection.value()];
  return absl::StrCat(collection.value());
}

std::optional<Collection> CollectionNamed(absl::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (name == kNames[i]) return Collection(static_cast<std::uint16_t>(i));
  }
  std::uint32_t number = 0;
  if (absl::SimpleAtoi(name, &number) && number >= kNames.size() && number <= kLastCollection.value()) {
    return Collection(static_cast<std::uint16_t>(number));
  }
  return std::nullopt;
}

}  // namespace hansa::replication
