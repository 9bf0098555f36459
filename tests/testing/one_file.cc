// The program of several files of tests: called under the name that a file has as a program of its own (its path under
// tests/ without the ending, with _ for /), it runs the tests of that file; under any other, all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <string>

namespace {

constexpr char kSourceDir[] = HANSA_SOURCE_DIR;
constexpr char kOfFile[] = "_test";

// The name under which a file of tests is called.
std::string NameOf(const std::filesystem::path& file) {
  std::string name = file.lexically_relative(std::filesystem::path(kSourceDir) / "tests").replace_extension().string();
  for (char& letter : name) letter = letter == '/' ? '_' : letter;
  return name;
}

bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Leaves out the suites of other files than `name`. False, and says why, where there is none of it, or where two files
// have a suite in common.
bool LeaveTo(const std::string& name) {
  std::string others;
  bool is_there = false;
  const testing::UnitTest& all = *testing::UnitTest::GetInstance();
  for (int i = 0; i < all.total_test_suite_count(); ++i) {
    const testing::TestSuite& suite = *all.GetTestSuite(i);
    int of_file = 0;
    for (int k = 0; k < suite.total_test_count(); ++k) of_file += NameOf(suite.GetTestInfo(k)->file()) == name ? 1 : 0;
    if (of_file != 0 && of_file != suite.total_test_count()) {
      std::fprintf(stderr, "%s: the suite %s stands in other files too; give it another name\n", name.c_str(),
                   suite.name());
      return false;
    }
    if (of_file == 0) others += ":" + std::string(suite.name()) + ".*";
    is_there = is_there || of_file != 0;
  }
  if (!is_there) {
    std::fprintf(stderr, "%s: there is no test of that file in this program\n", name.c_str());
    return false;
  }
  if (others.empty()) return true;
  std::string& filter = testing::GTEST_FLAG(filter);
  filter += filter.find('-') == std::string::npos ? "-" + others.substr(1) : others;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string name = std::filesystem::path(argv[0]).filename().string();
  testing::InitGoogleMock(&argc, argv);
  if (EndsWith(name, kOfFile) && !LeaveTo(name)) return 1;
  return RUN_ALL_TESTS();
}
