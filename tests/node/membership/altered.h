// Every way to spoil a JSON file a little: for tests that no altered file is ever taken for what it
// was.
#ifndef HANSA_TESTS_NODE_MEMBERSHIP_ALTERED_H_
#define HANSA_TESTS_NODE_MEMBERSHIP_ALTERED_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace hansa::testing {

struct AlteredFile {
  std::string how;  // "signature, character 17"
  std::string bytes;
};

// One file for each character of each text exchanged for another of its sort, each number raised,
// each key left out, each value made another type. Fields named in `left_alone` stay as they are.
inline std::vector<AlteredFile> Alterations(const std::string& file, const std::vector<std::string>& left_alone = {}) {
  using nlohmann::json;
  std::vector<AlteredFile> altered;
  const json whole = json::parse(file);
  const auto put = [&](const json::json_pointer& at, const json& value, const std::string& how) {
    json copy = whole;
    copy[at] = value;
    altered.push_back({at.to_string() + how, copy.dump()});
  };
  const json leaves = whole.flatten();  // outlives the loop over it
  for (const auto& [path, leaf] : leaves.items()) {
    const json::json_pointer at(path);
    const std::string field = path.substr(1);
    bool skipped = false;
    for (const std::string& name : left_alone) skipped |= field.rfind(name, 0) == 0;
    if (skipped) continue;
    put(at, json::array({1}), ", a list instead");
    put(at, nullptr, ", null instead");
    if (leaf.is_number()) put(at, leaf.get<int>() + 1, ", one more");
    if (!leaf.is_string()) continue;
    const std::string text = leaf.get<std::string>();
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::string other = text;
      if (static_cast<unsigned char>(other[i]) >= 0x80) continue;
      // Digits and letters of hex stay such, in the case they had.
      other[i] = other[i] == '1' ? '2' : (other[i] == 'a' ? 'b' : (i % 2 == 0 ? 'a' : '1'));
      if (other == text) continue;
      put(at, other, ", character " + std::to_string(i));
    }
    put(at, "", ", empty");
    put(at, text + text, ", twice");
    json without = whole;
    json& parent = without[at.parent_pointer()];
    if (parent.is_object()) {
      parent.erase(at.back());
      altered.push_back({path + ", left out", without.dump()});
    }
  }
  return altered;
}

// Files that are nothing of ours, whatever is asked for.
inline std::vector<AlteredFile> Rubbish() {
  std::vector<AlteredFile> files = {
      {"empty", ""},
      {"text", "Dear secretariat, we should like to join."},
      {"a number", "17"},
      {"null", "null"},
      {"a list", "[]"},
      {"an object of nobody", "{}"},
      {"a form that is no text", R"({"hansa": 7})"},
      {"a form nobody knows", R"({"hansa": "cake"})"},
      {"cut short", R"({"hansa": "application", "bo)"},
      {"not UTF-8", "{\"hansa\": \"appl\xff\xfe\"}"},
      {"deep", std::string(100'000, '[')},
      {"deep objects",
       [] {
         std::string deep;
         for (int i = 0; i < 20'000; ++i) deep += "{\"a\":";
         return deep;
       }()},
      {"ten megabytes", std::string(10 << 20, 'x')},
      {"ten megabytes of JSON", "{\"hansa\":\"" + std::string(10 << 20, 'x') + "\"}"},
  };
  std::string binary;
  for (int i = 0; i < 4096; ++i) binary.push_back(static_cast<char>(i * 31));
  files.push_back({"binary", binary});
  return files;
}

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_MEMBERSHIP_ALTERED_H_
