// Findings about what is held, and about the others.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/desk/doctor_findings.h"
#include "node/domain/problem.h"
#include "node/files/file_keeper.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

// A damaged disk may spoil thousands of entries: as many are named as a person reads.
constexpr std::size_t kNamedMax = 20;
constexpr char kDistrust[] = "do not trust this disk: stop the node and keep a copy of its folder";

void Add(Examination& examination, const char* check, FindingLevel level, std::string what, std::string remedy) {
  examination.findings.push_back({check, level, std::move(what), std::move(remedy)});
}

std::string SlugIn(const NodeView& view, replication::Member member) {
  if (member == replication::kRosterWriter) return "roster";
  const replication::MemberRecord* record = view.roster == nullptr ? nullptr : view.roster->state().Find(member);
  return record == nullptr ? absl::StrCat("member ", member.value()) : record->slug;
}

const std::string& NameOf(const PeerView& peer) { return peer.member.empty() ? peer.address : peer.member; }

void JudgeConnected(const PeerView& peer, Examination& examination) {
  const std::string& name = NameOf(peer);
  if (!peer.last_equal_root_s) {
    Add(examination, check::kPeers, FindingLevel::kDoubt,
        absl::StrCat(name, " is connected, and what it holds was never found equal to what is held here"),
        "it has just begun, or is still catching up: look again in some minutes; `hansa peers` says what is to come");
  }
  if (!peer.last_error.empty()) {
    Add(examination, check::kPeers, FindingLevel::kDoubt,
        absl::StrCat("the connection with ", name, " has trouble: ", peer.last_error),
        absl::StrCat("if it stays so, tell ", name, " and the secretariat"));
  }
  for (const auto& [reason, count] : peer.refusals) {
    if (!replication::IsSendersFault(reason)) continue;
    Add(examination, check::kPeers, FindingLevel::kDoubt,
        absl::StrCat(name, " sent what had to be refused, ", count, " times: ", replication::RefusalName(reason)),
        absl::StrCat("nothing of it was taken; tell ", name, " and the secretariat"));
  }
}

void JudgeAbsent(const PeerView& peer, bool is_hub, Examination& examination) {
  if (peer.last_error.empty() || (peer.away && !is_hub)) return;
  Add(examination, check::kPeers, FindingLevel::kDoubt,
      absl::StrCat(NameOf(peer), " is not connected: ", peer.last_error),
      is_hub ? std::string("ask the secretariat whether the hub is off; other members go on without it")
             : absl::StrCat("if it stays so, tell ", NameOf(peer), " and the secretariat"));
}

void JudgeForks(const NodeView& view, Examination& examination) {
  for (const ForkView& fork : view.forks) {
    const std::string member = SlugIn(view, fork.member);
    Add(examination, check::kPeers, FindingLevel::kProblem,
        absl::StrCat("two histories were signed by ", member, " in its ", replication::CollectionName(fork.collection),
                     ", and nothing more of that is taken"),
        fork.member == view.member ? "run `hansa recover`, which says step by step how to go on under a new key"
                                   : "tell the secretariat; it goes on once that member has a new key");
  }
}

void JudgeClones(const NodeView& view, Examination& examination) {
  for (const replication::Member member : view.clones) {
    // Of this node itself the check of the fence says it.
    if (view.told_clone && member == view.member) continue;
    const std::string slug = SlugIn(view, member);
    Add(examination, check::kPeers, FindingLevel::kProblem,
        absl::StrCat(slug, " was met running twice under one key, as from a copied folder"),
        absl::StrCat("one of the two must stop for good; if ", slug, " cannot publish then, it needs `hansa recover`"));
  }
}

void JudgeListAge(const NodeView& view, Examination& examination) {
  if (!view.list_age || *view.list_age < kListOld) return;
  const bool is_very_old = *view.list_age >= kListVeryOld;
  Add(examination, check::kPeers, is_very_old ? FindingLevel::kProblem : FindingLevel::kDoubt,
      absl::StrCat("no node of the secretariat has confirmed the list of members for ",
                   absl::ToInt64Hours(*view.list_age) / 24, " days; who passes it on may keep the newest of it back"),
      "connect with the hub; if it cannot be reached, ask the secretariat whether the list has changed");
}

