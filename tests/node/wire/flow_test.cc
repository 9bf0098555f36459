#include "node/wire/flow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace hansa::node::wire {
namespace {

using Step = Flow::Step;
using testing::ElementsAre;

constexpr FlowLimits kSmall{.outgoing_bytes = 10, .unconsumed_frames = 2, .unconsumed_bytes = 100};

class FlowTest : public testing::Test {
 protected:
  // All that is to be done now, in order.
  static std::vector<Step> Steps(Flow& flow) {
    std::vector<Step> steps;
    for (Step step = flow.Next(); step != Step::kNothing; step = flow.Next()) steps.push_back(step);
    return steps;
  }
  static void Reads(Flow& flow, std::size_t size) {
    flow.Arrived(size);
    flow.ReadDone(true);
  }

  Flow dialler_{Flow::Side::kDialler, kSmall};
  Flow acceptor_{Flow::Side::kAcceptor, kSmall};
};

TEST_F(FlowTest, NothingBeginsBeforeTheStreamIsUp) {
  EXPECT_TRUE(dialler_.Say("a", Lane::kControl));
  EXPECT_THAT(Steps(dialler_), ElementsAre());
  dialler_.Open();
  EXPECT_THAT(Steps(dialler_), ElementsAre(Step::kRead, Step::kWrite));
}

TEST_F(FlowTest, OneWriteAtATimeInOrder) {
  acceptor_.Open();
  EXPECT_TRUE(acceptor_.Say("a", Lane::kControl));
  EXPECT_TRUE(acceptor_.Say("b", Lane::kControl));
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead, Step::kWrite));
  EXPECT_EQ(acceptor_.next_write(), "a");
  acceptor_.WriteDone(true);
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kWrite));
  EXPECT_EQ(acceptor_.next_write(), "b");
  acceptor_.WriteDone(true);
  EXPECT_THAT(Steps(acceptor_), ElementsAre());
}

TEST_F(FlowTest, ControlGoesFirstAndThenThreeNewToOneOld) {
  acceptor_.Open();
  for (const char* bulk : {"x", "y"}) EXPECT_TRUE(acceptor_.Say(bulk, Lane::kBulk));
  for (const char* live : {"1", "2", "3", "4", "5"}) EXPECT_TRUE(acceptor_.Say(live, Lane::kLive));
  EXPECT_TRUE(acceptor_.Say("c", Lane::kControl));
  acceptor_.Close("bye");
  std::string order;
  while (acceptor_.outgoing_bytes() > 0) {
    Steps(acceptor_);
    order += acceptor_.next_write() + " ";
    acceptor_.WriteDone(true);
  }
  EXPECT_EQ(order, "c 1 2 3 x 4 5 y bye ");
}

TEST_F(FlowTest, TheQueueIsBoundedByBytes) {
  EXPECT_TRUE(dialler_.Say("123456", Lane::kControl));
  EXPECT_FALSE(dialler_.Say("12345", Lane::kControl));
  EXPECT_TRUE(dialler_.Say("1234", Lane::kControl));
  EXPECT_EQ(dialler_.outgoing_bytes(), 10u);
}

TEST_F(FlowTest, ReadingPausesAtTheWindowInFramesAndGoesOnWhenOneIsConsumed) {
  acceptor_.Open();
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead));
  Reads(acceptor_, 1);
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead));
  Reads(acceptor_, 1);
  EXPECT_THAT(Steps(acceptor_), ElementsAre());
  acceptor_.Consumed();
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead));
}

TEST_F(FlowTest, ReadingPausesAtTheWindowInBytes) {
  acceptor_.Open();
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead));
  Reads(acceptor_, 100);
  EXPECT_THAT(Steps(acceptor_), ElementsAre());
  acceptor_.Consumed();
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead));
}

TEST_F(FlowTest, ConsumingMoreThanArrivedDoesNothing) {
  acceptor_.Consumed();
  acceptor_.Open();
  Reads(acceptor_, 1);
  acceptor_.Consumed();
  acceptor_.Consumed();
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead));
}

