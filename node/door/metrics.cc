#include "node/door/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace hansa::node::door {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;

class Families {
 public:
  void Gauge(const char* name, const char* help, double value,
             const std::vector<std::pair<std::string, std::string>>& labels = {}) {
    if (families_.empty() || families_.back().name != name) {
      families_.push_back({});
      families_.back().name = name;
      families_.back().help = help;
      families_.back().type = prometheus::MetricType::Gauge;
    }
    ClientMetric metric;
    for (const auto& [label, text] : labels) metric.label.push_back({label, text});
    metric.gauge.value = value;
    families_.back().metric.push_back(std::move(metric));
  }
  void Counter(const char* name, const char* help, double value) {
    families_.push_back({});
    families_.back().name = name;
    families_.back().help = help;
    families_.back().type = prometheus::MetricType::Counter;
    ClientMetric metric;
    metric.counter.value = value;
    families_.back().metric.push_back(std::move(metric));
  }
  std::string Text() const { return prometheus::TextSerializer().Serialize(families_); }

 private:
  std::vector<MetricFamily> families_;
};

double Number(std::uint64_t count) { return static_cast<double>(count); }

}  // namespace

std::string MetricsText(const NodeView& view, absl::string_view version, std::uint64_t csp_reports) {
  Families out;
  out.Gauge("hansa_info", "what this node is; always 1", 1,
            {{"version", std::string(version)}, {"member", view.slug}, {"role", view.role}, {"network", view.network}});
  out.Gauge("hansa_in_sync", "1 while the node holds what its neighbours hold, compared within two minutes",
            view.in_sync ? 1 : 0);
  if (view.in_sync_age_s) {
    out.Gauge("hansa_in_sync_age_seconds", "age of the oldest of the newest equal comparisons", *view.in_sync_age_s);
  }
  for (const Fence fence :
       {Fence::kLocked, Fence::kOpen, Fence::kUnconfirmed, Fence::kRecover, Fence::kReadonly, Fence::kSuperseded}) {
    out.Gauge("hansa_fence", "1 for the state that decides whether this node may sign", view.fence == fence ? 1 : 0,
              {{"state", FenceName(fence)}});
  }
  const auto connected = std::count_if(view.peers.begin(), view.peers.end(), [](const auto& p) { return p.connected; });
  out.Gauge("hansa_peers_connected", "neighbours connected", static_cast<double>(connected));
  out.Gauge("hansa_peers_known", "neighbours connected or dialled", Number(view.peers.size()));
  std::uint64_t behind = 0;
  for (const PeerView& peer : view.peers) behind = std::max(behind, peer.behind_entries);
  out.Gauge("hansa_behind_entries", "entries that a neighbour has vouched for and this node lacks, the most of any",
            Number(behind));
  out.Gauge("hansa_missing_payloads", "payloads neither held nor lawfully erased", Number(view.missing));
  out.Gauge("hansa_forked_feeds", "feeds of which two histories are proven", Number(view.forks.size()));
  out.Gauge("hansa_views_behind_entries", "entries that views have not read yet", Number(view.projection_lag));
  out.Gauge("hansa_outbox_waiting", "publications that wait until this node may sign", Number(view.outbox.waiting));
  out.Gauge("hansa_outbox_oldest_seconds", "age of the one that waits longest; 0: none waits",
            view.outbox.oldest_s.value_or(0));
  out.Gauge("hansa_erasures_open", "entries hidden, to be destroyed later", Number(view.erasures.open));
  out.Gauge("hansa_disk_free_bytes", "free where the data folder lies", Number(view.disk.space.free));
  out.Gauge("hansa_disk_refuses_writes", "1 while the disk has refused a write", view.disk.refuses_writes ? 1 : 0);
  out.Gauge("hansa_damage_mended", "times that damage was found and mended since the start", Number(view.disk.mended));
  out.Counter("hansa_csp_reports_total", "reports of browsers that the page's content security policy was broken",
              Number(csp_reports));
  return out.Text();
}

}  // namespace hansa::node::door
