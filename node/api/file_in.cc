#include "node/api/file_in.h"

#include <cstddef>

#include "absl/strings/str_cat.h"

namespace hansa::node::api {

std::string ShownName(absl::string_view name) {
  constexpr std::size_t kBytesMax = 255;
  if (name.size() <= kBytesMax) return std::string(name);
  const auto continues = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; };
  std::size_t begin = name.size() - kBytesMax;
  while (begin < name.size() && continues(name[begin])) ++begin;
  return absl::StrCat("…", name.substr(begin));
}

}  // namespace hansa::node::api
