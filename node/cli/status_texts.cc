#include <cmath>
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

std::string AgeInWords(double seconds) {
  if (seconds < 90) return absl::StrCat(std::lround(seconds), " s ago");
  if (seconds < 90 * 60) return absl::StrCat(std::lround(seconds / 60), " min ago");
  if (seconds < 36 * 3600) return absl::StrCat(std::lround(seconds / 3600), " h ago");
  return absl::StrCat(std::lround(seconds / 86400), " days ago");
}

struct Neighbours {
  std::set<std::string> connected;  // by slug, or by address where that is not known
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
    if (!peer.connected() && !peer.last_error().empty()) all.last_error = peer.last_error();
    if (peer.behind_entries() <= all.behind_entries) continue;
    all.behind_entries = peer.behind_entries();
    all.behind_bytes = peer.behind_bytes();
    all.behind = name;
  }
  return all;
}

std::string WaitingLine(const v1::GetStatusReply& status) {
  const Neighbours all = Survey(status);
  if (all.connected.empty()) {
    if (status.peers().empty()) {
      return "waiting for a connection: no other node is known; add one with `hansa peer add`";
    }
    const std::string error = all.last_error.empty() ? "" : absl::StrCat(" (", Printable(all.last_error), ")");
    return absl::StrCat("waiting for a connection: none of ",
                        Counted(static_cast<std::uint64_t>(status.peers().size()), "known node", "known nodes"),
                        " answers", error);
  }
  if (status.roster_length() == 0) return "waiting for the list of members";
  if (all.behind_entries > 0) {
    const std::string size = all.behind_bytes > 0 ? absl::StrCat(" (", BytesInWords(all.behind_bytes), ")") : "";
    return absl::StrCat("receiving: ", Counted(all.behind_entries, "entry", "entries"), size, " still to come from ",
                        all.behind);
  }
  if (status.missing() > 0) {
    return absl::StrCat("waiting for ", Counted(status.missing(), "payload", "payloads"), " that nobody has sent yet");
  }
  return absl::StrCat("comparing with ", Counted(all.connected.size(), "member", "members"));
}

std::string FenceLine(const v1::GetStatusReply& status) {
  const std::string& fence = status.fence();
  if (status.state() == "applicant") {
    return "not a member yet: waiting for the secretariat to admit this node";
  }
  if (fence == "open") return "may publish";
  if (fence == "unconfirmed") return "may publish; the hub has not been met since the start";
  if (fence == "locked") return "waiting for the hub before publishing";
  if (fence == "recover") {
    return "publishes nothing: the store is older than what this node signed before";
  }
  if (fence == "readonly") return "publishes nothing: the disk refused a write; make room on it";
  if (fence == "superseded") {
    return "publishes nothing: this member has a new key after disk loss, on another node";
  }
  return absl::StrCat("publishing: ", fence);
}

std::string Details(const v1::GetStatusReply& status) {
  Table table({{"detail"}, {"value"}});
  table.Add({"state", status.state()});
  table.Add({"fence", status.fence()});
  table.Add({"network id", status.network_id()});
  table.Add({"roster", Counted(status.roster_length(), "entry", "entries")});
  table.Add({"members", Grouped(status.members())});
  table.Add({"payloads missing", Grouped(status.missing())});
  table.Add({"entries unread by views", Grouped(status.projection_lag())});
  table.Add({"holds the roster key", status.is_hub() ? "yes" : "no"});
  table.Add({"version", status.version()});
  return table.Text({});
}

template <typename Peers>
std::string PeerTable(const Peers& peers, const Layout& layout) {
  Table table({{"member"},
               {"address"},
               {"state"},
               {"entries behind", Align::kRight},
               {"bytes behind", Align::kRight},
               {"last equal"},
               {"last error"}});
  for (const v1::PeerStatus& peer : peers) {
    table.Add({peer.member().empty() ? "?" : peer.member(), peer.address(), peer.state(),
               Grouped(peer.behind_entries()), BytesInWords(peer.behind_bytes()),
               peer.has_last_equal_root_s() ? AgeInWords(peer.last_equal_root_s()) : "never",
               peer.last_error().empty() ? "-" : peer.last_error()});
  }
  return table.Text(layout);
}

}  // namespace

std::string SyncLine(const v1::GetStatusReply& status) {
  if (!status.in_sync()) return WaitingLine(status);
  return absl::StrCat("up to date as of ", Clock(status.now_ms(), status.in_sync_age_s()), " with ",
                      Counted(Survey(status).connected.size(), "member", "members"));
}

std::string TextOf(const v1::GetStatusReply& status, const Layout& layout) {
  std::string text = Bold(Printable(status.name()), layout);
  absl::StrAppend(&text, " (", status.member(), "), ", status.role());
  if (!status.network().empty()) absl::StrAppend(&text, " in ", Printable(status.network()));
  absl::StrAppend(&text, "\n", SyncLine(status), "\n", FenceLine(status), "\n");
  absl::StrAppend(&text, "holds ", Counted(status.entries(), "entry", "entries"), " in ",
                  Counted(status.feeds(), "feed", "feeds"), ", ", BytesInWords(status.bytes()), "\n");
  if (status.projection_lag() > 0) {
    absl::StrAppend(&text, "reading ", Counted(status.projection_lag(), "entry", "entries"), " that arrived\n");
  }
  if (!layout.verbose) return text;
  absl::StrAppend(&text, "\n", Details(status));
  const std::string peers = PeerTable(status.peers(), layout);
  if (!peers.empty()) absl::StrAppend(&text, "\n", peers);
  return text;
}

std::string TextOf(const v1::ListPeersReply& peers, const Layout& layout) {
  if (peers.peers().empty()) return "no other node is known; add one with `hansa peer add`\n";
  return PeerTable(peers.peers(), layout);
}

}  // namespace hansa::node::cli