// A feed's own words about a state in which this member signs nothing.
const char* StateRemedy(const std::string& state) {
  if (state == "applicant") return "wait for the secretariat to admit this node; nothing is wrong with the machine";
  return "ask the secretariat";
}

}  // namespace

void Judge(const VerifyReport& report, Examination& examination) {
  examination.Made(check::kChain);
  for (std::size_t i = 0; i < std::min(report.problems.size(), kNamedMax); ++i) {
    const VerifyProblem& problem = report.problems[i];
    const std::string whose = problem.member.empty() ? "?" : problem.member;
    Add(examination, check::kChain, FindingLevel::kProblem,
        absl::StrCat("what is held of ", whose, " in ", problem.collection, " is not what was signed, from entry ",
                     problem.sequence.value(), " on: ", problem.what),
        kDistrust);
  }
  if (report.problems.size() <= kNamedMax) return;
  Add(examination, check::kChain, FindingLevel::kProblem,
      absl::StrCat("what is held is not what was signed in ", report.problems.size() - kNamedMax, " more places"),
      "run `hansa verify`, which names them all");
}

void JudgeUnreadable(const absl::Status& status, Examination& examination) {
  examination.Made(check::kChain);
  Add(examination, check::kChain, FindingLevel::kProblem,
      absl::StrCat("the store cannot be read: ", domain::Explain(status.message()).what), kDistrust);
}

void Judge(const projection::IndexDifference& difference, Examination& examination) {
  examination.Made(check::kIndex);
  if (difference.differing() == 0) return;
  Add(examination, check::kIndex, FindingLevel::kProblem,
      absl::StrCat(difference.differing(), " of ", difference.rows,
                   " rows that the views show are not what was published: ", difference.altered, " altered, ",
                   difference.missing, " missing, ", difference.extra, " too many"),
      "run `hansa reindex`, which builds them again; what was published is not touched");
}

void JudgePeers(const NodeView& view, const std::vector<std::string>& hubs, Examination& examination) {
  examination.Made(check::kPeers);
  const auto connected =
      std::count_if(view.peers.begin(), view.peers.end(), [](const PeerView& peer) { return peer.connected; });
  // Where the list that would name them is lost they come by themselves; the check of the fence says it.
  if (view.peers.empty() && !view.list_signed_to) {
    Add(examination, check::kPeers, FindingLevel::kProblem, "no other node is known",
        "add one with `hansa peer add HOST:PORT`");
  } else if (!view.peers.empty() && connected == 0) {
    Add(examination, check::kPeers, FindingLevel::kProblem,
        absl::StrCat("this node is connected with none of the ", view.peers.size(), " nodes that it knows"),
        "see that this machine's network is up and lets connections out; `hansa peers` says what each attempt met");
  }
  for (const PeerView& peer : view.peers) {
    const bool is_hub = std::find(hubs.begin(), hubs.end(), peer.member) != hubs.end();
    if (peer.connected) {
      JudgeConnected(peer, examination);
    } else {
      JudgeAbsent(peer, is_hub, examination);
    }
  }
  JudgeForks(view, examination);
  JudgeClones(view, examination);
  JudgeListAge(view, examination);
}

void JudgeAttachments(const files::FileTotals& files, Examination& examination) {
  if (files.here + files.wanted == 0) return;
  examination.Made(check::kAttachments);
  if (files.wanted == 0) return;
  Add(examination, check::kAttachments, FindingLevel::kDoubt,
      absl::StrCat(files.wanted, " files that records name are not here whole; ", files.bytes,
                   " bytes of them are to come"),
      "they are fetched by themselves from whoever has them; if it stays so, `hansa peers` says who is connected");
}

void JudgeMended(const NodeView& view, Examination& examination) {
  if (view.disk.salvaged > 0) {
    Add(examination, check::kChain, FindingLevel::kProblem,
        "what was written last before the node started was lost with a damaged file; drafts, and publications that "
        "waited, may be gone",
        "look for yours, and write again what is missing; have the disk looked at (`dmesg`, `smartctl`)");
  }
  if (view.disk.mended == 0) return;
  Add(examination, check::kChain, FindingLevel::kDoubt,
      absl::StrCat("damage was found on the disk since the node started, and mended, ", view.disk.mended, " times"),
      "have the disk looked at (`dmesg`, `smartctl`), and make backups on another; what was lost is fetched from "
      "others");
}

