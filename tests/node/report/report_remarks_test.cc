#include "node/report/report_remarks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hansa::node::report {
namespace {

TEST(YearsText, JoinsYearsThatFollowEachOther) {
  EXPECT_EQ(YearsText({}), "");
  EXPECT_EQ(YearsText({2010}), "2010");
  EXPECT_EQ(YearsText({2010, 2011}), "2010, 2011");
  EXPECT_EQ(YearsText({2010, 2011, 2012}), "2010–2012");
  EXPECT_EQ(YearsText({2008, 2010, 2011, 2012, 2015}), "2008, 2010–2012, 2015");
}

}  // namespace
}  // namespace hansa::node::report
