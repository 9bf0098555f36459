// Everything about hooks of a running node, put together: the book, the thread that sends, the desk.
#ifndef HANSA_NODE_WEBHOOKS_WEBHOOK_OFFICE_H_
#define HANSA_NODE_WEBHOOKS_WEBHOOK_OFFICE_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "node/catalogue/catalogue.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "node/webhooks/http_post.h"
#include "node/webhooks/webhook_desk.h"
#include "node/webhooks/webhook_sender.h"

namespace hansa::node::webhooks {

class WebhookOffice {
 public:
  struct Parts {
    RunningNode& node;  // it and the next two outlive the office
    const catalogue::Catalogue& catalogue;
    projection::Views& views;
    std::unique_ptr<HttpPost> sending;
    std::unique_ptr<HttpPost> testing;
    std::function<absl::Time()> now;           // by the wall clock; from any thread
    std::function<void(const Trouble&)> told;  // as WebhookSender
  };

  // Reads the book and starts to send.
  //   DATA_LOSS  a hook cannot be read
  static absl::StatusOr<std::unique_ptr<WebhookOffice>> Start(Parts parts);
  ~WebhookOffice();
  WebhookOffice(const WebhookOffice&) = delete;
  WebhookOffice& operator=(const WebhookOffice&) = delete;

  WebhookDesk& desk();
  // Ends what is being sent or tried within about a second; nothing is sent from then on. Once.
  void Stop();

 private:
  struct Inside;
  explicit WebhookOffice(std::unique_ptr<Inside> inside);

  std::unique_ptr<Inside> inside_;
};

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_WEBHOOK_OFFICE_H_
