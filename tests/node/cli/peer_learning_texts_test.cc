// What members write in Markdown, of offers, of what is said to them, and of notices, as people read it.
#include "node/cli/peer_learning_texts.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hansa/v1/node.pb.h"
#include "hansa/v1/node_notices.pb.h"
#include "node/cli/muted_words.h"
#include "node/cli/notice_texts.h"

namespace hansa::node::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kWritten[] = "Ask **all** of them.\n\n- the [library](https://example.org/l)\n- \x1b[31mthe school";
constexpr char kInLines[] = "Ask all of them.\n\n- the library (https://example.org/l)\n- ";

TEST(PeerLearningTexts, WhatAnOfferAndItsRepliesSayIsMarkdown) {
  v1::GetOfferReply reply;
  reply.mutable_content()->set_text(kWritten);
  v1::ReplySummary& said = *reply.add_replies();
  said.set_member("gb-derby");
  said.set_text("We *come*.");
  v1::ReplySummary& declined = *reply.add_declines();
  declined.set_member("gb-bristol");
  declined.set_text("Not *now*");
  const std::string text = TextOf(reply, Layout{});
  EXPECT_THAT(text, AllOf(HasSubstr(kInLines), HasSubstr("We come.\n"), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(text, HasSubstr(": Not *now*")) << "the reason of a decline is plain words";
}

TEST(PeerLearningTexts, WhatANoticeSaysIsMarkdown) {
  v1::GetNoticeReply guidance, call, cluster;
  guidance.mutable_guidance()->set_text(kWritten);
  call.mutable_call()->set_text(kWritten);
  cluster.mutable_cluster()->set_text(kWritten);
  for (const v1::GetNoticeReply* reply : {&guidance, &call, &cluster}) {
    EXPECT_THAT(TextOf(*reply, Layout{}), AllOf(HasSubstr(kInLines), Not(HasSubstr("\x1b"))));
  }
}

TEST(PeerLearningTexts, HowManyAreLeftOutIsSaidWithTheWayToSeeThem) {
  const words::Words words(words::Language::kEnglish);
  EXPECT_THAT(MutedLine(0, words), IsEmpty());
  EXPECT_THAT(MutedLine(1, words), AllOf(HasSubstr("1 is left out"), HasSubstr("--with-muted shows it")));
  EXPECT_THAT(MutedLine(2, words), HasSubstr("2 are left out"));
}

}  // namespace
}  // namespace hansa::node::cli
