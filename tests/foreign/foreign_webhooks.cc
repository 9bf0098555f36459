// foreign_webhooks URL: sends three pieces of news and a test to a receiver as a node does, over the network, the last
// two after a new secret was made. First says the secrets, older first, a line each. The news is invented, and says so.
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "node/webhooks/http_post.h"
#include "node/webhooks/webhook_desk.h"
#include "node/webhooks/webhook_sender.h"
#include "node/webhooks/webhook_signature.h"
#include "replication/collections.h"
#include "storage/memory_store.h"

namespace hansa::node::webhooks {
namespace {

constexpr std::uint64_t kPieces = 3;

desk::News NewsBehind(std::uint64_t after, std::uint64_t end) {
  desk::News news;
  news.position = after;
  if (after >= end) return news;
  news.position = after + 1;
  desk::NewsPiece piece;
  piece.at_ms = 1'750'000'000'000;
  piece.member = "xx-invented";
  piece.collection = replication::kPractices;
  piece.kind = "practice";
  piece.title = absl::StrCat("Invented for a test: 책 읽는 도시 — \"", after + 1, "\" 🎓");
  piece.revision = 1;
  piece.sequence = replication::Sequence(after + 1);
  piece.topics = {{.feature = "2.1.3"}};
  news.pieces.push_back(piece);
  return news;
}

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << "foreign_webhooks: " << status.message() << "\n";
  std::exit(1);
}

int Main(const std::string& url) {
  storage::MemoryTables tables;
  absl::StatusOr<std::unique_ptr<WebhookBook>> book = WebhookBook::Open(tables);
  Check(book.status());
  const std::unique_ptr<HttpPost> post = MakeHttpPost("Hansa/0");
  std::uint64_t end = 1;
  WebhookSender sender({.book = **book,
                        .post = *post,
                        .next = [&end](std::uint64_t after) { return NewsBehind(after, end); },
                        .is_muted = [](const std::string&) { return false; },
                        .now = absl::Now,
                        .chance = [] { return 0.0; },
                        .is_ending = [] { return false; },
                        .told = [](const Trouble& trouble) { std::cerr << trouble.why << "\n"; }});
  WebhookDesk desk({.book = **book,
                    .post = *post,
                    .journal_end = [] { return 0; },
                    .topics = [] { return std::vector<desk::FollowedTopic>(); },
                    .now = absl::Now,
                    .chance = [] { return std::string(32, 'a'); },
                    .wake = [] {}});
  const absl::StatusOr<Webhook> hook = desk.Add({.url = url});
  Check(hook.status());
  std::cout << SecretText(hook->secret) << "\n";
  sender.Step();
  const absl::StatusOr<Webhook> rotated = desk.RotateSecret(hook->id);
  Check(rotated.status());
  std::cout << SecretText(rotated->secret) << "\n";
  end = kPieces;
  for (std::uint64_t i = 0; i < kPieces; ++i) sender.Step();
  const absl::StatusOr<TestReport> test = desk.Test(hook->id);
  Check(test.status());
  if (test->taken && desk.List()[0].delivered == kPieces) return 0;
  std::cerr << "foreign_webhooks: not everything was taken: " << desk.List()[0].last_error << test->why_not << "\n";
  return 1;
}

}  // namespace
}  // namespace hansa::node::webhooks

int main(int argc, char** argv) {
  if (argc == 2) return hansa::node::webhooks::Main(argv[1]);
  std::cerr << "usage: foreign_webhooks URL\n";
  return 2;
}
