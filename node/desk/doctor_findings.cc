// Findings about the machine: its disk, files and clock, and the way to the hub.
#include "node/desk/doctor_findings.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "node/domain/problem.h"

namespace hansa::node::desk {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);
// Nobody runs one program for so long.
constexpr absl::Duration kBuildAgeMax = absl::Hours(24 * 3650);
// In a network that lives somebody publishes something in this time.
constexpr absl::Duration kSilenceMax = absl::Hours(24 * 366);
// A claim of so long ago still fits a clock.
constexpr absl::Duration kLately = absl::Hours(24 * 30);
constexpr char kSetClock[] =
    "set the clock (`timedatectl`); it decides nothing in Hansa, but the times that are displayed are wrong";
constexpr char kSetClockIfWrong[] =
    "compare this clock with another, and set it if it is wrong (`timedatectl`); it decides nothing in Hansa, but the "
    "times that are displayed are wrong";
constexpr std::uint32_t kOthers = 0077;  // group and all others
constexpr std::uint32_t kStrangers = 0007;

void Add(Examination& examination, const char* check, FindingLevel level, std::string what, std::string remedy) {
  examination.findings.push_back({check, level, std::move(what), std::move(remedy)});
}

std::string Utc(absl::Time time) { return absl::FormatTime("%Y-%m-%d %H:%M UTC", time, absl::UTCTimeZone()); }
std::string Mode(std::uint32_t mode) { return absl::StrFormat("%04o", mode & 0777); }
std::string Mib(std::uint64_t bytes) { return absl::StrFormat("%.1f MiB", static_cast<double>(bytes) / (1 << 20)); }
std::string Milliseconds(absl::Duration duration) {
  return absl::StrFormat("%.3f ms", absl::ToDoubleMilliseconds(duration));
}

void JudgeMode(const FileFact& file, Examination& examination) {
  const std::string mode = Mode(file.mode);
  switch (file.role) {
    case FileRole::kPrivateFolder:
      if ((file.mode & kOthers) == 0) return;
      Add(examination, check::kFiles, FindingLevel::kProblem,
          absl::StrCat("other users of this machine may look into ", file.path, " (mode ", mode, ")"),
          absl::StrCat("run `chmod 700 ", file.path, "`"));
      return;
    case FileRole::kKey:
      if ((file.mode & kOthers) == 0) return;
      Add(examination, check::kFiles, FindingLevel::kProblem,
          absl::StrCat("other users of this machine may read the secret key ", file.path, " (mode ", mode, ")"),
          absl::StrCat("run `chmod 600 ", file.path,
                       "`; the node does not start before; if somebody may have read it, tell the secretariat"));
      return;
    case FileRole::kSocket:
      if ((file.mode & kStrangers) == 0) return;
      Add(examination, check::kFiles, FindingLevel::kProblem,
          absl::StrCat("every user of this machine may give orders to the node by ", file.path, " (mode ", mode, ")"),
          absl::StrCat("run `chmod 660 ", file.path, "`"));
      return;
    case FileRole::kOther:
      return;
  }
}

// What is signed stays as it is, also once the clock is right.
void NoteOwnAhead(const ClockFacts::Claim& claim, Examination& examination) {
  Add(examination, check::kClock, FindingLevel::kNote,
      absl::StrCat("the newest entry of this node claims the time ", Utc(claim.at),
                   ", which is more than a day ahead: this machine's clock was wrong when it was signed"),
      "nothing is to be done: the time that was signed stays with the entry, and decides nothing");
}

// Who claims a time that this clock has not reached; whose clock that speaks against is another question.
void NoteAhead(const ClockFacts::Claim& claim, Examination& examination) {
  if (claim.member == "roster") {
    Add(examination, check::kClock, FindingLevel::kNote,
        absl::StrCat("the newest entry of the list of members claims the time ", Utc(claim.at),
                     ", which is more than a day ahead: the clock of the secretariat's node was wrong"),
        "nothing is to be done anywhere else; at the secretariat, set the clock of the node that writes the list");
    return;
  }
  Add(examination, check::kClock, FindingLevel::kNote,
      absl::StrCat("the newest entry of ", claim.member, " claims the time ", Utc(claim.at),
                   ", which is more than a day ahead: the clock of its machine was wrong"),
      absl::StrCat("nothing is to be done here; tell ", claim.member, " to set its clock"));
}

void DoubtAhead(const ClockFacts::Claim& claim, Examination& examination) {
  Add(examination, check::kClock, FindingLevel::kDoubt,
      absl::StrCat("the newest entry of ", claim.member, " claims the time ", Utc(claim.at),
                   ", which is more than a day ahead of this machine's clock"),
      "compare this clock with another, and set the one that is wrong; it decides nothing in Hansa, but the times "
      "that are displayed are wrong");
}

