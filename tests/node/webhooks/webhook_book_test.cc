#include "node/webhooks/webhook_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "storage/memory_store.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::webhooks {
namespace {

using storage::Durability;
using storage::Table;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Must;

Webhook Full() {
  return {.id = "0123abcd",
          .url = "https://example.org/hook",
          .on = {"offers", "practices"},
          .topics = {"2.1.3"},
          .added_ms = 1,
          .cursor = 2,
          .delivered = 3,
          .delivered_ms = 4,
          .failures = 5,
          .failing_since_ms = 6,
          .next_attempt_ms = 7,
          .last_error = "nobody answers there",
          .is_paused = true,
          .secret = std::string(kSecretBytes, '\x07'),
          .older_secret = std::string(kSecretBytes, '\x08'),
          .older_until_ms = 9};
}
Webhook Named(const std::string& id, std::uint64_t added_ms) {
  return {.id = id, .url = "https://example.org/" + id, .added_ms = added_ms, .secret = "s"};
}

TEST(WebhookBook, WhatWasAddedIsThereAfterARestart) {
  storage::MemoryTables tables;
  {
    const auto book = Must(WebhookBook::Open(tables));
    EXPECT_THAT(book->List(), IsEmpty());
    ASSERT_THAT(book->Add(Full()), IsOk());
    ASSERT_THAT(book->Add(Named("ffff0000", 0)), IsOk());
    ASSERT_THAT(book->Change(
                    "ffff0000", [](Webhook& hook) { hook.cursor = 12; }, Durability::kLazy),
                IsOk());
  }
  const auto book = Must(WebhookBook::Open(tables));
  Webhook moved = Named("ffff0000", 0);
  moved.cursor = 12;
  EXPECT_THAT(book->List(), ElementsAre(moved, Full()));
  EXPECT_EQ(Must(book->Find("0123abcd")), Full());
}

TEST(WebhookBook, WhatWasRemovedLeavesNothing) {
  storage::MemoryTables tables;
  const auto book = Must(WebhookBook::Open(tables));
  ASSERT_THAT(book->Add(Full()), IsOk());
  ASSERT_THAT(book->Remove("0123abcd"), IsOk());
  EXPECT_THAT(Must(tables.Scan(Table::kSettings, "", "", 10)), IsEmpty());
  EXPECT_EQ(book->Remove("0123abcd").code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(book->Find("0123abcd").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(book->Change(
                    "0123abcd", [](Webhook&) {}, Durability::kLazy)
                .code(),
            absl::StatusCode::kNotFound);
}

TEST(WebhookBook, HasRoomForSoMany) {
  storage::MemoryTables tables;
  const auto book = Must(WebhookBook::Open(tables));
  for (std::size_t i = 0; i < kWebhooksMax; ++i) ASSERT_THAT(book->Add(Named(absl::StrCat(i), i)), IsOk());
  EXPECT_EQ(book->Add(Named("more", 99)).code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(Must(WebhookBook::Open(tables))->List().size(), kWebhooksMax);
}

TEST(WebhookBook, ARowThatCannotBeReadIsAnError) {
  storage::MemoryTables tables;
  const storage::Write torn{Table::kSettings, "webhook:0123abcd", "\x01\xFF\xFF"};
  ASSERT_THAT(tables.Apply({&torn, 1}, Durability::kSynced), IsOk());
  EXPECT_EQ(WebhookBook::Open(tables).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace hansa::node::webhooks
