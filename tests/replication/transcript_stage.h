// Where a transcript is played: a network with the hub, Espoo and Turku, and what each line of a script does to it.
#ifndef HANSA_TESTS_REPLICATION_TRANSCRIPT_STAGE_H_
#define HANSA_TESTS_REPLICATION_TRANSCRIPT_STAGE_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "replication/files.h"
#include "tests/replication/transcript_speaker.h"
#include "tests/testing/league.h"

namespace hansa::replication {

class Stage {
 public:
  using Ear = std::function<void(const std::string& from, const std::string& to, const Frame& frame)>;

  explicit Stage(std::string script) : script_(std::move(script)), league_(CitiesOf(script_)), speaker_(league_) {}

  // Hears each frame, too.
  void Listen(Ear ear) { ear_ = std::move(ear); }

  // Plays the script and gives it back with all that was said.
  std::string Play() {
    league_.loop().Listen([this](const std::string& from, const std::string& to, const Frame& frame) {
      out_ << "  " << from << " -> " << to << ": " << speaker_.Say(frame) << "\n";
      if (ear_) ear_(from, to, frame);
    });
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(script_, '\n'))) {
      if (line.empty() || line[0] == ' ') continue;
      out_ << line << "\n";
      Words words = absl::StrSplit(line, ' ');
      if (words[0] == "#" || words[0] == "cities") continue;
      const auto event = Events().find(words[0]);
      if (event == Events().end()) {
        ADD_FAILURE() << "a transcript does not know the event: " << line;
        continue;
      }
      words.resize(kWordsMax);
      (this->*event->second)(words);
      if (words[0] != "look") league_.loop().Settle();
    }
    return out_.str();
  }

  testing::League& league() { return league_; }
  testing::Loop& loop() { return league_.loop(); }
  // "fi-espoo/indicators", in its present incarnation or the last one.
  FeedId FeedNamed(const std::string& name) {
    const std::pair<std::string, std::string> parts = absl::StrSplit(name, '/');
    const MemberRecord& member = *league_.network().roster().state().Find(parts.first);
    const FeedAuthor author{
        member.number, CollectionNamed(parts.second).value(), member.present().number, member.present().writer, {}};
    return FeedIdOf(SodiumCrypto(), league_.network().id(), author);
  }

 private:
  using Words = std::vector<std::string>;
  using Event = void (Stage::*)(const Words&);
  static constexpr std::size_t kWordsMax = 5;

  static const std::map<std::string, Event>& Events() {
    static const std::map<std::string, Event> events = {
        {"dial", &Stage::Dial},       {"cut", &Stage::Cut},   {"crash", &Stage::Crash},     {"hold", &Stage::Hold},
        {"free", &Stage::Free},       {"keep", &Stage::Keep}, {"publish", &Stage::Publish}, {"twin", &Stage::Twin},
        {"revoke", &Stage::Revoking}, {"look", &Stage::Look}, {"attach", &Stage::Attach},   {"want", &Stage::Want},
        {"spoil", &Stage::Spoil}};
    return events;
  }
  static std::size_t Number(const std::string& word) {
    std::size_t number = 0;
    EXPECT_TRUE(absl::SimpleAtoi(word, &number)) << word << " is no number";
    return number;
  }
  // Espoo and Turku; after a line `cities N` so many in all.
  static std::vector<std::string> CitiesOf(const std::string& script) {
    std::vector<std::string> cities = {"fi-espoo", "fi-turku"};
    for (const std::string& line : std::vector<std::string>(absl::StrSplit(script, '\n'))) {
      if (!absl::StartsWith(line, "cities ")) continue;
      const std::size_t count = Number(line.substr(sizeof("cities")));
      while (cities.size() < count) cities.push_back(absl::StrCat("fi-city-", cities.size() + 1));
    }
    return cities;
  }

  void Dial(const Words& words) { loop().Dial(words[1], words[2]); }
  void Cut(const Words& words) { loop().Cut(words[1], words[2]); }
  void Crash(const Words& words) { loop().Crash(words[1]); }
  void Hold(const Words& words) { loop().HoldDisk(words[1]); }
  void Free(const Words& words) { loop().FreeDisk(words[1]); }
  void Keep(const Words& words) {
    const bool is_all = words[2] == "all";
    loop().Choose(words[1],
                  is_all ? InterestInEverything() : league_.Only({words[2]}, CollectionNamed(words[3]).value()));
  }
  void Publish(const Words& words) {
    const Collection collection = CollectionNamed(words[2]).value();
    const Kind kind(static_cast<std::uint16_t>(collection.value() * 256 + 1));
    std::string text = words[3];
    if (!words[4].empty()) text.resize(Number(words[4]), '.');
    const absl::Status published = loop().Publish(words[1], kind, text);
    if (!published.ok()) out_ << "  refused: " << std::string(published.message()) << "\n";
  }
  // A record with a file of so many chunks, the last of which has one byte.
  void Attach(const Words& words) {
    const Collection collection = CollectionNamed(words[2]).value();
    const std::size_t count = Number(words[4]);
    WantedFile& file = files_[words[3]];
    file.salt = testing::SaltNamed(words[3]).str();
    file.size = (count - 1) * kChunkBytes + 1;
    file.file = SodiumCrypto().Sha256(file.salt);
    for (std::uint32_t index = 0; index < count; ++index) {
      const Bytes chunk(index + 1 == count ? 1 : kChunkBytes, static_cast<char>('a' + index));
      file.chunks.push_back(ChunkHash(SodiumCrypto(), file.salt, index, chunk));
      loop()[words[1]].chunks[{file.file, index}] = chunk;
    }
    const Kind kind(static_cast<std::uint16_t>(collection.value() * 256 + 1));
    EXPECT_TRUE(loop().Publish(words[1], kind, words[3] + " " + file.file.str()).ok());
    file.feed = FeedNamed(absl::StrCat(words[1], "/", words[2]));
    file.seq = Sequence(league_.LengthAt(words[1], file.feed));
  }
  void Want(const Words& words) { loop().Want(words[1], files_.at(words[2])); }
  // A chunk on its disk is not any more what it was.
  void Spoil(const Words& words) {
    loop()[words[1]].chunks.at({files_.at(words[2]).file, static_cast<std::uint32_t>(Number(words[3]))})[0] ^= 1;
  }
  // Another machine with a city's keys, which holds the roster and nothing else.
  void Twin(const Words& words) {
    const std::string& twin = words[2];
    loop().Add(twin, league_.network().roster().root(), league_.applicant(words[1]));
    for (const VerifiedUnit& unit : league_.network().units()) {
      EXPECT_TRUE(loop()[twin].disk().Append({&unit, 1}).ok());
    }
    loop()[twin].Start();
  }
  // With the seal of one feed, at a checkpoint that the hub holds.
  void Revoking(const Words& words) {
    const FeedId feed = FeedNamed(words[1]);
    const std::pair<std::string, std::string> parts = absl::StrSplit(words[1], '/');
    Revoke revoke{league_.network().roster().state().Find(parts.first)->number, RevokeReason::kRetired, {}};
    const std::vector<Checkpoint> ends = loop()["hub"].disk().Checkpoints(feed).value();
    for (const Checkpoint& end : ends) {
      if (end.len.value() != Number(words[2])) continue;
      revoke.seals.push_back({CollectionNamed(parts.second).value(), end.len, end.head, end.signature});
    }
    Enter({roster_kind::kRevoke, Encode(revoke), league_.network().approvers(), std::nullopt});
  }
  // Puts an entry into the roster, at the hub and in what the stage knows of it.
  void Enter(testing::RosterEntry entry) {
    testing::Network& network = league_.network();
    entry.record = network.RecordOf(entry);
    NewEntry fresh;
    fresh.kind = entry.kind;
    fresh.record = *entry.record;
    fresh.payload = SaltedPayload{testing::SaltNamed(entry.record->view()), network.PayloadOf(entry, *entry.record)};
    const absl::Status entered = loop().PublishEntry("hub", fresh);
    ASSERT_TRUE(entered.ok()) << entered;
    ASSERT_TRUE(network.Append(entry).valid) << network.roster().lines().back().why_void;
  }
  // At one feed, or at all sessions.
  void Look(const Words& words) { words[2].empty() ? LookAtSessions(words[1]) : LookAtFeed(words[1], words[2]); }
  void LookAtFeed(const std::string& node, const std::string& name) {
    const FeedId feed = FeedNamed(name);
    const std::vector<FeedId> forked = loop()[node].replica().Forked();
    const std::uint64_t quarantined = loop()[node].disk().Quarantined(feed).value().entries;
    const std::uint64_t len = league_.LengthAt(node, feed);
    out_ << "  " << node << " holds " << name << (len == 0 ? " not at all" : absl::StrCat(" through ", len));
    if (std::find(forked.begin(), forked.end(), feed) != forked.end()) out_ << ", proven to have two histories";
    if (quarantined > 0) out_ << ", " << quarantined << " in quarantine";
    out_ << "\n";
  }
  void LookAtSessions(const std::string& node) {
    for (const SessionView& session : loop()[node].replica().Sessions()) {
      const MemberRecord* peer = session.member ? league_.network().roster().state().Find(*session.member) : nullptr;
      out_ << "  " << node << " with " << (peer == nullptr ? "a stranger" : peer->slug) << ": "
           << (session.newest_comparison_equal ? "equal" : "not equal");
      if (session.stalled_since) out_ << ", waits for credit, frames: " << session.waiting;
      out_ << "\n";
    }
  }

  const std::string script_;
  testing::League league_;
  Speaker speaker_;
  std::map<std::string, WantedFile> files_;
  std::ostringstream out_;
  Ear ear_;
};

}  // namespace hansa::replication

#endif  // HANSA_TESTS_REPLICATION_TRANSCRIPT_STAGE_H_
