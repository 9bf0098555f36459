// The page as files: from an archive and from a folder, and which addresses are its own.
#include "node/door/pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_folder.h"

namespace hansa::node::door {
namespace {

using hansa::testing::Must;
using hansa::testing::StatusIs;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;

constexpr char kPage[] = "<!doctype html>the page";

// As node/page/pack.mjs writes it, with hashes that are none.
std::string Archive(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string head = "hansa page 1";
  std::string bodies;
  for (const auto& [name, bytes] : files) {
    absl::StrAppend(&head, "\n", bytes.size(), " hash-of-", name, " ", name);
    absl::StrAppend(&bodies, bytes);
  }
  return absl::StrCat(head, "\n\n", bodies);
}

HttpRequest Asked(const std::string& path, std::vector<std::pair<std::string, std::string>> headers = {}) {
  return {.method = "GET", .path = path, .query = "", .headers = std::move(headers), .body = ""};
}

class PagesTest : public ::testing::Test {
 protected:
  const std::string archive_ = Archive({{"assets/index-1a2b.js", "let plain = 1;\n\n"},
                                        {"assets/index-1a2b.js.br", "packed by brotli"},
                                        {"assets/index-1a2b.js.gz", "packed by gzip"},
                                        {"assets/temple-3c.svg", "<svg/>"},
                                        {"index.html", kPage}});
  const Pages pages_ = Must(Pages::FromArchive(archive_));
};

TEST_F(PagesTest, EveryAddressThatIsNoFileIsThePage) {
  for (const std::string path :
       {"/", "/practices", "/practices/1a2b3c", "/years/2025", "/framework/1.1.1", "/database", "/sessions",
        "/index.html", "/%EC%98%A4%EC%82%B0", "/../../etc/passwd", "//x", "/.git"}) {
    EXPECT_TRUE(Pages::Has(path)) << path;
    const HttpResponse answer = pages_.Answer(Asked(path));
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(answer.body, kPage) << path;
    EXPECT_THAT(answer.headers, AllOf(Contains(Pair("content-type", "text/html; charset=utf-8")),
                                      Contains(Pair("cache-control", "no-cache")),
                                      Contains(Pair("content-security-policy", HasSubstr("script-src 'self'")))))
        << path;
  }
}

TEST_F(PagesTest, WhatIsAnsweredOtherwiseIsNotThePages) {
  for (const std::string path :
       {"/data", "/data/network.csv", "/feeds/practices.atom", "/events", "/healthz", "/metrics", "/openapi.json",
        "/session", "/session/link", "/hansa.v1.Node/GetStatus", "/hansa.v1.Replication/Open"}) {
    EXPECT_FALSE(Pages::Has(path)) << path;
  }
}

TEST_F(PagesTest, FilesOfABuildStayForEver) {
  const HttpResponse answer = pages_.Answer(Asked("/assets/index-1a2b.js"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "let plain = 1;\n\n");
  EXPECT_THAT(answer.headers, AllOf(Contains(Pair("content-type", StartsWith("text/javascript"))),
                                    Contains(Pair("cache-control", "public, max-age=31536000, immutable")),
                                    Contains(Pair("vary", "accept-encoding"))));
  EXPECT_THAT(answer.headers, Not(Contains(Pair("content-security-policy", ::testing::_))));
  EXPECT_THAT(pages_.Answer(Asked("/assets/temple-3c.svg")).headers, Contains(Pair("content-type", "image/svg+xml")));
}

TEST_F(PagesTest, AFileOfAnotherBuildIsMissedAndNotThePage) {
  for (const std::string path : {"/assets/index-older.js", "/assets/", "/favicon.ico", "/robots.txt",
                                 "/.well-known/security.txt", "/assets/../index.html"}) {
    EXPECT_EQ(pages_.Answer(Asked(path)).status, 404) << path;
  }
}

TEST_F(PagesTest, WhatIsPackedGoesToWhoTakesIt) {
  const auto packing = [this](const std::string& accepted) {
    const HttpResponse answer = pages_.Answer(Asked("/assets/index-1a2b.js", {{"accept-encoding", accepted}}));
    return answer.body;
  };
  EXPECT_EQ(packing("gzip, deflate, br, zstd"), "packed by brotli");
  EXPECT_EQ(packing("gzip"), "packed by gzip");
  EXPECT_EQ(packing("br;q=0, GZIP;q=0.5"), "packed by gzip");
  EXPECT_EQ(packing("gzip;q=0"), "let plain = 1;\n\n");
  EXPECT_EQ(packing("identity"), "let plain = 1;\n\n");
  EXPECT_EQ(packing(""), "let plain = 1;\n\n");
  const HttpResponse packed = pages_.Answer(Asked("/assets/index-1a2b.js", {{"accept-encoding", "gzip"}}));
  EXPECT_THAT(packed.headers, AllOf(Contains(Pair("content-encoding", "gzip")),
                                    Contains(Pair("content-type", StartsWith("text/javascript")))));
  EXPECT_EQ(pages_.Answer(Asked("/", {{"accept-encoding", "br"}})).body, kPage) << "it has no packed form";
}

TEST_F(PagesTest, WhoHasItAlreadyIsToldSo) {
  const HttpResponse first = pages_.Answer(Asked("/"));
  std::string tag;
  for (const auto& [name, value] : first.headers) tag = name == "etag" ? value : tag;
  EXPECT_EQ(tag, "\"hash-of-index.html\"");
  for (const std::string& known : {tag, "W/" + tag, "\"other\", " + tag}) {
    const HttpResponse again = pages_.Answer(Asked("/", {{"if-none-match", known}}));
    EXPECT_EQ(again.status, 304) << known;
    EXPECT_THAT(again.body, IsEmpty());
    EXPECT_THAT(again.headers, Contains(Pair("etag", tag)));
  }
  EXPECT_EQ(pages_.Answer(Asked("/", {{"if-none-match", "\"other\""}})).status, 200);
}

TEST_F(PagesTest, ABuildWithoutAPageSaysSoInBothLanguages) {
  const Pages none = Must(Pages::FromArchive(""));
  const HttpResponse answer = none.Answer(Asked("/practices"));
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, AllOf(HasSubstr("HANSA_PAGE"), HasSubstr("--web-dir"), HasSubstr("페이지")));
}

TEST_F(PagesTest, ADamagedArchiveIsNoPage) {
  for (const std::string& damaged :
       {archive_.substr(0, archive_.size() - 1), archive_ + "x", archive_.substr(1), std::string("hansa page 1\n\n"),
        std::string("hansa page 1\n99999999999999999999 h index.html\n\nx"),
        std::string("hansa page 1\n5 h index.html\n\nx"), std::string("hansa page 1\n1 index.html\n\nx"),
        Archive({{"other.html", "x"}}), std::string("hansa page 2\n1 h index.html\n\nx"), std::string("x")}) {
    EXPECT_THAT(Pages::FromArchive(damaged), StatusIs(absl::StatusCode::kDataLoss)) << damaged.substr(0, 40);
  }
}

class PagesOfAFolderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_.path() + "/dist/assets");
    Write("dist/index.html", kPage);
    Write("dist/assets/a.js", "one");
    Write("secret.txt", "secret");
    std::filesystem::create_symlink(folder_.path() + "/secret.txt", folder_.path() + "/dist/link.txt");
  }
  void Write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_.path() + "/" + name, std::ios::binary) << bytes;
  }

  const hansa::testing::TempFolder folder_;
};

