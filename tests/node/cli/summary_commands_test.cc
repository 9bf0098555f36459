// `hansa network publish-summary` and `verify-summary`, over a real socket: the hub in memory behind the real API.
#include <deque>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/aggregates.pb.h"
#include "node/api/api_server.h"
#include "node/desk/summary_records.h"
#include "tests/node/cli/cli_run.h"
#include "tests/testing/fake_node.h"
#include "tests/testing/temp_folder.h"

namespace hansa::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kLiteracy[] = "1.1.1/adult-literacy-rate#total";

class SummaryCommands : public ::testing::Test {
 protected:
  SummaryCommands() {
    AdoptCurrentFramework(network_);
    network_.AdmitAuthority(germany_);
    for (const char* slug : {"de-bonn", "de-essen", "de-gotha", "de-hagen", "de-jena"}) {
      const Applicant city = CityNamed(slug, "DEU");
      const replication::Member number = network_.AdmitCity(city, germany_);
      cities_.emplace_back(network_.id(), *network_.roster().PresentFeed(number, replication::kIndicators),
                           city.writer);
    }
    hub_.Refresh();
    for (const replication::VerifiedUnit& unit : network_.units()) hub_.Receive(unit);
    for (FeedWriter& city : cities_) {
      hub_.Receive(city.Publish({EntryOf(RecordNamed(absl::StrCat("of ", city.author().member.value())),
                                         SetOf(2023, {ObservationOf(kLiteracy, "97.5")}))}));
    }
    server_ = Must(node::api::ApiServer::Start({.socket = socket_,
                                                .node = hub_,
                                                .views = hub_.views(),
                                                .catalogue = node::catalogue::CurrentCatalogue(),
                                                .today_year = [] { return 2026; }}));
  }

  Ran Hansa(std::vector<std::string> words) {
    words.insert(words.end(), {"--socket", socket_});
    return RunHansa(words);
  }
  json Json(std::vector<std::string> words, int exit = 0) {
    words.push_back("--json");
    const Ran ran = Hansa(words);
    EXPECT_EQ(ran.exit, exit) << ran.err;
    return json::parse(ran.out);
  }
  // The published summary again, with another median.
  void PublishAltered() {
    const auto parts = Must(node::desk::SummaryRecordsOf(hub_.feeds(), hub_.views(), hub_.View().member))[2023];
    ASSERT_THAT(parts, SizeIs(1));
    v1::NetworkSummary altered = *parts[0].content;
    altered.mutable_cells(0)->set_median("12");
    Must(hub_.Publish({{replication::kAggregates, replication::kNetworkSummary, parts[0].record.key.id, false,
                        altered.SerializeAsString()}}));
  }

  TempFolder folder_;
  std::string socket_ = folder_ / "run/hansa.sock";
  Network network_ = Network::Founded();
  Applicant germany_ = AuthorityOf("DEU");
  std::deque<FeedWriter> cities_;
  FakeNode hub_{network_, network_.hub()};
  std::unique_ptr<node::api::ApiServer> server_;
};

TEST_F(SummaryCommands, PublishesOnceAndVerifies) {
  const json first = Json({"network", "publish-summary", "--year", "2023"});
  EXPECT_EQ(first["year"], 2023);
  ASSERT_THAT(first["records"], SizeIs(1));
  EXPECT_EQ(first["records"][0]["collection"], "aggregates");
  EXPECT_EQ(first["records"][0]["title"], "summary of 2023");
  EXPECT_EQ(first["records"][0]["revision"], 1);
  EXPECT_EQ(first["records"][0]["unchanged"], false);
  EXPECT_EQ(Json({"network", "publish-summary", "--year", "2023", "--reason", "again"})["records"][0]["unchanged"],
            true);

  const json verified = Json({"network", "verify-summary"});
  ASSERT_THAT(verified, SizeIs(1));
  EXPECT_EQ(verified[0]["year"], 2023);
  EXPECT_EQ(verified[0]["member"], "int-uil");
  EXPECT_EQ(verified[0]["revision"], 1);
  EXPECT_EQ(verified[0]["ok"], true);
  EXPECT_EQ(verified[0]["cells"], 2);
  EXPECT_EQ(verified[0]["why_not"], nullptr);
  EXPECT_THAT(verified[0]["missing"], IsEmpty());
  EXPECT_THAT(verified[0]["differences"], IsEmpty());
  EXPECT_THAT(verified[0]["inputs_digest"].get<std::string>(), SizeIs(64));

  const Ran text = Hansa({"network", "verify-summary", "--year", "2023"});
  EXPECT_EQ(text.exit, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("summary of 2023 by int-uil, revision 1: it is what the feeds give\n"));
  EXPECT_THAT(text.out, HasSubstr("  2 groups of figures\n"));
}

TEST_F(SummaryCommands, SaysWhatDiffersAndFails) {
  Json({"network", "publish-summary", "--year", "2023"});
  PublishAltered();
  const Ran text = Hansa({"network", "verify-summary"});
  EXPECT_EQ(text.exit, 1);
  EXPECT_THAT(text.out, HasSubstr("it is not what the feeds give"));
  EXPECT_THAT(text.out, HasSubstr("the median was published as 12, and the feeds give 97.5"));
  EXPECT_THAT(text.err, IsOneErrorLine());
  EXPECT_EQ(Json({"network", "verify-summary"}, 1)[0]["ok"], false);
  EXPECT_THAT(Hansa({"network", "verify-summary", "--lang", "ko"}).out, HasSubstr("중앙값: 발행된 값 12"));
}

TEST_F(SummaryCommands, WhatIsNotThereIsNotFound) {
  const Ran none = Hansa({"network", "verify-summary"});
  EXPECT_EQ(none.exit, 3);
  EXPECT_THAT(none.out, IsEmpty());
  EXPECT_THAT(none.err, IsOneErrorLine());
  EXPECT_THAT(Json({"network", "verify-summary", "--year", "2022"}, 3), IsEmpty());
}

TEST_F(SummaryCommands, WhatCannotBePublishedIsRefusedInWords) {
  hub_.look = [](node::NodeView& view) { view.missing = 3; };
  const Ran refused = Hansa({"network", "publish-summary", "--year", "2023"});
  EXPECT_EQ(refused.exit, 4);
  EXPECT_THAT(refused.err, HasSubstr("publishing a summary: the content of 3 entries has not come to this node"));
  EXPECT_EQ(Hansa({"network", "publish-summary"}).exit, 2);
  EXPECT_EQ(Hansa({"network", "publish-summary", "--year", "23"}).exit, 2);
}

}  // namespace
}  // namespace hansa::testing
