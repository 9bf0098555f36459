// Neighbours: a table, and below it what a row cannot say.
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/text_width.h"
#include "node/cli/texts.h"

namespace hansa::node::cli {
namespace {

// Something waits for a busy peer now and then; for so long it is worth a line.
constexpr double kStallToTellS = 10;

std::string AgeInWords(double seconds, const words::Words& words) {
  if (seconds < 90) return words("{0} s ago", std::lround(seconds));
  if (seconds < 90 * 60) return words("{0} min ago", std::lround(seconds / 60));
  if (seconds < 36 * 3600) return words("{0} h ago", std::lround(seconds / 3600));
  return words("{0} days ago", std::lround(seconds / 86400));
}

std::string NameOf(const v1::PeerStatus& peer) { return peer.member().empty() ? peer.address() : peer.member(); }

std::string PeerTable(const v1::ListPeersReply& peers, const Layout& layout) {
  const words::Words& words = layout.words;
  Table table({{words("member")},
               {words("address")},
               {words("state")},
               {words("entries behind"), Align::kRight},
               {words("bytes behind"), Align::kRight},
               {words("last in step")},
               {words("last error")}});
  for (const v1::PeerStatus& peer : peers.peers()) {
    table.Add({peer.member().empty() ? "?" : peer.member(), peer.address(), words(peer.state()),
               Grouped(peer.behind_entries()), BytesInWords(peer.behind_bytes()),
               peer.has_last_equal_root_s() ? AgeInWords(peer.last_equal_root_s(), words) : words("never"),
               peer.last_error().empty() ? "-" : words.Translated(peer.last_error())});
  }
  return table.Text(layout);
}

std::string BehindLine(const v1::PeerStatus& peer, const words::Words& words) {
  std::vector<std::string> parts;
  for (const v1::CollectionLag& lag : peer.behind()) {
    const std::string bytes = lag.bytes() == 0 ? "" : absl::StrCat(" (", BytesInWords(lag.bytes()), ")");
    parts.push_back(absl::StrCat(words(lag.collection()), " ", EntryCount(lag.entries(), words), bytes));
  }
  return words("still to come from {0}: {1}", NameOf(peer), absl::StrJoin(parts, ", "));
}

std::string StallLine(const v1::PeerStatus& peer, const words::Words& words) {
  return words(
      "messages for {0} began to pile up {1} and wait ({2} now): it is busy or its connection is slow; if that goes "
      "on, "
      "ask those who run it",
      NameOf(peer), AgeInWords(peer.stalled_s(), words), Grouped(peer.waiting()));
}

// A reason of the protocol as people may understand it.
std::string ReasonInWords(const std::string& reason, const words::Words& words) {
  struct Plain {
    const char* reason;
    const char* plain;
  };
  static constexpr std::array<Plain, 13> kPlain = {{
      {"malformed", "not in the form of the protocol"},
      {"bad chain", "an entry that does not follow the one before it"},
      {"bad payload", "content that is not what was signed"},
      {"bad signature", "not signed by its author"},
      {"after the end", "an entry after the end of its feed"},
      {"not contiguous", "does not begin where the copy here ends"},
      {"unknown feed", "of a feed that the list of members does not name"},
      {"beyond limit", "longer than the network's policy allows"},
      {"payload missing", "without content that is never erased"},
      {"own feed", "of this node's own feed"},
      {"beyond the seal", "beyond where the list of members ends the feed"},
      {"another branch", "another history than the one that counts"},
      {"forked", "of a feed that has two histories"},
  }};
  for (const Plain& one : kPlain) {
    if (reason == one.reason) return words(one.plain);
  }
  return words(reason);
}

// What only happens while one side lags behind the other is a detail.
std::string RefusalLine(const v1::PeerStatus& peer, const Layout& layout) {
  const words::Words& words = layout.words;
  bool is_at_fault = false;
  std::vector<std::string> parts;
  for (const v1::RefusalCount& refusal : peer.refusals()) {
    is_at_fault = is_at_fault || refusal.senders_fault();
    if (!refusal.senders_fault() && !layout.verbose) continue;
    parts.push_back(absl::StrCat(ReasonInWords(refusal.reason(), words), " (", Grouped(refusal.count()), ")"));
  }
  if (parts.empty()) return "";
  const std::string list = absl::StrJoin(parts, ", ");
  if (!is_at_fault) return words("not taken from {0} while one of the two lagged behind: {1}", NameOf(peer), list);
  return words("refused from {0}, and nothing of it was kept: {1}; if that goes on, ask those who run it", NameOf(peer),
               list);
}

std::string LinesBelow(const v1::PeerStatus& peer, const Layout& layout) {
  std::string text;
  if (!peer.behind().empty()) absl::StrAppend(&text, BehindLine(peer, layout.words), "\n");
  const bool is_stalled = peer.has_stalled_s() && (peer.stalled_s() >= kStallToTellS || layout.verbose);
  if (is_stalled) absl::StrAppend(&text, StallLine(peer, layout.words), "\n");
  const std::string refused = RefusalLine(peer, layout);
  if (!refused.empty()) absl::StrAppend(&text, refused, "\n");
  return text;
}

}  // namespace

std::string TextOf(const v1::ListPeersReply& peers, const Layout& layout) {
  if (peers.peers().empty()) {
    return absl::StrCat(layout.words("no other node is known; add one with `hansa peer add`"), "\n");
  }
  std::string text = PeerTable(peers, layout);
  for (const v1::PeerStatus& peer : peers.peers()) absl::StrAppend(&text, LinesBelow(peer, layout));
  return text;
}

}  // namespace hansa::node::cli
