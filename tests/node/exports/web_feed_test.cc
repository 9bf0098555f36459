// Web feeds: the elements that readers need, every text escaped, ids that do not change with the form.
#include "node/exports/web_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace hansa::node::exports {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr absl::Time kFirst = absl::FromUnixSeconds(1'700'000'000);  // 2023-11-14T22:13:20Z
constexpr absl::Time kLast = absl::FromUnixSeconds(1'750'000'000);   // 2025-06-15T15:06:40Z

WebFeedEntry Entry() {
  return {.id = "urn:uuid:1",
          .address = "https://learning.example.org/records/1",
          .title = "Reading & <b>writing</b> \"]]>\"",
          .summary = "A summary",
          .html = "<p>Done &amp; dusted</p>",
          .language = "ko",
          .author = "Espoo & co",
          .published = kFirst,
          .updated = kLast,
          .categories = {"2.1.3", "BD1.2"}};
}

WebFeed Feed() {
  return {.id = "urn:uuid:feed",
          .title = "What was published last",
          .subtitle = "",
          .language = "en",
          .address = "https://learning.example.org/",
          .own_address = "https://learning.example.org/feeds/all.atom",
          .author = "A network",
          .version = "0.1.0",
          .entries = {Entry()}};
}

TEST(AtomFeed, HasWhatReadersNeed) {
  const std::string atom = AtomFeed(Feed());
  EXPECT_THAT(atom, HasSubstr("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">"));
  EXPECT_THAT(atom, HasSubstr("<id>urn:uuid:feed</id>"));
  EXPECT_THAT(atom, HasSubstr("<updated>2025-06-15T15:06:40Z</updated>"));
  EXPECT_THAT(atom, HasSubstr("<published>2023-11-14T22:13:20Z</published>"));
  EXPECT_THAT(atom, HasSubstr("<link rel=\"self\" type=\"application/atom+xml\" "
                              "href=\"https://learning.example.org/feeds/all.atom\"/>"));
  EXPECT_THAT(atom, HasSubstr("<link rel=\"alternate\" type=\"text/html\" "
                              "href=\"https://learning.example.org/records/1\"/>"));
  EXPECT_THAT(atom, HasSubstr("<category term=\"BD1.2\"/>"));
}

TEST(AtomFeed, EscapesEveryText) {
  const std::string atom = AtomFeed(Feed());
  EXPECT_THAT(atom, Not(HasSubstr("<b>")));
  EXPECT_THAT(atom, Not(HasSubstr("<p>")));
  EXPECT_THAT(atom, HasSubstr("<content type=\"html\">&lt;p&gt;Done &amp;amp; dusted&lt;/p&gt;</content>"));
  EXPECT_THAT(atom, HasSubstr("<name>Espoo &amp; co</name>"));
}

TEST(AtomFeed, AnEntryWithoutAPageHasContent) {
  WebFeed feed = Feed();
  feed.entries.front().address.clear();
  feed.entries.front().html.clear();
  EXPECT_THAT(AtomFeed(feed), HasSubstr("<content type=\"text\">A summary</content>"));
  feed.entries.front().summary.clear();
  EXPECT_THAT(AtomFeed(feed), HasSubstr("<content type=\"text\"></content>"));
}

TEST(AtomFeed, AnEmptyFeedIsOneToo) {
  WebFeed feed = Feed();
  feed.entries.clear();
  EXPECT_THAT(AtomFeed(feed), HasSubstr("<updated>1970-01-01T00:00:00Z</updated>"));
  EXPECT_EQ(json::parse(JsonFeed(feed)).at("items"), json::array());
}

TEST(JsonFeed, HasWhatReadersNeed) {
  const json feed = json::parse(JsonFeed(Feed()));
  EXPECT_EQ(feed.at("version"), "https://jsonfeed.org/version/1.1");
  EXPECT_EQ(feed.at("title"), "What was published last");
  EXPECT_EQ(feed.at("authors"), json::array({{{"name", "A network"}}}));
  EXPECT_FALSE(feed.contains("description"));
  const json& item = feed.at("items").at(0);
  EXPECT_EQ(item.at("id"), "urn:uuid:1");
  EXPECT_EQ(item.at("title"), Entry().title);
  EXPECT_EQ(item.at("content_html"), Entry().html);
  EXPECT_FALSE(item.contains("content_text"));
  EXPECT_EQ(item.at("date_published"), "2023-11-14T22:13:20Z");
  EXPECT_EQ(item.at("date_modified"), "2025-06-15T15:06:40Z");
  EXPECT_EQ(item.at("tags"), json::array({"2.1.3", "BD1.2"}));
}

TEST(JsonFeed, AnItemWithoutHtmlHasText) {
  WebFeed feed = Feed();
  feed.entries.front().html.clear();
  feed.entries.front().summary.clear();
  EXPECT_EQ(json::parse(JsonFeed(feed)).at("items").at(0).at("content_text"), "");
}

}  // namespace
}  // namespace hansa::node::exports
