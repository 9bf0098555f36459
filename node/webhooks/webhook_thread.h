// The thread of hansad that sends to hooks: steps the sender when something is due, when there is news, and when the
// book was changed.
#ifndef HANSA_NODE_WEBHOOKS_WEBHOOK_THREAD_H_
#define HANSA_NODE_WEBHOOKS_WEBHOOK_THREAD_H_

#include <atomic>
#include <functional>
#include <thread>
#include <utility>

#include "absl/time/time.h"
#include "node/projection/news_journal.h"
#include "node/webhooks/http_post.h"
#include "node/webhooks/webhook_book.h"
#include "node/webhooks/webhook_sender.h"

namespace hansa::node::webhooks {

class WebhookThread {
 public:
  // All outlive it, and each function may be called from its thread.
  struct Parts {
    WebhookBook& book;
    HttpPost& post;
    projection::NewsJournal& journal;
    std::function<absl::StatusOr<desk::News>(std::uint64_t after)> next;
    std::function<absl::StatusOr<bool>(const std::string& slug)> is_muted;
    std::function<absl::Time()> now;
    std::function<double()> chance;
    std::function<void(const Trouble&)> told;
  };

  // Starts at once.
  explicit WebhookThread(Parts parts);
  ~WebhookThread() { Stop(); }
  WebhookThread(const WebhookThread&) = delete;
  WebhookThread& operator=(const WebhookThread&) = delete;

  // The book was changed. From any thread; does not wait.
  void Wake() { parts_.journal.Wake(); }
  // Ends what is under way within about a second. Once; the destructor does it otherwise.
  void Stop();

 private:
  void Run();

  const Parts parts_;
  std::atomic<bool> stopping_{false};
  WebhookSender sender_;
  std::thread thread_;
};

}  // namespace hansa::node::webhooks

#endif  // HANSA_NODE_WEBHOOKS_WEBHOOK_THREAD_H_
