// What is answered before the folder holds a node: signing in, by accounts that `hansa user add` made, and setting the
// node up, which an administrator does. Everything else says that it is not set up yet.
#ifndef HANSA_NODE_DOOR_SETUP_SITE_H_
#define HANSA_NODE_DOOR_SETUP_SITE_H_

#include <functional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "node/accounts/reception.h"
#include "node/door/csp_reports.h"
#include "node/door/http_server.h"
#include "node/door/pages.h"
#include "node/door/same_origin.h"
#include "node/door/sign_in.h"

namespace hansa::node::door {

inline constexpr char kSetupPath[] = "/setup";

// Thread-safe. Blocks on disk.
class SetupSite {
 public:
  struct Parts {
    std::string folder;              // to set the node up in
    accounts::Reception& reception;  // outlives the site, as do the pages
    const Pages* pages = nullptr;
    std::function<void()> set_up;         // called once it is, from any thread
    std::vector<std::string> names = {};  // as SiteOptions
    CspReports* csp_reports = nullptr;    // as in Site::Parts
  };

  explicit SetupSite(Parts parts);

  // Never fails, as Site::Answer.
  HttpResponse Answer(const HttpRequest& request) const;

 private:
  HttpResponse Route(const HttpRequest& request) const;
  HttpResponse SetUp(const HttpRequest& request, Reached reached) const ABSL_LOCKS_EXCLUDED(mutex_);

  const Parts parts_;
  const SignIn sign_in_;
  mutable absl::Mutex mutex_;
  mutable bool is_set_up_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_SETUP_SITE_H_
