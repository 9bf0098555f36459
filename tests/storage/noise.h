// Payloads of noise, and whether their bytes are still in some file of a folder.
#ifndef HANSA_TESTS_STORAGE_NOISE_H_
#define HANSA_TESTS_STORAGE_NOISE_H_

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "replication/entry.h"
#include "tests/testing/feeds.h"
#include "tests/testing/temp_folder.h"

namespace hansa::storage {

// Entries whose salts and payloads are noise that stands nowhere else; the same for the same place in the same feed.
inline replication::VerifiedUnit PublishNoise(testing::TestAuthor& author, std::size_t count, std::size_t bytes) {
  std::mt19937_64 noise(author.author().member.value() * 1000003ull + author.tail().len.value());
  std::vector<replication::NewEntry> entries;
  for (std::size_t i = 0; i < count; ++i) {
    replication::NewEntry entry = testing::TextEntry(replication::kIndicatorSet, static_cast<std::uint32_t>(i), "");
    for (std::size_t at = 0; at < replication::Salt::kSize; ++at) {
      entry.payload->salt.data()[at] = static_cast<std::uint8_t>(noise());
    }
    while (entry.payload->payload.size() < bytes) entry.payload->payload.push_back(static_cast<char>(noise()));
    entries.push_back(std::move(entry));
  }
  return author.Publish(entries);
}

// The files under `folder` that hold any 40 bytes of `payload`, taken every 200 bytes, or its salt. A payload of noise
// is found whether a file is compressed or not, and also where a log has cut it in pieces.
inline std::vector<std::string> FilesWith(const std::string& folder, const replication::SaltedPayload& payload) {
  std::vector<std::string> pieces = {payload.salt.str()};
  for (std::size_t at = 40; at + 40 <= payload.payload.size(); at += 200) {
    pieces.push_back(payload.payload.substr(at, 40));
  }
  // A file is read once, whatever the number of pieces: few places in it begin as one of them does.
  const auto start = [](const char* at) {
    return static_cast<unsigned char>(at[0]) * 256u + static_cast<unsigned char>(at[1]);
  };
  std::vector<std::vector<const std::string*>> by_start(65536);
  for (const std::string& piece : pieces) by_start[start(piece.data())].push_back(&piece);
  const auto holds_a_piece = [&](const std::string& bytes) {
    const char* const end = bytes.data() + bytes.size();
    for (const char* at = bytes.data(); end - at >= 2; ++at) {
      for (const std::string* piece : by_start[start(at)]) {
        if (static_cast<std::size_t>(end - at) >= piece->size() && std::memcmp(at, piece->data(), piece->size()) == 0)
          return true;
      }
    }
    return false;
  };
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    if (holds_a_piece(testing::ReadFile(file.path().string()))) files.push_back(file.path().filename().string());
  }
  return files;
}

}  // namespace hansa::storage

#endif  // HANSA_TESTS_STORAGE_NOISE_H_