TEST_F(PagesOfAFolderTest, WhatIsBuiltShowsAtOnce) {
  const Pages pages = Must(Pages::FromFolder(folder_.path() + "/dist"));
  EXPECT_EQ(pages.Answer(Asked("/cities")).body, kPage);
  const HttpResponse before = pages.Answer(Asked("/assets/a.js"));
  EXPECT_EQ(before.body, "one");
  EXPECT_THAT(before.headers, Contains(Pair("cache-control", "no-cache")));
  Write("dist/assets/a.js", "another");
  EXPECT_EQ(pages.Answer(Asked("/assets/a.js")).body, "another");
}

TEST_F(PagesOfAFolderTest, P17_NothingOutsideTheFolderIsShown) {
  const Pages pages = Must(Pages::FromFolder(folder_.path() + "/dist"));
  for (const std::string path : {"/../secret.txt", "/assets/../../secret.txt", "/link.txt", "/%2e%2e/secret.txt",
                                 "/..%2fsecret.txt", "//etc/passwd", "/assets/..\\..\\secret.txt"}) {
    const HttpResponse answer = pages.Answer(Asked(path));
    EXPECT_TRUE(answer.status == 404 || answer.body == kPage) << path;
    EXPECT_THAT(answer.body, Not(HasSubstr("secret"))) << path;
  }
}

TEST_F(PagesOfAFolderTest, AFolderWithoutAPageIsRefused) {
  EXPECT_THAT(Pages::FromFolder(folder_.path()), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Pages::FromFolder(folder_.path() + "/nowhere"), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace hansa::node::door
