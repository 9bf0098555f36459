// A receiver in memory, a clock that a test sets, and news as a test writes it.
#ifndef HANSA_TESTS_NODE_WEBHOOKS_FAKE_POST_H_
#define HANSA_TESTS_NODE_WEBHOOKS_FAKE_POST_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "node/desk/following_desk.h"
#include "node/webhooks/http_post.h"
#include "replication/collections.h"

namespace hansa::testing {

// Thread-safe.
class FakePost final : public node::webhooks::HttpPost {
 public:
  using Answering = std::function<node::webhooks::HttpAnswer(const node::webhooks::HttpRequest&)>;

  node::webhooks::HttpAnswer Post(const node::webhooks::HttpRequest& request) override {
    absl::MutexLock lock(&mutex_);
    requests_.push_back(request);
    const node::webhooks::HttpAnswer answer =
        answering_ ? answering_(request) : node::webhooks::HttpAnswer{.status = 200};
    if (answer.status >= 200 && answer.status < 300) taken_.push_back(request);
    return answer;
  }
  void Cancel() override {}

  void AnswerWith(Answering answering) {
    absl::MutexLock lock(&mutex_);
    answering_ = std::move(answering);
  }
  void AnswerWith(const node::webhooks::HttpAnswer& answer) {
    AnswerWith([answer](const node::webhooks::HttpRequest&) { return answer; });
  }
  std::vector<node::webhooks::HttpRequest> requests() const {
    absl::MutexLock lock(&mutex_);
    return requests_;
  }
  std::vector<node::webhooks::HttpRequest> taken() const {
    absl::MutexLock lock(&mutex_);
    return taken_;
  }
  // Blocks until so many were taken.
  void AwaitTaken(std::size_t count) const {
    const auto are_there = [&]() { return taken_.size() >= count; };
    mutex_.LockWhen(absl::Condition(&are_there));
    mutex_.Unlock();
  }

 private:
  mutable absl::Mutex mutex_;
  Answering answering_;
  std::vector<node::webhooks::HttpRequest> requests_;
  std::vector<node::webhooks::HttpRequest> taken_;
};

inline std::string HeaderOf(const node::webhooks::HttpRequest& request, absl::string_view name) {
  for (const auto& [each, value] : request.headers) {
    if (each == name) return value;
  }
  return "";
}

// The piece of news at `number`, of a practice; numbers are from 1.
inline node::desk::NewsPiece PieceAt(std::uint64_t number) {
  node::desk::NewsPiece piece;
  piece.at_ms = 1'700'000'000'000 + number;
  piece.member = "de-aachen";
  piece.collection = replication::kPractices;
  piece.kind = "practice";
  piece.title = absl::StrCat("Reading ", number);
  piece.revision = 1;
  piece.sequence = replication::Sequence(number);
  return piece;
}

}  // namespace hansa::testing

#endif  // HANSA_TESTS_NODE_WEBHOOKS_FAKE_POST_H_
