// How the programs here read and write files: all of one at once, or they end and say why.
#ifndef HANSA_TESTS_FOREIGN_OUTPUT_FILES_H_
#define HANSA_TESTS_FOREIGN_OUTPUT_FILES_H_

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

namespace hansa::testing {

// Ends the program with exit code 1.
[[noreturn]] inline void Stop(const std::string& why) {
  std::cerr << program_invocation_short_name << ": " << why << "\n";
  std::exit(1);
}

inline std::string Contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  if (!file) Stop(path.string() + " cannot be read");
  return bytes.str();
}

inline void Write(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes;
  file.close();
  if (!file) Stop(path.string() + " cannot be written");
}

}  // namespace hansa::testing

#endif  // HANSA_TESTS_FOREIGN_OUTPUT_FILES_H_