// What others claim, beside this clock. A claim that no program of this age can live to see speaks against its author.
// So does one that stands alone, while somebody else's fits this clock.
// A clock that is known to be far ahead needs no second finding.
void JudgeClaims(const ClockFacts& clock, Examination& examination) {
  std::vector<ClockFacts::Claim> ahead;
  std::optional<ClockFacts::Claim> newest;
  bool fits = false;
  for (const ClockFacts::Claim& claim : clock.newest) {
    const bool is_ahead = claim.at > clock.now + kDay;
    if (claim.member == clock.own) {
      if (is_ahead) NoteOwnAhead(claim, examination);
    } else if (claim.at > clock.built + kBuildAgeMax) {
      if (is_ahead) NoteAhead(claim, examination);
    } else {
      if (is_ahead) ahead.push_back(claim);
      fits = fits || (!is_ahead && claim.at > clock.now - kLately);
      if (!newest || claim.at > newest->at) newest = claim;
    }
  }
  if (ahead.size() == 1 && fits) return NoteAhead(ahead.front(), examination);
  if (!ahead.empty()) return DoubtAhead(*newest, examination);
  // Long after both the making of this program and all that others said.
  if (!newest || clock.now < newest->at + kSilenceMax || clock.now < clock.built + kSilenceMax) return;
  if (clock.now > clock.built + kBuildAgeMax) return;
  Add(examination, check::kClock, FindingLevel::kDoubt,
      absl::StrCat("the clock of this machine says ", Utc(clock.now), ", and the newest entry of others, that of ",
                   newest->member == "roster" ? "the list of members" : newest->member, ", claims the time ",
                   Utc(newest->at), ", more than a year before"),
      kSetClockIfWrong);
}

}  // namespace

const char* FindingLevelName(FindingLevel level) {
  switch (level) {
    case FindingLevel::kProblem:
      return "problem";
    case FindingLevel::kDoubt:
      return "doubt";
    case FindingLevel::kNote:
      return "note";
  }
  return "problem";
}

FindingLevel FindingLevelNamed(absl::string_view name) {
  for (const FindingLevel level : {FindingLevel::kDoubt, FindingLevel::kNote}) {
    if (name == FindingLevelName(level)) return level;
  }
  return FindingLevel::kProblem;
}

std::size_t Examination::Faults() const {
  return static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(), [](const Finding& finding) { return finding.level != FindingLevel::kNote; }));
}

void Judge(const SyncSpeed& speed, Examination& examination) {
  examination.Made(check::kDisk);
  if (speed.median < kSyncTooFast) {
    Add(examination, check::kDisk, FindingLevel::kDoubt,
        absl::StrCat("the disk of ", speed.folder, " may lie about syncs: it says after ", Milliseconds(speed.median),
                     " that a write is safe"),
        "find out whether it is a virtual disk or has a write cache without a battery, and turn that off; else a power "
        "cut can undo what was published");
  } else if (speed.median > kSyncTooSlow) {
    Add(examination, check::kDisk, FindingLevel::kDoubt,
        absl::StrCat("the disk of ", speed.folder, " is slow: a small write is safe after ",
                     Milliseconds(speed.median)),
        "see whether something else keeps it busy, or whether it is failing (`dmesg`, `smartctl`)");
  }
}

void Judge(const Space& space, Examination& examination) {
  examination.Made(check::kSpace);
  const std::string free = storage::FreeOfTotal(space.disk);
  const char* const make_room =
      "remove what is not needed there, or give it more room; nothing that was published is lost meanwhile";
  if (!space.disk.has_names) {
    return Add(examination, check::kSpace, FindingLevel::kProblem,
               absl::StrCat("no more files can be made on the disk of ", space.folder), make_room);
  }
  switch (storage::RoomIn(space.disk, storage::Room::kAmple)) {
    case storage::Room::kAmple:
      return;
    case storage::Room::kNoImports:
      return Add(examination, check::kSpace, FindingLevel::kDoubt,
                 absl::StrCat("the disk of ", space.folder, " is filling up, ", free,
                              " are free: no file is imported until there is room"),
                 make_room);
    case storage::Room::kOwnOnly:
      return Add(examination, check::kSpace, FindingLevel::kProblem,
                 absl::StrCat("the disk of ", space.folder, " is filling up, ", free,
                              " are free: what others publish is not fetched until there is room"),
                 make_room);
    case storage::Room::kNone:
      return Add(examination, check::kSpace, FindingLevel::kProblem,
                 absl::StrCat("the disk of ", space.folder, " is nearly full, ", free,
                              " are free: nothing is published or fetched until there is room"),
                 make_room);
  }
}

void Judge(const FolderFiles& files, Examination& examination) {
  examination.Made(check::kFiles);
  for (const FileFact& file : files.files) {
    JudgeMode(file, examination);
    if (file.owner == files.owner) continue;
    Add(examination, check::kFiles, FindingLevel::kProblem,
        absl::StrCat(file.path, " belongs to ", file.owner, ", the data folder to ", files.owner),
        absl::StrCat("run `chown ", files.owner, " ", file.path, "`; run `hansa` as ", files.owner, " from now on"));
  }
}

