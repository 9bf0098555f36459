// The file of a report, as whoever asks names its form.
#include "node/api/report_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hansa/v1/node.pb.h"
#include "tests/node/report/documents.h"
#include "tests/testing/status_matchers.h"

namespace hansa::node::api {
namespace {

using hansa::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

v1::MakeReportReply In(absl::string_view form) {
  v1::MakeReportReply reply;
  EXPECT_TRUE(PutForm(report::Everywhere("a text of the city"), form, reply).ok());
  return reply;
}

TEST(ReportForm, EveryFormSaysWhatTheDocumentSays) {
  EXPECT_THAT(In("html").content(), StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(In("html").content(), HasSubstr("a text of the city"));
  EXPECT_THAT(In("markdown").content(), HasSubstr("a text of the city"));
  EXPECT_THAT(In("pdf").content(), StartsWith("%PDF-"));
}

TEST(ReportForm, WithoutAFormThereIsNoFile) { EXPECT_THAT(In("").content(), IsEmpty()); }

TEST(ReportForm, AFormThatThereIsNotIsNamed) {
  v1::MakeReportReply reply;
  EXPECT_THAT(PutForm(report::Everywhere("text"), "docx", reply),
              StatusIs(absl::StatusCode::kInvalidArgument, "ask for html, pdf or markdown"));
}

}  // namespace
}  // namespace hansa::node::api