void JudgeFence(const NodeView& view, Examination& examination) {
  examination.Made(check::kFence);
  if (view.key_waits) {
    return Add(examination, check::kFence, FindingLevel::kProblem,
               "this node publishes nothing yet: the new key of its member lies in its folder, and the process that "
               "runs signs with the one before",
               "restart hansad, which takes the new key into use");
  }
  if (view.has_other_keys) {
    return Add(examination, check::kFence, FindingLevel::kProblem,
               absl::StrCat("this node publishes nothing: ", view.slug,
                            " is in the list of members under other keys than those of this folder"),
               "if they were changed here, put them back from a backup; else run `hansa recover`");
  }
  if (view.list_signed_to && view.fence != Fence::kRecover) {
    const std::uint64_t held = view.roster == nullptr ? 0 : view.roster->position().len.value();
    return Add(examination, check::kFence, FindingLevel::kProblem,
               absl::StrCat("this node publishes nothing: it writes the list of members, and its disk lost the end of "
                            "it; ",
                            held, " of ", *view.list_signed_to, " entries are here"),
               "leave it running: members give back the rest as they connect; if nothing comes, add the address of a "
               "member with `hansa peer add`, and only if none has the rest any more, take over at another node of the "
               "secretariat");
  }
  const bool is_outside = view.state != "member";
  if (is_outside) {
    Add(examination, check::kFence, FindingLevel::kDoubt,
        absl::StrCat("this node publishes nothing, or nothing that others show: its standing is ", view.state),
        StateRemedy(view.state));
    if (view.fence == Fence::kLocked) return;
  }
  switch (view.fence) {
    case Fence::kOpen:
      return;
    case Fence::kUnconfirmed:
      // The only hub has nobody to confirm it.
      if (view.is_hub) return;
      Add(examination, check::kFence, FindingLevel::kDoubt,
          "this node may publish, though no hub in reach confirms that nothing is missing here",
          "let it reach the hub; if this folder was copied or restored, publish nothing before that");
      return;
    case Fence::kLocked:
      Add(examination, check::kFence, FindingLevel::kDoubt,
          "this node waits before it publishes, until the hub or enough members have confirmed that nothing is missing "
          "here",
          "let it reach the hub; what is published meanwhile waits and goes out by itself");
      return;
    case Fence::kRecover:
      if (view.told_clone) {
        Add(examination, check::kFence, FindingLevel::kProblem,
            "this node publishes nothing: a hub has met another machine under its key, as from a copied folder",
            "stop the other one for good, then run `hansa recover` here, which says step by step how to go on under a "
            "new key");
        return;
      }
      Add(examination, check::kFence, FindingLevel::kProblem,
          "this node publishes nothing: its store is behind what it signed before, as after a lost disk or a restored "
          "copy",
          "run `hansa recover`, which says step by step how to go on under a new key");
      return;
    case Fence::kReadonly:
      Add(examination, check::kFence, FindingLevel::kProblem, "this node publishes nothing: the disk refused a write",
          "make room on the disk, then start the node again");
      return;
    case Fence::kSuperseded:
      Add(examination, check::kFence, FindingLevel::kProblem,
          "this node publishes nothing: its member goes on under a newer key on another machine",
          "stop this one for good; if there is no other machine, ask the secretariat at once");
      return;
  }
}

void JudgeStopped(const storage::FenceFinding& finding, Examination& examination) {
  switch (finding.fence) {
    case storage::Fence::kIntact:
      return examination.NotMade(
          check::kFence,
          "all that was signed here is in the store; whether the node may publish, only a running node can tell");
    case storage::Fence::kIdsDiffer:
      examination.Made(check::kFence);
      return Add(examination, check::kFence, FindingLevel::kDoubt,
                 absl::StrCat("the folder was copied or restored: ", finding.detail),
                 "start its node only if no other runs under its key; it publishes nothing before a hub has confirmed");
    case storage::Fence::kStoreBehind:
    case storage::Fence::kDiverged:
    case storage::Fence::kFileMissing:
      examination.Made(check::kFence);
      return Add(examination, check::kFence, FindingLevel::kProblem,
                 absl::StrCat("something that was signed here is not in the store: ", finding.detail),
                 "run `hansa recover`, which says step by step how to go on under a new key");
  }
}

}  // namespace hansa::node::desk
