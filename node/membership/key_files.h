// Key files as people move them about: how they are called, which lie in a folder, and new ones. Who holds which key,
// and what it may do, is not known here.
#ifndef HANSA_NODE_MEMBERSHIP_KEY_FILES_H_
#define HANSA_NODE_MEMBERSHIP_KEY_FILES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "replication/crypto.h"

namespace hansa::node::membership {

// What the files of a network's keys are called after.
inline constexpr char kRootKeyFile[] = "root";
inline constexpr char kOfficerKeyFile[] = "officer";

// "root.key" for a single key, otherwise "root-1.key" and so on.
std::vector<std::string> KeyNames(absl::string_view what, std::size_t count);

// A key and where it lies or is to lie.
struct KeyFile {
  std::string path;
  replication::Seed seed;
};
// `seeds` in `folder`, called as KeyNames says.
std::vector<KeyFile> KeyFilesIn(const std::string& folder, absl::string_view what,
                                const std::vector<replication::Seed>& seeds);

//   ALREADY_EXISTS  one of them is there; no key is ever overwritten
absl::Status CheckNoneThere(const std::vector<KeyFile>& files);
// Makes every file, or none.
// Errors as WriteKey.
absl::Status WriteKeys(const std::vector<KeyFile>& files);

// Files in `folder` called WHAT.key or WHAT-N.key, ascending by name.
std::vector<std::string> KeysIn(const std::string& folder, absl::string_view what);
// Those beside a data folder, where a founding puts them.
std::vector<std::string> KeysBeside(const std::string& data_folder, absl::string_view what);

}  // namespace hansa::node::membership

#endif  // HANSA_NODE_MEMBERSHIP_KEY_FILES_H_