TEST_F(FlowTest, TheAcceptorSendsWhatWaitsAndItsGoodbyeAndThenEnds) {
  acceptor_.Open();
  EXPECT_TRUE(acceptor_.Say("a", Lane::kControl));
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead, Step::kWrite));
  EXPECT_TRUE(acceptor_.Say("b", Lane::kControl));
  acceptor_.Close("bye");
  EXPECT_FALSE(acceptor_.Say("c", Lane::kControl));
  acceptor_.WriteDone(true);
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kWrite));
  EXPECT_EQ(acceptor_.next_write(), "b");
  acceptor_.WriteDone(true);
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kWrite));
  EXPECT_EQ(acceptor_.next_write(), "bye");
  acceptor_.WriteDone(true);
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kLeave));
  acceptor_.ReadDone(false);
  EXPECT_THAT(Steps(acceptor_), ElementsAre());
}

TEST_F(FlowTest, TheDiallerHalfClosesAndWaitsForTheOtherEnd) {
  dialler_.Open();
  dialler_.Close("bye");
  EXPECT_THAT(Steps(dialler_), ElementsAre(Step::kRead, Step::kWrite));
  dialler_.WriteDone(true);
  EXPECT_THAT(Steps(dialler_), ElementsAre(Step::kHalfClose));
  dialler_.WriteDone(true);
  EXPECT_THAT(Steps(dialler_), ElementsAre());
  dialler_.ReadDone(false);
  EXPECT_THAT(Steps(dialler_), ElementsAre(Step::kLeave));
}

TEST_F(FlowTest, ClosingReadsOnWhateverTheWindow) {
  dialler_.Open();
  EXPECT_THAT(Steps(dialler_), ElementsAre(Step::kRead));
  Reads(dialler_, 100);
  EXPECT_THAT(Steps(dialler_), ElementsAre());
  dialler_.Close("");
  EXPECT_THAT(Steps(dialler_), ElementsAre(Step::kRead, Step::kHalfClose));
}

TEST_F(FlowTest, ClosingAtOnceForgetsWhatWaits) {
  acceptor_.Open();
  EXPECT_TRUE(acceptor_.Say("a", Lane::kControl));
  EXPECT_TRUE(acceptor_.Say("b", Lane::kControl));
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead, Step::kWrite));
  acceptor_.CloseAtOnce("bye");
  EXPECT_EQ(acceptor_.outgoing_bytes(), 3u);
  acceptor_.WriteDone(true);
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kWrite));
  EXPECT_EQ(acceptor_.next_write(), "bye");
}

TEST_F(FlowTest, TheEndWaitsForTheWriteUnderWay) {
  acceptor_.Open();
  EXPECT_TRUE(acceptor_.Say("a", Lane::kControl));
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead, Step::kWrite));
  acceptor_.ReadDone(false);
  EXPECT_THAT(Steps(acceptor_), ElementsAre());
  acceptor_.WriteDone(false);
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kLeave));
}

TEST_F(FlowTest, ADeadStreamEndsThoughNobodyReads) {
  acceptor_.Open();
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kRead));
  Reads(acceptor_, 100);
  EXPECT_THAT(Steps(acceptor_), ElementsAre());
  acceptor_.Died();
  EXPECT_FALSE(acceptor_.Say("a", Lane::kControl));
  EXPECT_THAT(Steps(acceptor_), ElementsAre(Step::kLeave));
}

TEST_F(FlowTest, CancellingHappensOnceAndBeforeTheEnd) {
  dialler_.Open();
  EXPECT_THAT(Steps(dialler_), ElementsAre(Step::kRead));
  dialler_.Cancel();
  EXPECT_THAT(Steps(dialler_), ElementsAre(Step::kCancel));
  dialler_.Cancel();
  EXPECT_FALSE(dialler_.Say("a", Lane::kControl));
  dialler_.ReadDone(false);
  EXPECT_THAT(Steps(dialler_), ElementsAre(Step::kLeave));
  dialler_.Cancel();
  EXPECT_THAT(Steps(dialler_), ElementsAre());
}

TEST_F(FlowTest, ADialThatFailsEndsWithoutOpening) {
  dialler_.Died();
  EXPECT_THAT(Steps(dialler_), ElementsAre(Step::kLeave));
}

}  // namespace
}  // namespace hansa::node::wire
