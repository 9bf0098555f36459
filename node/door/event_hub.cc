#include "node/door/event_hub.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/random/random.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"

namespace hansa::node::door {
namespace {

constexpr char kBeginning[] = "retry: 2000\n";

const char* NameOf(EventKind kind) {
  switch (kind) {
    case EventKind::kViews:
      return "views";
    case EventKind::kStatus:
      return "status";
    case EventKind::kDrafts:
      return "drafts";
    case EventKind::kNews:
      return "news";
    case EventKind::kProposals:
      return "proposals";
  }
  return "all";
}

// As it is sent; `id` has no characters that JSON or a line would need told apart.
std::string Written(const std::string& id, absl::string_view what, int year) {
  const std::string of_year = year == 0 ? "" : absl::StrCat(",\"year\":", year);
  return absl::StrCat("id: ", id, "\nevent: ", what, "\ndata: {\"id\":\"", id, "\",\"what\":\"", what, "\"", of_year,
                      "}\n\n");
}

}  // namespace

// What hub and streams share.
class EventHub::Inside {
 public:
  // Numbers of another process mean nothing to this one.
  const std::string process = absl::StrCat(absl::Hex(absl::Uniform<std::uint64_t>(absl::BitGen()), absl::kZeroPad16));

  std::string IdOf(std::uint64_t number) const { return absl::StrCat(process, "-", number); }
  // The number in an id that this process gave; nullopt: it did not.
  std::optional<std::uint64_t> NumberIn(absl::string_view id) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    const std::pair<absl::string_view, absl::string_view> parts = absl::StrSplit(id, absl::MaxSplits('-', 1));
    std::uint64_t number = 0;
    if (parts.first != process || !absl::SimpleAtoi(parts.second, &number) || number > last) return std::nullopt;
    return number;
  }
  // Whether all events after that number are still there.
  bool Reaches(std::uint64_t number) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
    return number + events.size() >= last;
  }

  absl::Mutex mutex;
  std::deque<Event> events ABSL_GUARDED_BY(mutex);  // numbers last - size + 1 to last
  std::uint64_t last ABSL_GUARDED_BY(mutex) = 0;
  std::map<Stream*, std::weak_ptr<Stream>> streams ABSL_GUARDED_BY(mutex);
};

class EventHub::Stream final : public HttpStream {
 public:
  Stream(std::shared_ptr<Inside> inside, const EventListener& listener, std::uint64_t at, std::string beginning)
      : account_(listener.account),
        is_signed_in_(listener.is_signed_in),
        inside_(std::move(inside)),
        at_(at),
        beginning_(std::move(beginning)) {}
  ~Stream() override {
    absl::MutexLock lock(&inside_->mutex);
    inside_->streams.erase(this);
  }

  const std::string& account() const { return account_; }
  const std::function<bool()>& is_signed_in() const { return is_signed_in_; }

  std::optional<std::string> Take() override {
    absl::MutexLock lock(&inside_->mutex);
    if (has_ended_ || !inside_->Reaches(at_)) return std::nullopt;
    std::string said = std::exchange(beginning_, "");
    for (std::size_t i = inside_->events.size() - (inside_->last - at_); i < inside_->events.size(); ++i) {
      const Event& event = inside_->events[i];
      ++at_;
      if (event.what != EventKind::kViews && account_.empty()) continue;
      absl::StrAppend(&said, Written(inside_->IdOf(at_), NameOf(event.what), event.year));
    }
    return said;
  }
  void OnMore(std::function<void()> wake) override {
    absl::MutexLock lock(&inside_->mutex);
    wake_ = std::move(wake);
  }
  std::string Heartbeat() const override { return ":\n\n"; }

  void Wake() ABSL_EXCLUSIVE_LOCKS_REQUIRED(inside_->mutex) {
    if (wake_ != nullptr) wake_();
  }
  void End() ABSL_EXCLUSIVE_LOCKS_REQUIRED(inside_->mutex) {
    has_ended_ = true;
    Wake();
  }

 private:
  const std::string account_;
  const std::function<bool()> is_signed_in_;
  const std::shared_ptr<Inside> inside_;
  bool has_ended_ ABSL_GUARDED_BY(inside_->mutex) = false;
  std::uint64_t at_ ABSL_GUARDED_BY(inside_->mutex);       // the last event that was given
  std::string beginning_ ABSL_GUARDED_BY(inside_->mutex);  // before all events
  std::function<void()> wake_ ABSL_GUARDED_BY(inside_->mutex);
};

EventHub::EventHub() : inside_(std::make_shared<Inside>()) {}
EventHub::~EventHub() = default;

void EventHub::Tell(const Event& event) {
  Inside& inside = *inside_;
  absl::MutexLock lock(&inside.mutex);
  ++inside.last;
  inside.events.push_back(event);
  if (inside.events.size() > kKept) inside.events.pop_front();
  for (const auto& [stream, weak] : inside.streams) stream->Wake();
}

std::shared_ptr<HttpStream> EventHub::Listen(const EventListener& listener) {
  Inside& inside = *inside_;
  absl::MutexLock lock(&inside.mutex);
  const auto alike = static_cast<std::size_t>(
      std::count_if(inside.streams.begin(), inside.streams.end(),
                    [&listener](const auto& each) { return each.first->account() == listener.account; }));
  if (inside.streams.size() >= kListeners || alike >= (listener.account.empty() ? kUnsigned : kPerAccount)) {
    return nullptr;
  }
  const std::optional<std::uint64_t> number = inside.NumberIn(listener.last_id);
  const bool is_resumed = number && inside.Reaches(*number);
  const std::uint64_t at = is_resumed ? *number : inside.last;
  // One that begins is told where it stands, so that it can resume though it was told of nothing.
  std::string beginning = is_resumed || listener.last_id.empty()
                              ? absl::StrCat(kBeginning, "id: ", inside.IdOf(at), "\n\n")
                              : absl::StrCat(kBeginning, Written(inside.IdOf(at), "all", 0));
  auto stream = std::make_shared<Stream>(inside_, listener, at, std::move(beginning));
  inside.streams.insert({stream.get(), stream});
  return stream;
}

void EventHub::EndOfWhoLeft() {
  std::vector<std::shared_ptr<Stream>> streams;
  {
    absl::MutexLock lock(&inside_->mutex);
    for (const auto& [at, weak] : inside_->streams) {
      if (std::shared_ptr<Stream> stream = weak.lock(); stream != nullptr) streams.push_back(std::move(stream));
    }
  }
  for (const std::shared_ptr<Stream>& stream : streams) {
    if (stream->is_signed_in() == nullptr || stream->is_signed_in()()) continue;
    absl::MutexLock lock(&inside_->mutex);
    stream->End();
  }
}

std::size_t EventHub::listening() const {
  absl::MutexLock lock(&inside_->mutex);
  return inside_->streams.size();
}

HttpResponse EventsAnswer(EventHub& hub, const HttpRequest& request, const std::string& account,
                          std::function<bool()> is_signed_in) {
  std::shared_ptr<HttpStream> stream = hub.Listen({.account = account,
                                                   .last_id = std::string(request.Header("last-event-id")),
                                                   .is_signed_in = std::move(is_signed_in)});
  if (stream == nullptr) {
    return {.status = 429,
            .headers = {{"content-type", "text/plain; charset=utf-8"}},
            .body = "too many pages listen to this node; close one\n"};
  }
  return {.status = 200,
          .headers = {{"content-type", "text/event-stream"}, {"x-accel-buffering", "no"}},
          .body = "",
          .more = nullptr,
          .stream = std::move(stream)};
}

}  // namespace hansa::node::door
