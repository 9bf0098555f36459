#include "node/webhooks/webhook_office.h"

#include <utility>

#include "node/desk/following_desk.h"
#include "node/desk/muted_members.h"
#include "node/node_folder.h"
#include "node/webhooks/webhook_book.h"
#include "node/webhooks/webhook_thread.h"
#include "replication/bytes.h"
#include "replication/check.h"

namespace hansa::node::webhooks {
namespace {

double Chance() {
  const replication::RecordId random = RandomRecordId();
  return replication::ByteReader(random.view()).U32() / 4294967296.0;
}

absl::StatusOr<bool> IsMuted(RunningNode& node, const std::string& slug) {
  const auto muted = desk::LoadMuted(node.tables());
  HANSA_RETURN_IF_ERROR(muted.status());
  return !muted->empty() && desk::SlugsOf(node.View(), *muted).contains(slug);
}

}  // namespace

struct WebhookOffice::Inside {
  Inside(Parts given, std::unique_ptr<WebhookBook> held)
      : parts(std::move(given)),
        following(parts.node, parts.catalogue, parts.views),
        book(std::move(held)),
        thread({.book = *book,
                .post = *parts.sending,
                .journal = parts.views.news(),
                .next = [this](std::uint64_t after) { return following.NextNews(after); },
                .is_muted = [this](const std::string& slug) { return IsMuted(parts.node, slug); },
                .now = parts.now,
                .chance = Chance,
                .told = parts.told}),
        desk({.book = *book,
              .post = *parts.testing,
              .journal_end = [this] { return parts.views.news().end(); },
              .topics = [this] { return following.Topics(); },
              .now = parts.now,
              .chance = [] { return RandomRecordId().hex(); },
              .wake = [this] { thread.Wake(); }}) {}

  const Parts parts;
  desk::FollowingDesk following;
  const std::unique_ptr<WebhookBook> book;
  WebhookThread thread;
  WebhookDesk desk;
};

absl::StatusOr<std::unique_ptr<WebhookOffice>> WebhookOffice::Start(Parts parts) {
  absl::StatusOr<std::unique_ptr<WebhookBook>> book = WebhookBook::Open(parts.node.tables());
  HANSA_RETURN_IF_ERROR(book.status());
  auto inside = std::make_unique<Inside>(std::move(parts), *std::move(book));
  return std::unique_ptr<WebhookOffice>(new WebhookOffice(std::move(inside)));
}

WebhookOffice::WebhookOffice(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
WebhookOffice::~WebhookOffice() { Stop(); }

WebhookDesk& WebhookOffice::desk() { return inside_->desk; }

void WebhookOffice::Stop() {
  inside_->parts.testing->Cancel();
  inside_->thread.Stop();
}

}  // namespace hansa::node::webhooks
