#include "node/desk/web_feed_desk.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "node/desk/framework_part.h"
#include "node/desk/record_office.h"
#include "node/desk/standing_texts.h"
#include "node/domain/text.h"
#include "node/markdown/markdown.h"
#include "node/search/record_text.h"
#include "node/words/words.h"
#include "replication/bytes.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using exports::WebFeed;
using exports::WebFeedEntry;
using replication::ByteWriter;

constexpr char kDoing[] = "making a feed";
constexpr replication::Collection kRead[] = {replication::kPractices, replication::kOffers, replication::kStrategies,
                                             replication::kNotices, replication::kDialogue};

// A UUID of version 8 (RFC 9562) that follows from `bytes`.
std::string UuidOf(const replication::Bytes& bytes) {
  std::string id = replication::SodiumCrypto().Sha256(bytes).str().substr(0, 16);
  id[6] = static_cast<char>((static_cast<unsigned char>(id[6]) & 0x0f) | 0x80);
  id[8] = static_cast<char>((static_cast<unsigned char>(id[8]) & 0x3f) | 0x80);
  const std::string hex = absl::BytesToHexString(id);
  return absl::StrCat("urn:uuid:", hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

absl::Status CheckAddress(const std::string& address) {
  if (address.empty()) return absl::OkStatus();
  const bool is_web = absl::StartsWith(address, "https://") || absl::StartsWith(address, "http://");
  const bool is_one_word = std::none_of(address.begin(), address.end(), absl::ascii_isspace);
  if (is_web && is_one_word) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(kDoing, ": ", domain::Quoted(address),
                                                 " is no address of a page; write one such as "
                                                 "https://learning.example.org"));
}

// What is asked for, judged; without kinds those that are no talk.
absl::Status Check(const catalogue::Catalogue& catalogue, const NodeView& view, WebFeedRequest& request) {
  const std::vector<std::string>& kinds = search::SearchKinds();
  for (const std::string& kind : request.kinds) {
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(kDoing, ": there is no kind ", domain::Quoted(kind), "; there are ", absl::StrJoin(kinds, ", ")));
  }
  if (request.kinds.empty()) {
    std::copy_if(kinds.begin(), kinds.end(), std::back_inserter(request.kinds),
                 [](const std::string& kind) { return kind != "topic" && kind != "question"; });
  }
  request.action = absl::AsciiStrToUpper(request.action);
  if (!request.feature.empty()) HANSA_RETURN_IF_ERROR(CheckFeature(catalogue, request.feature));
  if (!request.action.empty()) HANSA_RETURN_IF_ERROR(CheckAction(catalogue, request.action));
  if (!request.member.empty()) HANSA_RETURN_IF_ERROR(MemberNamed(view, request.member).status());
  HANSA_RETURN_IF_ERROR(CheckAddress(request.address));
  HANSA_RETURN_IF_ERROR(CheckAddress(request.own_address));
  if (request.limit > kFeedEntriesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat(kDoing, ": a feed has at most ", kFeedEntriesMax, " records, not ", request.limit));
  }
  if (request.limit == 0) request.limit = kFeedEntriesUsual;
  return absl::OkStatus();
}

bool IsAskedFor(const StandingText& standing, const std::string& slug, const WebFeedRequest& request) {
  return Has(request.kinds, standing.text.kind) && (request.member.empty() || request.member == slug) &&
         Has(standing.text.features, request.feature) && Has(standing.text.actions, request.action);
}

std::string HtmlOf(const search::RecordText& text) {
  std::string html;
  for (std::size_t i = 0; i < text.markdown; ++i) html += markdown::SafeHtml(text.parts[i]);
  return html;
}

// Of what is asked for, in one text: another question is another feed.
replication::Bytes KeyOf(const NodeView& view, const WebFeedRequest& request) {
  return ByteWriter()
      .Tag("hansa/webfeed/1")
      .Raw(view.roster->network().view())
      .Raw(absl::StrJoin({request.member, absl::StrJoin(request.kinds, ","), request.feature, request.action}, "/"))
      .bytes();
}

}  // namespace

absl::StatusOr<MadeWebFeed> WebFeedDesk::Make(const WebFeedRequest& asked) const {
  const NodeView view = node_.View();
  WebFeedRequest request = asked;
  HANSA_RETURN_IF_ERROR(Check(catalogue_, view, request));
  const words::Words words(words::LanguageNamed(request.language).value_or(words::Language::kEnglish));
  const absl::StatusOr<std::vector<StandingText>> standing = StandingTexts(views_, node_.feeds(), view, kRead);
  HANSA_RETURN_IF_ERROR(standing.status());
  const absl::StatusOr<std::set<replication::Member>> left_out = LeftOutHere(node_, request.muting);
  HANSA_RETURN_IF_ERROR(left_out.status());

  const std::string address(absl::StripSuffix(request.address, "/"));
  MadeWebFeed made;
  WebFeed& feed = made.feed;
  for (const StandingText& each : *standing) {
    const replication::MemberRecord* member = view.roster->state().Find(each.key.member);
    if (member == nullptr || !IsAskedFor(each, member->slug, request)) continue;
    if (left_out->contains(each.key.member)) {
      ++made.muted;
      continue;
    }
    const absl::StatusOr<projection::RecordView> record = views_.Record(each.key);
    if (absl::IsNotFound(record.status())) continue;  // taken away meanwhile
    HANSA_RETURN_IF_ERROR(record.status());
    WebFeedEntry entry;
    entry.id = UuidOf(ByteWriter()
                          .Tag("hansa/record/1")
                          .Raw(view.roster->network().view())
                          .U32(each.key.member.value())
                          .U16(each.key.collection.value())
                          .Raw(each.key.id.view())
                          .bytes());
    if (!address.empty()) entry.address = absl::StrCat(address, "/records/", each.key.id.hex());
    entry.title = each.text.title;
    entry.summary = each.text.summary;
    entry.html = HtmlOf(each.text);
    entry.language = each.text.language;
    entry.author = member->name;
    entry.published = absl::FromUnixMillis(static_cast<std::int64_t>(record->revisions.front().claimed_time_ms));
    entry.updated = absl::FromUnixMillis(static_cast<std::int64_t>(record->revisions.back().claimed_time_ms));
    entry.categories = each.text.features;
    entry.categories.insert(entry.categories.end(), each.text.actions.begin(), each.text.actions.end());
    feed.entries.push_back(std::move(entry));
  }
  std::sort(feed.entries.begin(), feed.entries.end(), [](const WebFeedEntry& a, const WebFeedEntry& b) {
    return std::tie(b.updated, a.id) < std::tie(a.updated, b.id);
  });
  if (feed.entries.size() > request.limit) feed.entries.resize(request.limit);

  const replication::MemberRecord* author = view.roster->state().Find(absl::string_view(request.member));
  feed.author = author == nullptr ? view.network : author->name;
  feed.id = UuidOf(KeyOf(view, request));
  feed.title = words("What {0} published last", feed.author);
  feed.language = words::LanguageTag(words.language());
  feed.address = request.address;
  feed.own_address = request.own_address;
  feed.version = request.version;
  std::vector<std::string> parts = {request.feature, request.action};
  std::erase(parts, "");
  feed.subtitle = absl::StrJoin(parts, ", ");
  return made;
}

}  // namespace hansa::node::desk
