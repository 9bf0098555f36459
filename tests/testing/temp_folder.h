// A folder of its own for one test, removed with everything in it at the end.
#ifndef HANSA_TESTS_TESTING_TEMP_FOLDER_H_
#define HANSA_TESTS_TESTING_TEMP_FOLDER_H_

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>

namespace hansa::testing {

// Lies under $TMPDIR, or /tmp. Not copyable: whoever made it removes it.
class TempFolder {
 public:
  TempFolder() {
    path_ = (std::filesystem::temp_directory_path() / "hansa-test-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) {
      std::perror("cannot make a folder for the test");
      std::abort();
    }
  }
  ~TempFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::string& path() const { return path_; }
  // The path of `name` inside.
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return std::move(content).str();
}

inline void WriteFile(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

}  // namespace hansa::testing

#endif  // HANSA_TESTS_TESTING_TEMP_FOLDER_H_