std::optional<Finding> ClockTrouble(absl::Time now, absl::Time built) {
  if (now < built - kDay) {
    return Finding{check::kClock, FindingLevel::kProblem,
                   absl::StrCat("the clock of this machine says ", Utc(now),
                                ", which is before this program was made, ", Utc(built)),
                   kSetClock};
  }
  if (now > built + kBuildAgeMax) {
    return Finding{check::kClock, FindingLevel::kDoubt,
                   absl::StrCat("the clock of this machine says ", Utc(now),
                                ", which is ten years after this program was made, ", Utc(built)),
                   kSetClock};
  }
  return std::nullopt;
}

void Judge(const ClockFacts& clock, Examination& examination) {
  examination.Made(check::kClock);
  const std::optional<Finding> trouble = ClockTrouble(clock.now, clock.built);
  if (trouble) examination.findings.push_back(*trouble);
  JudgeClaims(clock, examination);
}

void JudgeFormats(const std::vector<ReadFact>& read, Examination& examination) {
  examination.Made(check::kFormat);
  for (const ReadFact& fact : read) AddFormat(fact, examination);
}

void AddFormat(const ReadFact& read, Examination& examination) {
  if (read.status.ok()) return;
  const domain::Explanation said = domain::Explain(read.status.message());
  Add(examination, check::kFormat, FindingLevel::kProblem, absl::StrCat(read.path, ": ", said.what),
      said.remedy.empty() ? "keep a copy of the folder, then put the file back from a copy of it that is whole"
                          : said.remedy);
}

void Judge(const std::vector<HubFact>& hubs, Examination& examination) {
  examination.Made(check::kHub);
  const char* const network = "see that this machine's network is up and lets connections out to that port";
  for (const HubFact& hub : hubs) {
    switch (hub.door) {
      case HubDoor::kPinned:
        break;
      case HubDoor::kOtherKey:
        Add(examination, check::kHub, FindingLevel::kProblem,
            absl::StrCat("somebody between here and the hub opens the connection: the key shown at ", hub.address,
                         " is not the hub's"),
            "ask whoever runs the network here to let it through unopened (no inspection of TLS); if they know "
            "nothing of it, ask the secretariat by telephone whether the hub has a new key");
        break;
      case HubDoor::kNoSuchName:
        Add(examination, check::kHub, FindingLevel::kProblem,
            absl::StrCat("the name of the hub in ", hub.address, " cannot be found"),
            "see that this machine can look up names, and ask the secretariat whether the hub has moved");
        break;
      case HubDoor::kRefused:
        Add(examination, check::kHub, FindingLevel::kProblem,
            absl::StrCat("nobody listens at ", hub.address, ", the address of the hub"),
            "ask the secretariat whether the hub is off; other members go on without it");
        break;
      case HubDoor::kTimedOut:
        Add(examination, check::kHub, FindingLevel::kProblem,
            absl::StrCat("the hub at ", hub.address, " does not answer in time"), network);
        break;
      case HubDoor::kNoTls:
        Add(examination, check::kHub, FindingLevel::kProblem,
            absl::StrCat("what answers at ", hub.address, ", the address of the hub, shows no key"),
            "see whether a firewall or proxy here ends the connection; else ask the secretariat whether the hub is "
            "well");
        break;
      case HubDoor::kFailed:
        Add(examination, check::kHub, FindingLevel::kProblem,
            absl::StrCat("the way to the hub is closed: ", hub.detail), network);
        break;
    }
  }
}

void Judge(const std::vector<SetAside>& folders, Examination& examination) {
  examination.Made(check::kSetAside);
  for (const SetAside& folder : folders) {
    Add(examination, check::kSetAside, FindingLevel::kDoubt,
        absl::StrCat("the store was damaged once; what was set aside of it lies in ", folder.path, ", ",
                     Mib(folder.bytes), " in ", folder.files, " files"),
        "once the node is up to date and `hansa verify` finds nothing, nobody needs it any more: move the folder "
        "away; find out what damaged the disk");
  }
}

void Judge(const NodeAnswer& answer, Examination& examination) {
  examination.Made(check::kNode);
  if (answer.status.ok()) return;
  const std::string what = domain::Explain(answer.status.message()).what;
  if (answer.is_kept_out) {
    return Add(examination, check::kNode, FindingLevel::kDoubt,
               absl::StrCat("whether the node in ", answer.folder, " runs cannot be told: ", what),
               "run `hansa doctor` as the user that the node runs as, such as with `sudo -u hansa`");
  }
  Add(examination, check::kNode, FindingLevel::kProblem, absl::StrCat("no node answers in ", answer.folder, ": ", what),
      absl::StrCat("start it, `hansad --data ", answer.folder, "`, and see its log if it does not stay up"));
}

}  // namespace hansa::node::desk
