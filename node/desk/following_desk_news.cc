// What the desk tells of those that are followed.
#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/desk/following_desk.h"
#include "node/desk/news_words.h"
#include "node/desk/record_office.h"
#include "node/projection/entry_reading.h"
#include "replication/check.h"

namespace hansa::node::desk {
namespace {

using projection::Arrival;
using projection::NewsRow;

constexpr std::size_t kRowsPerRead = 1000;
// Where one piece is looked for.
constexpr std::size_t kRowsPerPiece = 64;
// So often somebody who waits is looked after: whether it is still there.
constexpr absl::Duration kLookAfter = absl::Seconds(1);

// Of each record the newest piece, in the order in which these came, with how many have come of it; where all were here
// before its author was followed, with how many those are.
std::vector<NewsPiece> NewestOfEach(const std::vector<NewsPiece>& pieces) {
  struct Told {
    std::uint64_t newest = 0;
    std::uint64_t came = 0;
    std::uint64_t were_here = 0;
  };
  std::map<std::tuple<std::string, replication::Collection, replication::RecordId>, Told> told;
  for (const NewsPiece& piece : pieces) {
    Told& of_record = told[{piece.member, piece.collection, piece.id}];
    of_record.newest = std::max(of_record.newest, piece.revision);
    ++(piece.was_here ? of_record.were_here : of_record.came);
  }
  std::vector<NewsPiece> newest;
  for (const NewsPiece& piece : pieces) {
    const Told& of_record = told.at({piece.member, piece.collection, piece.id});
    if (piece.revision != of_record.newest) continue;
    newest.emplace_back(piece).entries = of_record.came > 0 ? of_record.came : of_record.were_here;
  }
  return newest;
}

}  // namespace

// nullopt for what is not held here any more, and for what nobody and nothing that is followed now asks for.
absl::StatusOr<std::optional<NewsPiece>> FollowingDesk::PieceOf(const NodeView& view, const NewsRow& row,
                                                                const std::vector<FollowedTopic>& topics) const {
  const bool is_own = row.arrival == Arrival::kOwn;
  const bool is_followed = is_own || views_.news().Follows(row.record.member, row.record.collection);
  if (!is_followed && topics.empty()) return std::optional<NewsPiece>();
  const absl::StatusOr<projection::RecordView> record = views_.Record(row.record);
  if (absl::IsNotFound(record.status())) return std::optional<NewsPiece>();
  HANSA_RETURN_IF_ERROR(record.status());
  const auto revision = std::find_if(record->revisions.begin(), record->revisions.end(),
                                     [&](const projection::Revision& each) { return each.position == row.position; });
  if (revision == record->revisions.end()) return std::optional<NewsPiece>();
  const auto index = static_cast<std::size_t>(revision - record->revisions.begin());
  std::vector<FollowedTopic> met;
  if (!topics.empty()) {
    const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(node_.feeds(), row.position);
    if (payload.ok()) met = TopicsOf(topics, *view.roster, catalogue_, row.record, revision->kind, *payload);
  }
  if (!is_followed && met.empty()) return std::optional<NewsPiece>();
  const NewsWords words = WordsOf(node_.feeds(), views_, *record, index);
  NewsPiece piece;
  piece.at_ms = row.at_ms;
  piece.member = SlugOf(view, row.record.member);
  piece.collection = row.record.collection;
  piece.kind = words.kind;
  piece.id = row.record.id;
  piece.title = words.title;
  piece.revision = index + 1;
  piece.withdrawn = words.withdrawn;
  piece.sequence = row.position.seq;
  piece.feed = row.position.feed;
  piece.topics = std::move(met);
  piece.is_own = is_own;
  piece.was_here = row.arrival == Arrival::kWasHere;
  return std::optional<NewsPiece>(std::move(piece));
}

absl::StatusOr<News> FollowingDesk::ListNews(std::uint64_t since_ms, Listing listing) {
  if (since_ms != 0 && listing == Listing::kNew) {
    return absl::InvalidArgumentError("listing news: a time and only what is new cannot go together; give one of both");
  }
  HANSA_RETURN_IF_ERROR(node_.AwaitViews());
  absl::MutexLock lock(&listing_);
  const NodeView view = node_.View();
  const projection::NewsJournal& journal = views_.news();
  const absl::StatusOr<std::uint64_t> listed =
      listing == Listing::kNew ? journal.Listed() : absl::StatusOr<std::uint64_t>(0);
  HANSA_RETURN_IF_ERROR(listed.status());
  News news;
  news.position = journal.end();
  const absl::StatusOr<std::vector<FollowedTopic>> topics = Topics();
  HANSA_RETURN_IF_ERROR(topics.status());
  std::deque<NewsRow> wanted;
  std::set<std::pair<replication::FeedId, replication::Sequence>> met;
  std::uint64_t at = *listed;
  while (at < news.position) {
    const absl::StatusOr<std::vector<NewsRow>> rows = journal.Rows(at, kRowsPerRead);
    HANSA_RETURN_IF_ERROR(rows.status());
    if (rows->empty()) break;
    for (const NewsRow& row : *rows) {
      at = row.number;
      const bool is_old = listing == Listing::kNew && row.arrival == Arrival::kWasHere;
      const bool is_earlier = since_ms != 0 && row.at_ms <= since_ms;
      if (at > news.position || is_old || is_earlier || row.arrival == Arrival::kOwn) continue;
      const bool may_be = !topics->empty() || journal.Follows(row.record.member, row.record.collection);
      // What came about a topic is in the journal twice where its author was followed later.
      if (!may_be || !met.insert({row.position.feed, row.position.seq}).second) continue;
      wanted.push_back(row);
      if (wanted.size() > kNewsListedMax) wanted.pop_front();
    }
  }
  for (const NewsRow& row : wanted) {
    absl::StatusOr<std::optional<NewsPiece>> piece = PieceOf(view, row, *topics);
    HANSA_RETURN_IF_ERROR(piece.status());
    if (*piece) news.pieces.push_back(*std::move(*piece));
  }
  news.pieces = NewestOfEach(news.pieces);
  if (listing == Listing::kNew && news.position > *listed) {
    HANSA_RETURN_IF_ERROR(views_.news().SetListed(news.position));
  }
  return news;
}

// At most one read of the journal, of `rows_max` rows, and up to `pieces_max` pieces of it.
absl::StatusOr<News> FollowingDesk::ReadOn(std::uint64_t after, std::size_t rows_max, std::size_t pieces_max,
                                           const PieceMaker& piece_of) const {
  const absl::StatusOr<std::vector<NewsRow>> rows = views_.news().Rows(after, rows_max);
  HANSA_RETURN_IF_ERROR(rows.status());
  const absl::StatusOr<std::vector<FollowedTopic>> topics = Topics();
  HANSA_RETURN_IF_ERROR(topics.status());
  News news;
  news.position = after;
  for (const NewsRow& row : *rows) {
    if (news.pieces.size() >= pieces_max) break;
    news.position = row.number;
    if (row.arrival == Arrival::kWasHere) continue;
    absl::StatusOr<std::optional<NewsPiece>> piece = piece_of(row, *topics);
    HANSA_RETURN_IF_ERROR(piece.status());
    if (*piece) news.pieces.push_back(*std::move(*piece));
  }
  return news;
}

// What came after position `after` and was not here before.
absl::StatusOr<News> FollowingDesk::NewsAfter(std::uint64_t after) const {
  const NodeView view = node_.View();
  return ReadOn(after, kRowsPerRead, kRowsPerRead, [&](const NewsRow& row, const std::vector<FollowedTopic>& topics) {
    if (row.arrival == Arrival::kOwn) return absl::StatusOr<std::optional<NewsPiece>>(std::nullopt);
    return PieceOf(view, row, topics);
  });
}

// As PieceOf. What is not in the views may be on its way there: they are built anew now and then.
absl::StatusOr<std::optional<NewsPiece>> FollowingDesk::PieceToTell(const NewsRow& row,
                                                                    const std::vector<FollowedTopic>& topics) const {
  absl::StatusOr<std::optional<NewsPiece>> piece = PieceOf(node_.View(), row, topics);
  HANSA_RETURN_IF_ERROR(piece.status());
  const bool may_be = row.arrival == Arrival::kOwn || !topics.empty() ||
                      views_.news().Follows(row.record.member, row.record.collection);
  if (!*piece && may_be) {
    HANSA_RETURN_IF_ERROR(node_.AwaitViews());
    piece = PieceOf(node_.View(), row, topics);
    HANSA_RETURN_IF_ERROR(piece.status());
  }
  if (!*piece || (*piece)->withdrawn) return piece;
  const absl::StatusOr<projection::RecordView> record = views_.Record(row.record);
  if (absl::IsNotFound(record.status())) return std::optional<NewsPiece>();
  HANSA_RETURN_IF_ERROR(record.status());
  const bool is_taken_back = WordsOf(node_.feeds(), views_, *record, record->revisions.size() - 1).withdrawn;
  if (is_taken_back) return std::optional<NewsPiece>();
  return piece;
}

absl::StatusOr<News> FollowingDesk::NextNews(std::uint64_t after) const {
  return ReadOn(after, kRowsPerPiece, 1,
                [&](const NewsRow& row, const std::vector<FollowedTopic>& topics) { return PieceToTell(row, topics); });
}

absl::StatusOr<News> FollowingDesk::WaitFor(const NewsWait& wait) const {
  const projection::NewsJournal& journal = views_.news();
  const std::uint64_t end = journal.end();
  std::uint64_t position = std::min(wait.after.value_or(end), end);
  absl::Duration left = std::clamp(wait.patience, absl::ZeroDuration(), kPatienceMax);
  while (true) {
    const std::uint64_t wakings = journal.wakings();
    absl::StatusOr<News> news = NewsAfter(position);
    HANSA_RETURN_IF_ERROR(news.status());
    position = news->position;
    const bool is_over = left <= absl::ZeroDuration() || is_stopped() || (wait.is_gone && wait.is_gone());
    if (!news->pieces.empty() || is_over) return news;
    const absl::Duration slice = std::min(left, kLookAfter);
    journal.Await(position, wakings, slice);
    // A slice that was cut short counts in full: whoever asked asks again.
    left -= slice;
  }
}

absl::StatusOr<News> FollowingDesk::AwaitNews(const NewsWait& wait) {
  {
    absl::MutexLock lock(&waiting_mutex_);
    if (waiting_ >= kWaitingMax) {
      return absl::ResourceExhaustedError(
          absl::StrCat("waiting for news: ", kWaitingMax, " wait on this node already; end one of them and try again"));
    }
    ++waiting_;
  }
  absl::StatusOr<News> news = WaitFor(wait);
  absl::MutexLock lock(&waiting_mutex_);
  --waiting_;
  return news;
}

void FollowingDesk::StopWaiting() {
  {
    absl::MutexLock lock(&waiting_mutex_);
    stopped_ = true;
  }
  views_.news().Wake();
}

bool FollowingDesk::is_stopped() const {
  absl::MutexLock lock(&waiting_mutex_);
  return stopped_;
}

}  // namespace hansa::node::desk
