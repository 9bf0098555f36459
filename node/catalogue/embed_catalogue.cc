// Runs during the build: checks the framework, its notes, the rules of the checks and the country table, then writes
// the C++ source that carries their bytes. Unsound data stop the build with a line for each fault.
//
//   hansa_embed_catalogue FOLDER OUTPUT.cc
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "node/catalogue/countries.h"
#include "node/catalogue/notes.h"
#include "node/catalogue/soundness.h"

namespace {

using hansa::node::catalogue::Countries;
using hansa::node::catalogue::FindFaults;
using hansa::node::catalogue::FindFaultsOfChecks;
using hansa::node::catalogue::FindUntranslated;
using hansa::node::catalogue::ParseKoreanNotes;

std::optional<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Numbers rather than a string literal: no escapes to get wrong, no limit on the length.
void WriteFunction(std::ofstream& out, const char* name, const std::string& bytes) {
  out << "namespace {\nconstexpr char k" << name << "[] = {";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    out << (i % 24 == 0 ? "\n" : "") << static_cast<int>(static_cast<signed char>(bytes[i])) << ',';
  }
  out << "};\n}  // namespace\nabsl::string_view " << name << "() { return {k" << name << ", sizeof(k" << name
      << ")}; }\n";
}

int Fail(const std::string& line) {
  std::fprintf(stderr, "%s\n", line.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return Fail("usage: hansa_embed_catalogue FOLDER OUTPUT.cc");
  const std::string folder = argv[1];
  const auto features = ReadFile(folder + "/key_features.json");
  const auto commitments = ReadFile(folder + "/commitments.json");
  const auto checks = ReadFile(folder + "/check_rules.json");
  const auto countries = ReadFile(folder + "/countries.csv");
  const auto notes = ReadFile(folder + "/notes.ko.json");
  if (!features || !commitments || !checks || !countries || !notes) {
    return Fail(
        "key_features.json, commitments.json, check_rules.json, countries.csv and notes.ko.json must all be in " +
        folder);
  }
  std::vector<std::string> faults = FindFaults({*features, *commitments});
  for (std::string& fault : FindFaultsOfChecks({*checks, *features})) faults.push_back(std::move(fault));
  if (const auto table = Countries::Parse(*countries); !table.ok()) {
    faults.emplace_back(table.status().message());
  }
  if (const auto korean = ParseKoreanNotes(*notes); !korean.ok()) {
    faults.emplace_back(korean.status().message());
  } else if (faults.empty()) {
    faults = FindUntranslated(*features, *korean);
  }
  for (const std::string& fault : faults) Fail(fault);
  if (!faults.empty()) return 1;

  std::ofstream out(argv[2], std::ios::binary | std::ios::trunc);
  out << "// Written by embed_catalogue.cc.\n#include \"node/catalogue/embedded.h\"\n"
      << "namespace hansa::node::catalogue {\n";
  WriteFunction(out, "KeyFeaturesJson", *features);
  WriteFunction(out, "CommitmentsJson", *commitments);
  WriteFunction(out, "CheckRulesJson", *checks);
  WriteFunction(out, "CountriesCsv", *countries);
  WriteFunction(out, "KoreanNotesJson", *notes);
  out << "}  // namespace hansa::node::catalogue\n";
  out.close();
  return out ? 0 : Fail(std::string("writing ") + argv[2] + " failed: is the disk full?");
}
