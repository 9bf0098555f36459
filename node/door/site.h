// What is answered at which address: by which name the node was asked, who asks, whether they may, and the heads that
// every answer carries. Promise P17: a GET changes nothing, and what changes something is answered to a page of this
// node itself alone, on behalf of an account whose role suffices.
#ifndef HANSA_NODE_DOOR_SITE_H_
#define HANSA_NODE_DOOR_SITE_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "node/accounts/proposal_book.h"
#include "node/catalogue/catalogue.h"
#include "node/desk/export_desk.h"
#include "node/desk/web_feed_desk.h"
#include "node/door/csp_reports.h"
#include "node/door/event_hub.h"
#include "node/door/gateway.h"
#include "node/door/http_server.h"
#include "node/door/pages.h"
#include "node/door/same_origin.h"
#include "node/door/second_person.h"
#include "node/door/sign_in.h"
#include "node/projection/views.h"
#include "node/running_node.h"

namespace hansa::node::door {

struct SiteOptions {
  // Names besides localhost and this machine's own addresses by which the node may be asked, without a port; such as
  // those that a proxy before it is known by. An answer to any other name would let a page elsewhere read it.
  std::vector<std::string> names = {};
  // Whether what is published is shown to whoever asks, without signing in.
  bool is_open = false;
  // Of the node, for its application.
  std::string folder = {};
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
    // Each outlives the site; null where nothing of the kind is answered.
    accounts::Reception* reception = nullptr;
    const Gateway* gateway = nullptr;
    const Pages* pages = nullptr;
    EventHub* events = nullptr;
    accounts::ProposalBook* proposals = nullptr;  // with reception and gateway
    CspReports* csp_reports = nullptr;
  };

  Site(const Parts& parts, SiteOptions options);

  // Never fails: what cannot be answered says why, in one line of text; in Connect's form where programs ask.
  HttpResponse Answer(const HttpRequest& request) const;
  // Room for a file, for those who may call a method that takes one; `usual` for all others. As HttpRoomOf.
  HttpRoom RoomFor(const HttpRequest& head, const HttpRoom& usual) const;

 private:
  HttpResponse Route(const HttpRequest& request) const;
  HttpResponse Read(const HttpRequest& request, Reached reached) const;
  HttpResponse Call(const HttpRequest& request, Reached reached) const;
  HttpResponse Proposals(const HttpRequest& request, Reached reached) const;
  HttpResponse Apply(const HttpRequest& request, Reached reached) const;
  Caller CallerOf(const HttpRequest& request, Reached reached) const;
  HttpResponse Health() const;
  HttpResponse Metrics() const;
  HttpResponse Figures(const HttpRequest& request) const;
  HttpResponse Feed(const HttpRequest& request) const;
  HttpResponse OpenApi() const;
  HttpResponse Events(const HttpRequest& request, Reached reached) const;

  RunningNode& node_;
  const std::function<absl::Time()> now_;
  const std::string version_;
  const SiteOptions options_;
  const desk::ExportDesk exports_;
  const desk::WebFeedDesk feeds_;
  const Gateway* const gateway_;
  const Pages* const pages_;
  EventHub* const events_;
  CspReports* const csp_reports_;
  const std::optional<SignIn> sign_in_;
  const std::optional<SecondPerson> second_person_;
};

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_SITE_H_
