// What browsers report of the page's content security policy.
#include "node/door/csp_reports.h"

#include "tests/node/door/sign_in_fixture.h"

namespace hansa::node::door {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CspReportsTest : public SignInTest {
 protected:
  int Report(const std::string& body) const {
    return Ask("POST", kCspReportPath, With(OwnPage(), "Content-Type", "application/csp-report"), body).status;
  }
  static std::string Of(const std::string& directive) {
    return json{{"csp-report", {{"effective-directive", directive}, {"blocked-uri", "inline"}}}}.dump();
  }
  std::vector<std::string> Told() const {
    absl::MutexLock lock(&mutex_);
    return told_;
  }
};

TEST_F(CspReportsTest, EachIsCountedAndEachDirectiveToldOnce) {
  EXPECT_THAT(Ask("GET", "/metrics", OwnPage()).body, HasSubstr("\nhansa_csp_reports_total 0\n"));
  EXPECT_EQ(Report(Of("script-src-elem")), 204);
  EXPECT_EQ(Report(Of("script-src-elem")), 204);
  EXPECT_EQ(Report(Of("style-src\nand a line of somebody's own")), 204);
  EXPECT_EQ(Report("whatever"), 204);
  EXPECT_EQ(Report(Of("call-this-number")), 204);
  EXPECT_THAT(Ask("GET", "/metrics", OwnPage()).body, HasSubstr("\nhansa_csp_reports_total 5\n"));
  EXPECT_THAT(Told(),
              ElementsAre(HasSubstr(": script-src-elem"), ::testing::EndsWith(": style-src"), HasSubstr(": unknown")));
}

TEST_F(CspReportsTest, OnlySmallOnesOfThisPageAreTakenAndNotTooMany) {
  EXPECT_EQ(Ask("POST", kCspReportPath, With(OwnPage(), "Origin", "https://elsewhere.example"), Of("img-src")).status,
            403);
  EXPECT_EQ(Report(std::string(CspReports::kBodyBytesMax + 1, 'x')), 413);
  EXPECT_EQ(Ask("GET", kCspReportPath, OwnPage()).status, 405);
  EXPECT_EQ(csp_reports_.count(), 0U);
  for (std::uint64_t i = 0; i < CspReports::kPerMinute; ++i) ASSERT_EQ(Report(Of("img-src")), 204);
  EXPECT_EQ(Report(Of("img-src")), 429);
  EXPECT_EQ(csp_reports_.count(), CspReports::kPerMinute);
  now_ += absl::Minutes(1);
  EXPECT_EQ(Report(Of("img-src")), 204);
}

}  // namespace
}  // namespace hansa::node::door
