// What is answered at which address, by which name, and with which heads. The cities are generated.
#include "node/door/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "node/catalogue/current.h"
#include "storage/memory_store.h"
#include "tests/bench/generated_network.h"

namespace hansa::node::door {
namespace {

using hansa::testing::Must;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;

HttpRequest Asked(const std::string& path, const std::string& host = "localhost:8080") {
  return {.method = "GET", .path = path, .query = "", .headers = {{"host", host}}, .body = ""};
}

class SiteTest : public ::testing::Test {
 protected:
  void SetUp() override {
    land_.PublishTo(feeds_);
    Must(views_->CatchUp(land_.roster()));
  }

  Site Of(const SiteOptions& options) {
    return Site({.node = node_,
                 .catalogue = catalogue::CurrentCatalogue(),
                 .views = *views_,
                 .now = [] { return absl::UnixEpoch(); },
                 .version = "1"},
                options);
  }
  HttpResponse Open(const std::string& path) { return Of({.names = {}, .is_open = true}).Answer(Asked(path)); }

  const bench::GeneratedNetwork land_{{.cities = 3, .first_year = 2022, .years = 2}};
  storage::MemoryFeedStore feeds_;
  storage::MemoryTables tables_;
  testing::FakeNode node_{land_.network(), land_.applicant(0)};
  const std::unique_ptr<projection::Views> views_ =
      Must(projection::Views::Open(feeds_, tables_, catalogue::CurrentCatalogue()));
};

TEST_F(SiteTest, P17_OnlyNamesThatTheNodeIsKnownByAreAnswered) {
  const Site site = Of({.names = {"data.example.org"}, .is_open = true});
  for (const std::string host : {"localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080", "[::1]",
                                 "data.example.org", "Data.Example.org:443"}) {
    EXPECT_EQ(site.Answer(Asked("/healthz", host)).status, 200) << host;
  }
  for (const std::string host : {"", "evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "[::2]:8080", "::1",
                                 "data.example.org.evil.test", "example.org"}) {
    const HttpResponse refused = site.Answer(Asked("/data/network.csv", host));
    EXPECT_EQ(refused.status, 421) << host;
    EXPECT_THAT(refused.body, HasSubstr("--http-name"));
  }
}

TEST_F(SiteTest, P17_NothingIsShownWhereTheOwnerDidNotOpenIt) {
  const Site site = Of({});
  for (const std::string path : {"/data/network.csv", "/feeds/practices.atom", "/data/nowhere.csv"}) {
    EXPECT_EQ(site.Answer(Asked(path)).status, 403) << path;
  }
  EXPECT_EQ(site.Answer(Asked("/healthz")).body, "ok\n");
}

TEST_F(SiteTest, P17_EveryAnswerForbidsToBeFramedRunOrGuessed) {
  for (const std::string path : {"/", "/healthz", "/data/network.csv", "/feeds/network.json", "/nothing"}) {
    const HttpResponse answer = Open(path);
    EXPECT_THAT(answer.headers,
                AllOf(Contains(Pair("content-security-policy", HasSubstr("default-src 'none'"))),
                      Contains(Pair("x-content-type-options", "nosniff")), Contains(Pair("cache-control", "no-store"))))
        << path;
    EXPECT_THAT(answer.headers, Not(Contains(Pair(StartsWith("access-control"), ::testing::_)))) << path;
  }
}

TEST_F(SiteTest, P17_NothingCanBeChanged) {
  const Site site = Of({.names = {}, .is_open = true});
  for (const std::string method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get"}) {
    HttpRequest request = Asked("/data/network.csv");
    request.method = method;
    const HttpResponse refused = site.Answer(request);
    EXPECT_EQ(refused.status, 405) << method;
    EXPECT_THAT(refused.headers, Contains(Pair("allow", "GET, HEAD")));
  }
}

TEST_F(SiteTest, FiguresComeAsTheExportOfThem) {
  const desk::ExportDesk exports(node_, catalogue::CurrentCatalogue(), *views_, [] { return absl::UnixEpoch(); });
  const std::string slug = land_.roster().state().members.at(land_.member(1)).slug;
  const HttpResponse all = Open("/data/network.csv");
  EXPECT_EQ(all.status, 200);
  EXPECT_EQ(all.body, Must(exports.Piece({.format = "csv", .year = {}}, "")).bytes);
  EXPECT_THAT(all.headers,
              AllOf(Contains(Pair("content-type", StartsWith("text/csv"))),
                    Contains(Pair("content-disposition", HasSubstr("hansa_network_2022-2023.csv"))),
                    Contains(Pair("link", HasSubstr("<network.csv-metadata.json>; rel=\"describedby\"")))));
  const HttpResponse one = Open("/data/" + slug + "-2023.jsonl");
  EXPECT_EQ(one.body, Must(exports.Piece({.format = "jsonl", .year = 2023, .member = slug}, "")).bytes);
  EXPECT_THAT(one.headers, Contains(Pair("content-disposition", HasSubstr("_r1.jsonl"))));
  EXPECT_THAT(Open("/data/network.csv-metadata.json").body, HasSubstr("\"network.csv\""));
  EXPECT_THAT(Open("/data/network.xml-structures.xml").body, HasSubstr("Structure"));
  EXPECT_EQ(Open("/data/network.jsonl-metadata.json").status, 404);
  EXPECT_EQ(Open("/data/xx-nowhere.csv").status, 404);
  EXPECT_EQ(Open("/data/network-1850.csv").status, 400);
  EXPECT_EQ(Open("/data/network-2001.csv").status, 404) << "nothing is published of it";
  EXPECT_EQ(Open("/data/network.pdf").status, 404);
}

TEST_F(SiteTest, WhatIsRefusedIsSaidInTheLanguageOfTheReader) {
  HttpRequest request = Asked("/nothing");
  request.headers.emplace_back("accept-language", "ko-KR,ko;q=0.9");
  const std::string korean = Of({}).Answer(request).body;
  EXPECT_NE(korean, Of({}).Answer(Asked("/nothing")).body);
  EXPECT_THAT(korean, HasSubstr("주소"));
}

TEST_F(SiteTest, HowTheNodeIsIsToldOnThisMachineAlone) {
  const Site site = Of({.names = {"data.example.org"}, .is_open = true});
  const HttpResponse told = site.Answer(Asked("/metrics"));
  EXPECT_THAT(told.headers, Contains(Pair("content-type", StartsWith("text/plain; version=0.0.4"))));
  EXPECT_THAT(told.body, AllOf(HasSubstr("# TYPE hansa_in_sync gauge\n"), HasSubstr("\nhansa_peers_connected 0\n"),
                               HasSubstr("hansa_fence{state=\"open\"}")));
  EXPECT_EQ(site.Answer(Asked("/metrics", "data.example.org")).status, 404);
}

}  // namespace
}  // namespace hansa::node::door
