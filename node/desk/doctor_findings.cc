// Findings about the machine: its disk, files and clock, and the way to the hub.
#include "node/desk/doctor_findings.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "node/domain/problem.h"

namespace hansa::node::desk {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);
// Nobody runs one program for so long.
constexpr absl::Duration kBuildAgeMax = absl::Hours(24 * 3650);
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

}  // namespace

const char* FindingLevelName(FindingLevel level) { return level == FindingLevel::kProblem ? "problem" : "doubt"; }

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

void Judge(const ClockFacts& clock, Examination& examination) {
  examination.Made(check::kClock);
  const char* const set =
      "set the clock (`timedatectl`); it decides nothing in Hansa, but the times that are displayed are wrong";
  if (clock.now < clock.built - kDay) {
    Add(examination, check::kClock, FindingLevel::kProblem,
        absl::StrCat("the clock of this machine says ", Utc(clock.now), ", which is before this program was made, ",
                     Utc(clock.built)),
        set);
  } else if (clock.now > clock.built + kBuildAgeMax) {
    Add(examination, check::kClock, FindingLevel::kDoubt,
        absl::StrCat("the clock of this machine says ", Utc(clock.now),
                     ", which is ten years after this program was made, ", Utc(clock.built)),
        set);
  }
  if (clock.newest && clock.newest->at > clock.now + kDay) {
    Add(examination, check::kClock, FindingLevel::kDoubt,
        absl::StrCat("the newest entry of ", clock.newest->member, " claims the time ", Utc(clock.newest->at),
                     ", which is more than a day ahead of this machine's clock"),
        "compare this clock with another, and set the one that is wrong; it decides nothing in Hansa, but the times "
        "that are displayed are wrong");
  }
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
  Add(examination, check::kNode, FindingLevel::kProblem,
      absl::StrCat("no node answers in ", answer.folder, ": ", domain::Explain(answer.status.message()).what),
      absl::StrCat("start it, `hansad --data ", answer.folder, "`, and see its log if it does not stay up"));
}

}  // namespace hansa::node::desk
