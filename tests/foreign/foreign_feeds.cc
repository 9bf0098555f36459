// foreign_feeds OUT: web feeds in both forms, as files in OUT, for other people's readers, and expected.json with what
// they have to find, which no writer under test had a hand in. The records are invented, and say so.
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "node/exports/web_feed.h"
#include "tests/foreign/output_files.h"

namespace hansa::node::exports {
namespace {

using testing::Write;

WebFeedEntry Entry(int number, std::string title, std::string language) {
  WebFeedEntry entry;
  entry.id = "urn:uuid:00000000-0000-8000-8000-00000000000" + std::to_string(number);
  entry.address = "https://learning.example.org/records/" + std::to_string(number);
  entry.title = std::move(title);
  entry.summary = "Invented for a test: " + entry.title;
  entry.html = "<p>First &amp; last</p>\n<p>Second paragraph</p>\n";
  entry.language = std::move(language);
  entry.author = "Name & city";
  entry.published = absl::FromUnixSeconds(1'700'000'000 + number);
  entry.updated = absl::FromUnixSeconds(1'750'000'000 - number);
  entry.categories = {"2.1.3", "BD1.2"};
  return entry;
}

WebFeed Feed() {
  WebFeed feed;
  feed.id = "urn:uuid:00000000-0000-8000-8000-0000000000ff";
  feed.title = "What a network published last";
  feed.subtitle = "2.1.3";
  feed.language = "en";
  feed.address = "https://learning.example.org/";
  feed.own_address = "https://learning.example.org/feeds/all.atom";
  feed.author = "A network";
  feed.version = "0.1.0";
  feed.entries = {Entry(1, "Reading & <writing> \"]]>\" 'here'", "en"), Entry(2, "책 읽는 도시 — 평생학습", "ko"),
                  Entry(3, "مدينة التعلم", "ar"), Entry(4, "学习型城市 🎓", "zh")};
  feed.entries.push_back(Entry(5, "Without a page and without a text", "en"));
  feed.entries.back().address.clear();
  feed.entries.back().html.clear();
  return feed;
}

int Main(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const WebFeed feed = Feed();
  Write(folder / "feed.atom", AtomFeed(feed));
  Write(folder / "feed.json", JsonFeed(feed));
  nlohmann::json expected = nlohmann::json::array();
  for (const WebFeedEntry& entry : feed.entries) {
    expected.push_back({{"id", entry.id},
                        {"title", entry.title},
                        {"address", entry.address},
                        {"summary", entry.summary},
                        {"html", entry.html},
                        {"language", entry.language},
                        {"author", entry.author},
                        {"published", absl::ToUnixSeconds(entry.published)},
                        {"updated", absl::ToUnixSeconds(entry.updated)},
                        {"categories", entry.categories}});
  }
  Write(folder / "expected.json", expected.dump(1));
  return 0;
}

}  // namespace
}  // namespace hansa::node::exports

int main(int argc, char** argv) {
  if (argc == 2) return hansa::node::exports::Main(argv[1]);
  std::cerr << "usage: foreign_feeds OUT\n";
  return 2;
}
