// Runs during the build: checks the sheets of the catalogue of strings, then writes the C++ source that carries them.
// An unsound sheet stops the build with a line for each fault.
//
//   hansa_embed_words OUTPUT.cc SHEET.json...
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace {

using Json = nlohmann::json;

struct Entry {
  std::string korean;
  std::string sheet;
};

std::vector<std::string> faults;

void Fault(const std::string& sheet, const std::string& what) { faults.push_back(sheet + ": " + what); }

// The places of a sentence: the n of each {n}.
std::set<char> PlacesOf(const std::string& text) {
  std::set<char> places;
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    if (text[at] == '{' && text[at + 1] >= '0' && text[at + 1] <= '9' && text[at + 2] == '}')
      places.insert(text[at + 1]);
  }
  return places;
}

void Take(const std::string& sheet, const Json& entry, std::map<std::string, Entry>& all) {
  const bool has_form = entry.is_object() && entry.size() == 2 && entry.contains("en") && entry.contains("ko") &&
                        entry["en"].is_string() && entry["ko"].is_string();
  if (!has_form) return Fault(sheet, "an entry is not {\"en\": text, \"ko\": text}: " + entry.dump());
  const std::string english = entry["en"];
  const std::string korean = entry["ko"];
  if (english.empty() || korean.empty()) Fault(sheet, "an entry is empty: " + english);
  if (PlacesOf(english) != PlacesOf(korean)) Fault(sheet, "the places of both languages differ: " + english);
  const auto [found, is_new] = all.try_emplace(english, Entry{korean, sheet});
  if (!is_new) Fault(sheet, "it stands in " + found->second.sheet + " already: " + english);
}

void Read(const std::string& sheet, std::map<std::string, Entry>& all) {
  std::ifstream file(sheet, std::ios::binary);
  const Json entries = Json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false);
  if (!entries.is_array()) return Fault(sheet, "is no JSON array; a comma too many or too few?");
  std::string last;
  for (const Json& entry : entries) {
    Take(sheet, entry, all);
    const std::string english = entry.is_object() ? entry.value("en", "") : "";
    if (english < last) Fault(sheet, "stands out of order: " + english);
    last = english;
  }
}

// A literal of these bytes: everything but plain ASCII in octal, which ends after three digits.
std::string Literal(const std::string& text) {
  std::string literal = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\' && c != '?') {
      literal.push_back(c);
      continue;
    }
    char octal[5];
    std::snprintf(octal, sizeof(octal), "\\%03o", byte);
    literal += octal;
  }
  return literal + "\"";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: hansa_embed_words OUTPUT.cc SHEET.json...\n");
    return 2;
  }
  std::map<std::string, Entry> all;
  for (int i = 2; i < argc; ++i) Read(argv[i], all);
  for (const std::string& fault : faults) std::fprintf(stderr, "%s\n", fault.c_str());
  if (!faults.empty()) return 1;

  std::ofstream out(argv[1], std::ios::binary | std::ios::trunc);
  out << "// Written by embed_words.cc.\n#include \"node/words/embedded.h\"\nnamespace hansa::node::words {\n"
      << "namespace {\nconstexpr Sentence kSentences[] = {\n";
  for (const auto& [english, entry] : all) out << "{" << Literal(english) << ", " << Literal(entry.korean) << "},\n";
  out << "};\n}  // namespace\nabsl::Span<const Sentence> Sentences() { return kSentences; }\n"
      << "}  // namespace hansa::node::words\n";
  out.close();
  if (out) return 0;
  std::fprintf(stderr, "writing %s failed: is the disk full?\n", argv[1]);
  return 1;
}
