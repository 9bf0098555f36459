// run_corpus FOLDER [TURNS]: hands each file of the folder to the harness that it is linked with, as it is and changed
// in TURNS ways by chance, the same ones each time. Fails if the folder is empty.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <set>
#include <string>

#include "tests/fuzz/harness.h"

namespace {

void Try(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

// One change: a byte, a cut, a piece twice, or a piece out.
std::string Changed(std::string bytes, std::mt19937& chance) {
  if (bytes.empty()) return bytes;
  const std::size_t at = chance() % bytes.size();
  const std::size_t size = 1 + chance() % std::min<std::size_t>(bytes.size() - at, 64);
  switch (chance() % 5) {
    case 0:
      bytes[at] = static_cast<char>(chance());
      break;
    case 1:
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << chance() % 8));
      break;
    case 2:
      bytes.resize(at);
      break;
    case 3:
      bytes.insert(at, bytes.substr(at, size));
      break;
    default:
      bytes.erase(at, size);
  }
  return bytes;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return EXIT_FAILURE;
  const int turns = count > 2 ? std::atoi(arguments[2]) : 0;
  std::set<std::filesystem::path> files;  // by name
  for (const auto& entry : std::filesystem::directory_iterator(arguments[1])) files.insert(entry.path());
  std::mt19937 chance(1);
  for (const std::filesystem::path& path : files) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    Try(bytes);
    std::string changed = bytes;
    for (int turn = 0; turn < turns; ++turn) {
      changed = Changed(turn % 8 == 0 ? bytes : changed, chance);
      Try(changed);
    }
  }
  std::cout << files.size() << " files, each as it is and in " << turns << " changed forms\n";
  return files.empty() ? EXIT_FAILURE : EXIT_SUCCESS;
}
