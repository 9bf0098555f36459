// What is answered at which address: who may ask, by which name the node was asked, and the heads that every answer
// carries. Nothing here changes anything: every address only reads.
#ifndef HANSA_NODE_DOOR_SITE_H_
#define HANSA_NODE_DOOR_SITE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/export_desk.h"
#include "node/desk/web_feed_desk.h"
#include "node/door/http_server.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::door {

struct SiteOptions {
  // Names besides localhost and this machine's own addresses by which the node may be asked, without a port; such as
  // those that a proxy before it is known by. An answer to any other name would let a page elsewhere read it.
  std::vector<std::string> names = {};
  // Whether figures and feeds are shown to whoever asks, without signing in.
  bool is_open = false;
};

// Thread-safe. Calls block on disk.
class Site {
 public:
  struct Parts {
    RunningNode& node;  // it and the next two outlive the site
    const catalogue::Catalogue& catalogue;
    const projection::Views& views;
    std::function<absl::Time()> now;
    std::string version;  // of this program
  };

  Site(const Parts& parts, SiteOptions options);

  // Never fails: what cannot be answered says why, in one line of text.
  HttpResponse Answer(const HttpRequest& request) const;

 private:
  HttpResponse Route(const HttpRequest& request) const;
  HttpResponse Health() const;
  HttpResponse Metrics() const;
  HttpResponse Figures(const HttpRequest& request) const;
  HttpResponse Feed(const HttpRequest& request) const;

  RunningNode& node_;
  const std::function<absl::Time()> now_;
  const std::string version_;
  const SiteOptions options_;
  const desk::ExportDesk exports_;
  const desk::WebFeedDesk feeds_;
};

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_SITE_H_
