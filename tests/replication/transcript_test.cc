// Golden transcripts: each file in tests/transcripts/ is a script, a line per event, with every frame that follows as
// an indented line. A change of behaviour shows as a difference there, to be read and agreed to.
// HANSA_UPDATE_TRANSCRIPTS=1 writes what is said now in place of what was said.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "replication/collections.h"
#include "tests/testing/league.h"

namespace hansa::replication {
namespace {

using ::hansa::testing::League;

std::vector<std::filesystem::path> Transcripts() {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(HANSA_SOURCE_DIR "/tests/transcripts")) {
    if (file.path().extension() == ".txt") files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Says a frame in one line, with feeds by name and without what only bytes can tell.
class Speaker {
 public:
  explicit Speaker(League& league) : league_(league) {}

  std::string Say(const Frame& frame) {
    return absl::StrCat(FrameName(frame), std::visit([this](const auto& content) { return Detail(content); }, frame));
  }

 private:
  std::string NameOf(const FeedId& feed) {
    const FeedAuthor* author = league_.network().roster().AuthorOf(feed);
    if (author == nullptr) return "an unknown feed";
    const MemberRecord* member = league_.network().roster().state().Find(author->member);
    return absl::StrCat(member == nullptr ? "" : member->slug + "/", CollectionName(author->collection));
  }
  static std::string Place(const RosterPosition& position) {
    return absl::StrCat("roster ", position.root_version, ":", position.len.value());
  }
  std::string Detail(const Hello& hello) {
    const std::string member =
        hello.member == kMemberUnknown ? std::string("unknown") : absl::StrCat(hello.member.value());
    return absl::StrCat(" member ", member, ", ", Place(hello.roster),
                        hello.predicted_root.is_zero() ? ", predicts nothing" : ", predicts a root");
  }
  std::string Detail(const Want& want) { return absl::StrCat(" ", NameOf(want.feed), " from ", want.from.value()); }
  std::string Detail(const WantNack& nack) { return absl::StrCat(" ", NameOf(nack.feed)); }
  std::string Detail(const UnitFrame& frame) {
    const absl::StatusOr<TransferUnit> unit = DecodeUnit(frame.unit);
    if (!unit.ok()) return " that cannot be read";
    return absl::StrCat(" ", NameOf(unit->feed), " ", unit->from.value(), "..", unit->end.len.value());
  }
  std::string Detail(const Have& have) {
    return absl::StrCat(" ", NameOf(have.checkpoint.feed), " through ", have.checkpoint.len.value(),
                        have.unit.empty() ? "" : " with the unit");
  }
  std::string Detail(const Ack& ack) {
    return absl::StrCat(" ", NameOf(ack.feed), " through ", ack.durable_through.value());
  }
  std::string Detail(const Ping& ping) { return absl::StrCat(ping.answer ? " answer, " : ", ", Place(ping.roster)); }
  std::string Detail(const Interest& interest) {
    if (interest.everything) return " in everything";
    std::string rows;
    for (const InterestRow& row : interest.rows) {
      absl::StrAppend(&rows, " ", CollectionName(row.collection), ":", row.members.size());
    }
    return rows;
  }
  std::string Detail(const Rows& rows) { return absl::StrCat(" ", rows.rows.size(), rows.last ? ", the last" : ""); }
  std::string Detail(const WrongScope& wrong) { return absl::StrCat(", ", Place(wrong.roster)); }
  std::string Detail(const CloseFrame& close) {
    return absl::StrCat(" ", static_cast<int>(close.code), " ", close.detail);
  }
  template <typename Other>
  std::string Detail(const Other&) {
    return "";
  }

  League& league_;
};

// Plays the events of `script` and gives them back with all that was said.
std::string Play(const std::string& script) {
  League league({"fi-espoo", "fi-turku"});
  Speaker speaker(league);
  std::ostringstream out;
  league.loop().Listen([&](const std::string& from, const std::string& to, const Frame& frame) {
    out << "  " << from << " -> " << to << ": " << speaker.Say(frame) << "\n";
  });
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(script, '\n'))) {
    if (line.empty() || line[0] == ' ') continue;
    out << line << "\n";
    const std::vector<std::string> words = absl::StrSplit(line, ' ');
    if (words[0] == "#") continue;
    if (words[0] == "dial") {
      league.loop().Dial(words.at(1), words.at(2));
    } else if (words[0] == "cut") {
      league.loop().Cut(words.at(1), words.at(2));
    } else if (words[0] == "crash") {
      league.loop().Crash(words.at(1));
    } else if (words[0] == "keep") {
      const bool is_all = words.at(2) == "all";
      league.loop().Choose(words.at(1), is_all ? InterestInEverything()
                                               : league.Only({words.at(2)}, CollectionNamed(words.at(3)).value()));
    } else if (words[0] == "publish") {
      const Collection collection = CollectionNamed(words.at(2)).value();
      const Kind kind(static_cast<std::uint16_t>(collection.value() * 256 + 1));
      const absl::Status published = league.loop().Publish(words.at(1), kind, words.at(3));
      if (!published.ok()) out << "  refused: " << std::string(published.message()) << "\n";
    } else {
      ADD_FAILURE() << "a transcript does not know the event: " << line;
    }
    league.loop().Settle();
  }
  return out.str();
}

TEST(TranscriptTest, WhatIsSaidIsWhatTheTranscriptsSay) {
  const std::vector<std::filesystem::path> files = Transcripts();
  ASSERT_FALSE(files.empty());
  for (const std::filesystem::path& path : files) {
    std::stringstream golden;
    golden << std::ifstream(path).rdbuf();
    const std::string played = Play(golden.str());
    if (std::getenv("HANSA_UPDATE_TRANSCRIPTS") != nullptr) std::ofstream(path) << played;
    EXPECT_EQ(played, golden.str()) << path;
  }
}

}  // namespace
}  // namespace hansa::replication
