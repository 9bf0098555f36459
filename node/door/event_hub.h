// What happens on this node, told to pages as it happens: server-sent events that can be resumed. An event says what to
// read again and never what is in it, so that it needs no more leave than knowing that something changed.
#ifndef HANSA_NODE_DOOR_EVENT_HUB_H_
#define HANSA_NODE_DOOR_EVENT_HUB_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"
#include "node/door/http_server.h"

namespace hansa::node::door {

// What is to be read again.
enum class EventKind {
  kViews,      // what is published, as far as it has come here
  kStatus,     // how the node is: neighbours, in sync, what may be signed, what waits
  kDrafts,     // what is being prepared for a year
  kNews,       // what this node was told of whom it follows
  kProposals,  // what waits for a second person, and whether one is asked for
};

struct Event {
  EventKind what = EventKind::kViews;
  int year = 0;  // of drafts; 0: of some year or other
};

// Who listens.
struct EventListener {
  std::string account;  // empty: not signed in, and told of views alone
  std::string last_id;  // the last event that it has, as it was told; empty: it begins now
  // Whether that account is still signed in, in the session that it began to listen with; on any thread, and may block.
  // Null: as long as it likes.
  std::function<bool()> is_signed_in = nullptr;
};

// Thread-safe; nothing here waits but EndOfWhoLeft.
class EventHub {
 public:
  static constexpr std::size_t kKept = 1024;     // events that a listener can go back to
  static constexpr std::size_t kListeners = 64;  // at once
  static constexpr std::size_t kPerAccount = 8;  // of them of one account
  static constexpr std::size_t kUnsigned = 32;   // of them not signed in

  EventHub();
  ~EventHub();
  EventHub(const EventHub&) = delete;
  EventHub& operator=(const EventHub&) = delete;

  // Tells whoever listens now, and whoever resumes later.
  void Tell(const Event& event);

  // What that listener is told from where it stood; one that goes back further than events are kept, or to another
  // process, is told {"what":"all"} first. A listener that falls that far behind ends, and may resume. Null: too many
  // listen. It may outlive the hub.
  std::shared_ptr<HttpStream> Listen(const EventListener& listener);
  std::size_t listening() const;
  // Ends the streams of those who are not signed in any more. Blocks as EventListener::is_signed_in does.
  void EndOfWhoLeft();

 private:
  class Inside;
  class Stream;
  const std::shared_ptr<Inside> inside_;
};

// Answers a GET of /events: the stream, or 429 for one too many.
HttpResponse EventsAnswer(EventHub& hub, const HttpRequest& request, const std::string& account,
                          std::function<bool()> is_signed_in = nullptr);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_EVENT_HUB_H_
