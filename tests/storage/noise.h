// Payloads of noise, and whether their bytes are still in some file of a folder.
#ifndef HANSA_TESTS_STORAGE_NOISE_H_
#define HANSA_TESTS_STORAGE_NOISE_H_

#include <cstdint>
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
  std::vector<std::string> files;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    const std::string bytes = testing::ReadFile(file.path().string());
    for (const std::string& piece : pieces) {
      if (bytes.find(piece) == std::string::npos) continue;
      files.push_back(file.path().filename().string());
      break;
    }
  }
  return files;
}

}  // namespace hansa::storage

#endif  // HANSA_TESTS_STORAGE_NOISE_H_
