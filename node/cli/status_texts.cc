#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"

namespace hansa::node::cli {
namespace {

// 09:12, or with its date when that was not today.
std::string Clock(std::uint64_t now_ms, double age_s) {
  const absl::TimeZone zone = absl::LocalTimeZone();
  const absl::Time now = absl::FromUnixMillis(static_cast<std::int64_t>(now_ms));
  const absl::Time then = now - absl::Seconds(age_s);
  const bool today = absl::ToCivilDay(then, zone) == absl::ToCivilDay(now, zone);
  return absl::FormatTime(today ? "%H:%M" : "%Y-%m-%d %H:%M", then, zone);
}

std::string MemberCount(std::uint64_t count, const words::Words& words) {
  return words.Counted(count, "{0} member", "{0} members");
}

struct Neighbours {
  std::set<std::string> connected;  // by slug, or by address where that is not known
  std::set<std::string> members;    // of those: whose lists are compared with what is held here
  std::uint64_t behind_entries = 0;
  std::uint64_t behind_bytes = 0;
  std::string behind;      // whom we are behind
  std::string last_error;  // of one that is not connected
};

Neighbours Survey(const v1::GetStatusReply& status) {
  Neighbours all;
  for (const v1::PeerStatus& peer : status.peers()) {
    const std::string& name = peer.member().empty() ? peer.address() : peer.member();
    if (peer.connected()) all.connected.insert(name);
    // Who is no member, or none any more, is not compared with.
    if (peer.connected() && !peer.member().empty()) all.members.insert(name);
    if (!peer.connected() && !peer.last_error().empty()) all.last_error = peer.last_error();
    if (peer.behind_entries() <= all.behind_entries) continue;
    all.behind_entries = peer.behind_entries();
    all.behind_bytes = peer.behind_bytes();
    all.behind = name;
  }
  return all;
}

std::string NobodyAnswersLine(std::uint64_t known, const std::string& last_error, const words::Words& words) {
  std::string line = words.Counted(known, "waiting for a connection: none of {0} known node answers",
                                   "waiting for a connection: none of {0} known nodes answers");
  if (!last_error.empty()) absl::StrAppend(&line, " (", Printable(words.Translated(last_error)), ")");
  return line;
}

std::string ReceivingLine(const Neighbours& all, const words::Words& words) {
  const std::string entries = EntryCount(all.behind_entries, words);
  if (all.behind_bytes == 0) return words("receiving: {0} still to come from {1}", entries, all.behind);
  return words("receiving: {0} ({1}) still to come from {2}", entries, BytesInWords(all.behind_bytes), all.behind);
}

std::string MissingLine(const v1::GetStatusReply& status, const words::Words& words) {
  return words("waiting for the content of {0}, which nobody has sent yet", EntryCount(status.missing(), words));
}

std::string WaitingLine(const v1::GetStatusReply& status, const words::Words& words) {
  const Neighbours all = Survey(status);
  // It dials nobody whom its own list does not name: they come.
  if (status.has_list_signed_to() && all.connected.empty()) return words("waiting for the list of members");
  if (all.connected.empty()) {
    if (status.peers().empty()) {
      return words("waiting for a connection: no other node is known; add one with `hansa peer add`");
    }
    return NobodyAnswersLine(static_cast<std::uint64_t>(status.peers().size()), all.last_error, words);
  }
  if (status.roster_length() == 0) return words("waiting for the list of members");
  if (all.behind_entries > 0) return ReceivingLine(all, words);
  if (status.missing() > 0) return MissingLine(status, words);
  if (all.members.empty()) return words("waiting for a member: whoever is connected is none, or none any more");
  return words("comparing with {0}", MemberCount(all.members.size(), words));
}

std::string FenceLine(const v1::GetStatusReply& status, const words::Words& words) {
  const std::string& fence = status.fence();
  if (status.key_waits()) {
    return words(
        "publishes nothing yet: the new key of {0} lies in this node's folder, and is taken into use when the node "
        "starts again; restart hansad",
        status.member());
  }
  if (status.has_other_keys()) {
    return words(
        "publishes nothing: {0} is in the list of members under other keys than those of this folder; if they were "
        "changed here, put them back from a backup, else run `hansa recover`",
        status.member());
  }
  if (status.has_list_signed_to() && fence != "recover") {
    return words(
        "publishes nothing: the disk lost the end of the list of members, which this node writes; {0} of {1} entries "
        "are here, and the rest comes back from members as they connect: leave the node running; if nothing comes, "
        "add the address of a member with `hansa peer add`",
        Grouped(status.roster_length()), Grouped(status.list_signed_to()));
  }
  if (status.state() == "applicant") {
    return words("not a member yet: waiting for the secretariat to admit this node");
  }
  if (status.state() == "suspended") {
    return words("suspended: others do not show what this member publishes; ask the secretariat");
  }
  if (status.state() == "retired") return words("no longer a member: it left the network");
  if (status.state() == "compromised") {
    return words("no longer a member: its key is not trusted any more; ask the secretariat");
  }
  const bool may_sign = fence == "open" || fence == "unconfirmed" || fence == "locked";
  if (may_sign && status.disk().refuses_writes()) {
    return words("publishes nothing: the disk refused a write; make room on it");
  }
  if (may_sign && IsDiskFull(status)) {
    return words("publishes nothing: the disk is nearly full; free some space or enlarge the disk");
  }
  if (fence == "open") return words("may publish");
  if (fence == "unconfirmed" && status.role() == "secretariat") return words("may publish");
  if (fence == "unconfirmed") return words("may publish; no node of the secretariat is in reach");
  if (fence == "locked") return words("waiting for the hub before publishing");
  if (fence == "recover" && status.told_clone()) {
    return words(
        "publishes nothing: a hub has met another machine under this node's key, as from a copied folder; stop the "
        "other one for good, then run `hansa recover` here");
  }
  if (fence == "recover") {
    return words("publishes nothing: the store is older than what this node signed before");
  }
  if (fence == "readonly") return words("publishes nothing: the disk refused a write; make room on it");
  if (fence == "superseded") {
    return words(
        "publishes nothing: {0} goes on under a newer key on another machine, and this one must not be used any more; "
        "stop it for good",
        status.member());
  }
  return words("publishing: {0}", fence);
}

std::string OutboxLine(const v1::GetStatusReply& status, const words::Words& words) {
  const std::uint64_t waiting = status.outbox().waiting();
  return words(waiting == 1 ? "{0} publication waits since {1}; it goes out by itself once this node may publish"
                            : "{0} publications wait, the oldest since {1}; they go out by themselves once this node "
                              "may publish",
               Grouped(waiting), Clock(status.now_ms(), status.outbox().oldest_s()));
}

// Whose two histories they are decides who can do something about it.
std::string ForkLine(const v1::ForkedFeed& fork, const v1::GetStatusReply& status, const words::Words& words) {
  const std::string collection = words(fork.collection());
  if (fork.collection() == "roster") {
    return words("there are two histories of the list of members: nothing more of it is taken; tell the secretariat");
  }
  if (fork.member() == status.member()) {
    return words(
        "two histories were signed by this member for {0}, as from a copied or restored folder: nothing more of it is "
        "taken; run `hansa recover` and send the secretariat what it writes",
        collection);
  }
  if (status.is_hub()) {
    return words(
        "two histories were signed by {0} for {1}: nothing more of it is taken until {0} has a new key; ask it to run "
        "`hansa recover`, then run `hansa reinstate` and `hansa seal`",
        fork.member(), collection);
  }
  return words(
      "two histories were signed by {0} for {1}: nothing more of it is taken until {0} has a new key; tell {0} and the "
      "secretariat",
      fork.member(), collection);
}

std::string CloneLine(const std::string& member, const words::Words& words) {
  return words(
      "{0} was met running twice under one key, as from a copied folder: ask {0} to stop one of the two for good; if "
      "it "
      "cannot publish then, it needs `hansa recover`",
      member);
}

std::string ErasureLines(const v1::ErasureProgress& erasures, const words::Words& words) {
  std::string text;
  const std::uint64_t on_hold = erasures.open() - std::min(erasures.open(), erasures.held_back());
  if (on_hold > 0) {
    absl::StrAppend(&text,
                    words("erasing: {0} hidden and still to be destroyed here, {1} done; this goes on by itself",
                          EntryCount(on_hold, words), Grouped(erasures.done())),
                    "\n");
  }
  if (erasures.held_back() > 0) {
    absl::StrAppend(&text,
                    words("erasing: {0} hidden beyond what one member may have on hold; they are destroyed once "
                          "the secretariat orders it too",
                          EntryCount(erasures.held_back(), words)),
                    "\n");
  }
  if (erasures.files_left() > 0) {
    absl::StrAppend(&text,
                    words.Counted(erasures.files_left(),
                                  "erasing: {0} file that no record names any more is still to be destroyed here",
                                  "erasing: {0} files that no record names any more are still to be destroyed here"),
                    "\n");
  }
  return text;
}

std::string DiskLines(const v1::DiskStatus& disk, const words::Words& words) {
  std::string text;
  const std::string free = BytesInWords(disk.free_bytes());
  if (disk.refuses_writes()) {
    absl::StrAppend(&text,
                    words("the disk refused a write, {0} free: nothing is stored until it takes writes again; this is "
                          "tried by itself",
                          free),
                    "\n");
  } else if (disk.room() == "none") {
    absl::StrAppend(&text,
                    words("the disk is nearly full, {0} free: nothing is published or fetched until there is room; "
                          "free some space or enlarge the disk",
                          free),
                    "\n");
  } else if (disk.room() == "own-only") {
    absl::StrAppend(&text,
                    words("the disk is filling up, {0} free: what others publish is not fetched until there is room; "
                          "this node may still publish",
                          free),
                    "\n");
  } else if (disk.room() == "no-imports") {
    absl::StrAppend(&text, words("the disk is filling up, {0} free: no file is imported until there is room", free),
                    "\n");
  }
  if (disk.mended() > 0) {
    absl::StrAppend(&text,
                    words("damage was found on the disk and mended; what was lost is fetched from others: run `hansa "
                          "doctor`, and have the disk looked at"),
                    "\n");
  }
  if (disk.salvaged() > 0) {
    absl::StrAppend(&text,
                    words("what was written last before this node started was lost with a damaged file: drafts, and "
                          "publications that waited, may be gone; look for yours, and have the disk looked at"),
                    "\n");
  }
  return text;
}

// Nothing while it is fresh.
std::string ListAgeLine(const v1::GetStatusReply& status, const words::Words& words) {
  if (status.list_standing() != "old" && status.list_standing() != "very-old") return "";
  constexpr double kDay = 24 * 60 * 60;
  const std::string days = Grouped(static_cast<std::uint64_t>(status.list_age_s() / kDay));
  const std::string line =
      status.list_standing() == "old"
          ? words(
                "no node of the secretariat has confirmed the list of members for {0} days: it may have changed "
                "meanwhile; connect with the hub when you can",
                days)
          : words(
                "no node of the secretariat has confirmed the list of members for {0} days: it may have changed long "
                "ago; connect with the hub or ask the secretariat before relying on it",
                days);
  return absl::StrCat(line, "\n");
}

// What waits and what has gone wrong, with what to do about it; nothing where nothing has.
std::string ConcernLines(const v1::GetStatusReply& status, const words::Words& words) {
  std::string text;
  if (status.missing() > 0 && SyncLine(status, words) != MissingLine(status, words)) {
    absl::StrAppend(&text, MissingLine(status, words), "\n");
  }
  if (status.outbox().waiting() > 0) absl::StrAppend(&text, OutboxLine(status, words), "\n");
  for (const v1::ForkedFeed& fork : status.forks()) absl::StrAppend(&text, ForkLine(fork, status, words), "\n");
  for (const std::string& member : status.clones()) {
    // Of this node itself the line about publishing says it.
    if (status.told_clone() && member == status.member()) continue;
    absl::StrAppend(&text, CloneLine(member, words), "\n");
  }
  absl::StrAppend(&text, ListAgeLine(status, words));
  absl::StrAppend(&text, ErasureLines(status.erasures(), words), DiskLines(status.disk(), words));
  return text;
}

// Files that records name; nothing where there are none.
std::string FileLine(const v1::FilesStatus& files, const words::Words& words) {
  std::string text;
  if (files.here() > 0) {
    absl::StrAppend(&text,
                    words("holds {0} of records, {1}", words.Counted(files.here(), "{0} file", "{0} files"),
                          BytesInWords(files.bytes_here())),
                    "\n");
  }
  if (files.wanted() > 0) {
    absl::StrAppend(&text,
                    words("fetching {0} of records, {1} to come",
                          words.Counted(files.wanted(), "{0} file", "{0} files"), BytesInWords(files.bytes())),
                    "\n");
  }
  return text;
}

// What is kept, and how much that is.
std::string KeptLines(const v1::GetStatusReply& status, const words::Words& words) {
  std::string text;
  if (status.keep() == "all") absl::StrAppend(&text, words("keeps everything"), "\n");
  if (status.keep() == "followed") {
    absl::StrAppend(&text,
                    words.Counted(status.following(), "keeps its own records and those of {0} followed member",
                                  "keeps its own records and those of {0} followed members"),
                    "\n");
  }
  absl::StrAppend(&text,
                  words("holds {0} in {1}, {2}", EntryCount(status.entries(), words), FeedCount(status.feeds(), words),
                        BytesInWords(status.bytes())),
                  "\n");
  absl::StrAppend(&text, FileLine(status.files(), words));
  if (status.projection_lag() > 0) {
    absl::StrAppend(&text, words("reading {0} that arrived", EntryCount(status.projection_lag(), words)), "\n");
  }
  return text;
}

std::string Details(const v1::GetStatusReply& status, const Layout& layout) {
  const words::Words& words = layout.words;
  Table table({{words("detail")}, {words("value")}});
  table.Add({words("state"), words(status.state())});
  table.Add({words("fence"), words(status.fence())});
  table.Add({words("witness"), status.witness().empty() ? "-" : status.witness()});
  table.Add({words("network id"), status.network_id()});
  table.Add({words("roster"), EntryCount(status.roster_length(), words)});
  table.Add({words("members"), Grouped(status.members())});
  table.Add({words("payloads missing"), Grouped(status.missing())});
  table.Add({words("disk"), words("{0} of {1} free", BytesInWords(status.disk().free_bytes()),
                                  BytesInWords(status.disk().total_bytes()))});
  table.Add({words("publications waiting"), Grouped(status.outbox().waiting())});
  table.Add({words("publications refused and set aside"), Grouped(status.outbox().set_aside())});
  table.Add({words("entries ordered to be erased"), Grouped(status.erasures().ordered())});
  table.Add({words("entries erased by order"), Grouped(status.erasures().done())});
  table.Add({words("entries unread by views"), Grouped(status.projection_lag())});
  table.Add({words("holds the roster key"), words(status.is_hub() ? "yes" : "no")});
  table.Add({words("version"), status.version()});
  return table.Text(layout);
}

}  // namespace

bool IsDiskFull(const v1::GetStatusReply& status) {
  return status.disk().refuses_writes() || status.disk().room() == "none";
}

std::string SyncLine(const v1::GetStatusReply& status, const words::Words& words) {
  if (!status.in_sync()) return WaitingLine(status, words);
  return words("up to date as of {0} with {1}", Clock(status.now_ms(), status.in_sync_age_s()),
               MemberCount(Survey(status).members.size(), words));
}

std::string TextOf(const v1::GetStatusReply& status, const Layout& layout) {
  const words::Words& words = layout.words;
  const std::string name = Bold(Printable(status.name()), layout);
  const std::string role = words(status.role());
  std::string text = status.network().empty()
                         ? absl::StrCat(name, " (", status.member(), "), ", role)
                         : words("{0} ({1}), {2} in {3}", name, status.member(), role, Printable(status.network()));
  absl::StrAppend(&text, "\n", SyncLine(status, words), "\n", FenceLine(status, words), "\n",
                  ConcernLines(status, words), KeptLines(status, words));
  if (!layout.verbose) return text;
  absl::StrAppend(&text, "\n", Details(status, layout));
  if (status.peers().empty()) return text;
  v1::ListPeersReply peers;
  *peers.mutable_peers() = status.peers();
  return absl::StrCat(text, "\n", TextOf(peers, layout));
}

}  // namespace hansa::node::cli
