#include "node/domain/indicator_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/set_limits.h"

namespace hansa::node::domain {
namespace {

using ::testing::HasSubstr;

// Every field of every kind set to something.
Observation Full() {
  Observation o;
  o.cell = "1.2.1/gdp-per-capita";
  o.value = Decimal::Parse("76.70").value();
  o.unit = "usd-ppp-per-capita";
  o.source_kind = SourceKind::kSurvey;
  o.source = "통계청";
  o.supplier = "Office of statistics";
  o.licence = "OGL-UK-3.0";
  o.period = "April 2022 to March 2023";
  o.area = "Greater Bristol";
  o.level = AreaLevel::kRegion;
  o.match = DefinitionMatch::kApproximate;
  o.derivation_note = "derived by division";
  o.definition_language = "ko";
  o.attributes = {{"conversion", "ppp"}, {"year_of_rates", "2022"}};
  o.note = "Two lines\nof a note.";
  o.approved_by = "Director of education";
  return o;
}

IndicatorSet FullSet() {
  Observation none;
  none.cell = "1.1.4/crime-level";
  none.no_data_reason = "Not collected before 2024.";
  IndicatorSet set = MakeIndicatorSet(catalogue::CurrentCatalogue(), 2023, {Full(), none});
  set.revision_reason = "The register was corrected.";
  set.language = "en-GB";
  return set;
}

std::string Error(const absl::Status& status) { return std::string(status.message()); }

TEST(IndicatorCodecTest, GivesBackWhatItWasGiven) {
  const auto bytes = EncodeIndicatorSet(FullSet());
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  const auto set = DecodeIndicatorSet(*bytes);
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(*set, FullSet());
  EXPECT_EQ(EncodeIndicatorSet(*set).value(), *bytes);
}

// The bytes people sign. If this fails, what was published can no longer be made again: a new field
// may be added, an old one never moves.
TEST(IndicatorCodecTest, WritesTheBytesItAlwaysWrote) {
  IndicatorSet set;
  set.year = 2023;
  set.framework_id = "f";
  set.framework_version = "v";
  set.catalogue_sha256 = std::string(32, '\x01');
  Observation o;
  o.cell = "1.1.1/a#b";
  o.value = Decimal::Parse("76.70").value();
  o.unit = "percent";
  o.source_kind = SourceKind::kOfficialData;
  o.source = "s";
  o.match = DefinitionMatch::kClose;
  o.attributes = {{"k", "w"}};
  o.note = "n";
  set.observations = {o};
  // Worked out by hand: field number * 8 + wire type, length, content.
  const std::string observation =
      absl::StrCat("0a09", absl::BytesToHexString("1.1.1/a#b"), "1205", absl::BytesToHexString("76.70"), "2207",
                   absl::BytesToHexString("percent"), "2801", "3201", absl::BytesToHexString("s"), "6002",
                   "7a06"
                   "0a016b"
                   "120177",
                   "820101", absl::BytesToHexString("n"));
  const std::string expected =
      absl::StrCat("08e70f", "120166", "1a0176", "2220", absl::BytesToHexString(std::string(32, '\x01')), "32",
                   absl::BytesToHexString(std::string(1, static_cast<char>(observation.size() / 2))), observation);
  EXPECT_EQ(absl::BytesToHexString(EncodeIndicatorSet(set).value()), expected);
}

struct Breaking {
  const char* what;
  std::function<void(IndicatorSet&)> act;
};

class BrokenSet : public ::testing::TestWithParam<Breaking> {};

TEST_P(BrokenSet, IsRefusedWithTheField) {
  IndicatorSet set = FullSet();
  GetParam().act(set);
  const auto bytes = EncodeIndicatorSet(set);
  EXPECT_EQ(bytes.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Error(bytes.status()), HasSubstr(GetParam().what));
}

Observation& Last(IndicatorSet& set) { return set.observations.back(); }

INSTANTIATE_TEST_SUITE_P(
    EachLimit, BrokenSet,
    ::testing::
        Values(Breaking{"year", [](auto& s) { s.year = 1899; }},
               Breaking{"framework_id", [](auto& s) { s.framework_id = "A B"; }},
               Breaking{"framework_version", [](auto& s) { s.framework_version = ""; }},
               Breaking{"catalogue_sha256", [](auto& s) { s.catalogue_sha256 = "short"; }},
               Breaking{"revision_reason", [](auto& s) { s.revision_reason = std::string(1001, 'x'); }},
               Breaking{"language", [](auto& s) { s.language = "English"; }},
               Breaking{"observations", [](auto& s) { s.observations.resize(1001); }},
               Breaking{"stands twice", [](auto& s) { s.observations.push_back(s.observations.front()); }},
               Breaking{"cell", [](auto& s) { Last(s).cell = ""; }},
               Breaking{"cell", [](auto& s) { Last(s).cell = "1.1.1/A"; }},
               Breaking{"keep one of them",
                        [](auto& s) {
                          s.observations[0].no_data_reason = "x";
                          s.observations[1].no_data_reason = "x";
                          s.observations[0].value = Full().value;
                          s.observations[1].value = Full().value;
                        }},
               Breaking{"neither a value",
                        [](auto& s) {
                          Last(s).value.reset();
                          Last(s).no_data_reason = "";
                        }},
               Breaking{"unit", [](auto& s) { Last(s).unit = "Per Cent"; }},
               Breaking{"source: 501 characters", [](auto& s) { Last(s).source = std::string(501, 'x'); }},
               Breaking{"source: the text has more than one line", [](auto& s) { Last(s).source = "a\nb"; }},
               Breaking{"note: 2001 characters", [](auto& s) { Last(s).note = std::string(2001, 'x'); }},
               Breaking{"U+202E", [](auto& s) { Last(s).note = "\xE2\x80\xAEz"; }},
               Breaking{"normalization", [](auto& s) { Last(s).area = "Bogota\xCC\x81"; }},
               Breaking{"UTF-8", [](auto& s) { Last(s).supplier = "\xFF"; }},
               Breaking{"language", [](auto& s) { Last(s).definition_language = "??"; }},
               Breaking{"ascending",
                        [](auto& s) {
                          Last(s).attributes = {{"b", "1"}, {"a", "1"}};
                        }},
               Breaking{"ascending",
                        [](auto& s) {
                          Last(s).attributes = {{"a", "1"}, {"a", "2"}};
                        }},
               Breaking{
                   "no value",
                   [](auto& s) {
                     Last(s).attributes = {{"a", ""}};
                   }},
               Breaking{"a key", [](auto& s) {
                          Last(s).attributes = {{"A", "1"}};
                        }}));

TEST(IndicatorCodecTest, RefusesASetThatNoEntryCanCarry) {
  IndicatorSet set = FullSet();
  set.observations.clear();
  for (int i = 0; i < 100; ++i) {
    Observation o = Full();
    o.cell = absl::StrCat("1.1.1/row-", i);
    o.note.clear();
    for (std::size_t n = 0; n < kNoteMax; ++n) absl::StrAppend(&o.note, "가");
    set.observations.push_back(o);
  }
  const auto bytes = EncodeIndicatorSet(set);
  EXPECT_EQ(bytes.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(Error(bytes.status()), HasSubstr("shorten its notes"));
}

TEST(IndicatorCodecTest, RefusesBytesThatAreNoSet) {
  for (const std::string& bytes :
       {std::string(), std::string("not a record"), std::string(kIndicatorSetBytesMax + 1, '\0')}) {
    EXPECT_EQ(DecodeIndicatorSet(bytes).status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_FALSE(DecodeIndicatorSet("\x08\xFF\xFF\xFF\xFF\x0F").ok()) << "a year of 4294967295";
}

// Cut or altered bytes are refused or read as another set; they never stop the program.
TEST(IndicatorCodecTest, SurvivesDamagedBytes) {
  const std::string bytes = EncodeIndicatorSet(FullSet()).value();
  std::mt19937 chance(11);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = bytes.substr(0, i % 2 == 0 ? bytes.size() : chance() % bytes.size());
    for (int n = 0; n < 3 && !damaged.empty(); ++n) {
      damaged[chance() % damaged.size()] = static_cast<char>(chance());
    }
    const auto set = DecodeIndicatorSet(damaged);
    if (!set.ok()) {
      ++refused;
      continue;
    }
    EXPECT_TRUE(CheckLimits(*set).ok());
    EXPECT_TRUE(EncodeIndicatorSet(*set).ok());
  }
  EXPECT_GT(refused, 1000);
}

TEST(IndicatorCodecTest, ReadsACodeOfTheFutureAsNotGiven) {
  std::string bytes = EncodeIndicatorSet(FullSet()).value();
  const std::size_t at = bytes.find(std::string("\x28\x02\x32", 3));  // source_kind, then source.
  ASSERT_NE(at, std::string::npos);
  bytes[at + 1] = 100;
  const auto set = DecodeIndicatorSet(bytes);
  ASSERT_TRUE(set.ok()) << set.status();
  bool seen = false;
  for (const Observation& o : set->observations) {
    if (o.cell != Full().cell) continue;
    seen = true;
    EXPECT_EQ(o.source_kind, SourceKind::kNotGiven);
  }
  EXPECT_TRUE(seen);
}

TEST(IndicatorCodecTest, KeepsADraftThatLacksItsAnswer) {
  Observation draft;
  draft.cell = "1.1.4/crime-level";
  draft.note = "Figures come in May.";
  EXPECT_EQ(DecodeDraftObservation(EncodeDraftObservation(draft).value()).value(), draft);
  EXPECT_EQ(DecodeDraftObservation(EncodeDraftObservation(Full()).value()).value(), Full());
  draft.value = Full().value;
  draft.no_data_reason = "and none";
  EXPECT_FALSE(EncodeDraftObservation(draft).ok());
  EXPECT_FALSE(DecodeDraftObservation("junk").ok());
}

TEST(IndicatorCodecTest, ReadsOneStoredAnswerAfterAnotherAsEachByItself) {
  Observation none;
  none.cell = "1.1.4/crime-level";
  none.no_data_reason = "Not collected before 2024, and not to be guessed from what stands beside it.";
  Observation bare;
  bare.cell = "1.1.4/crime-level";
  bare.value = Decimal::Parse("5").value();
  std::vector<std::string> stored;
  for (const Observation& o : {Full(), none, bare, Full(), bare, none}) {
    stored.push_back(EncodeDraftObservation(o).value());
  }
  StoredObservations reader;
  Observation read;
  read.word_of = "entered by the city";
  for (const std::string& bytes : stored) {
    ASSERT_TRUE(reader.Read(bytes, read).ok());
    EXPECT_EQ(read, DecodeStoredObservation(bytes).value());
  }
  EXPECT_FALSE(reader.Read("junk", read).ok());
  ASSERT_TRUE(reader.Read(stored[0], read).ok());
  EXPECT_EQ(read, Full());
}

}  // namespace
}  // namespace hansa::node::domain
