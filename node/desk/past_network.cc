#include "node/desk/past_network.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/crypto.h"
#include "replication/root_document.h"

namespace hansa::node::desk {
namespace {

using replication::FeedAuthor;
using replication::FeedId;
using replication::RootChain;
using replication::Roster;
using replication::RosterPosition;
using replication::Sequence;
using replication::SodiumCrypto;

constexpr std::size_t kEntriesAtOnce = 1000;

// The root documents up to version `last`, of which `roots` has at least so many.
absl::StatusOr<RootChain> RootsUpTo(const RootChain& roots, std::uint32_t last) {
  const std::vector<replication::Bytes> documents = roots.SignedFrom(1);
  HANSA_CHECK(last >= 1 && documents.size() >= last);
  absl::StatusOr<replication::SignedRoot> first = replication::DecodeSignedRoot(documents.front());
  HANSA_RETURN_IF_ERROR(first.status());
  absl::StatusOr<RootChain> chain = RootChain::Begin(SodiumCrypto(), *std::move(first));
  HANSA_RETURN_IF_ERROR(chain.status());
  for (std::uint32_t version = 2; version <= last; ++version) {
    absl::StatusOr<replication::SignedRoot> root = replication::DecodeSignedRoot(documents[version - 1]);
    HANSA_RETURN_IF_ERROR(root.status());
    HANSA_RETURN_IF_ERROR(chain->Append(SodiumCrypto(), *std::move(root)));
  }
  return chain;
}

// Folds what is held of `feed`, at most its first `len` entries.
absl::Status FoldUpTo(const storage::FeedStore& feeds, const FeedId& feed, Sequence len, Roster& roster) {
  Sequence from(1);
  while (from <= len) {
    const std::size_t count = std::min<std::uint64_t>(kEntriesAtOnce, len.value() - from.value() + 1);
    const absl::StatusOr<std::vector<storage::StoredEntry>> entries = feeds.ReadEntries(feed, from, count);
    if (absl::IsNotFound(entries.status())) return absl::OkStatus();
    HANSA_RETURN_IF_ERROR(entries.status());
    if (entries->empty()) return absl::OkStatus();
    for (const storage::StoredEntry& stored : *entries) roster.Fold(stored.entry);
    from = Sequence(entries->back().seq.value() + 1);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Roster> RosterAt(const storage::FeedStore& feeds, const Roster& present,
                                const RosterPosition& position) {
  const RosterPosition held = present.position();
  if (held == position) return present;
  if (position.root_version < 1 || held.root_version < position.root_version) {
    return absl::FailedPreconditionError(absl::StrCat("it was computed under version ", position.root_version,
                                                      " of the root document, and this node has version ",
                                                      held.root_version));
  }
  absl::StatusOr<RootChain> roots = RootsUpTo(present.root(), position.root_version);
  HANSA_RETURN_IF_ERROR(roots.status());
  Roster past(SodiumCrypto(), *std::move(roots));
  const std::vector<FeedAuthor> authors = past.RosterFeeds();
  for (const FeedAuthor& author : authors) {
    const Sequence len = author.seal ? author.seal->len : position.len;
    HANSA_RETURN_IF_ERROR(FoldUpTo(feeds, FeedIdOf(SodiumCrypto(), past.network(), author), len, past));
  }
  if (past.position() == position) return past;
  if (past.position().len == position.len) {
    return absl::FailedPreconditionError(
        absl::StrCat("it was computed by another list of members than this node has: entry ", position.len.value(),
                     " of the two differs"));
  }
  return absl::FailedPreconditionError(absl::StrCat("it was computed by ", position.len.value(),
                                                    " entries of the list of members, and this node has ",
                                                    past.position().len.value(), " of them"));
}

absl::StatusOr<std::vector<InputFeed>> InputFeedsOf(const Roster& roster, const Cities& cities,
                                                    const storage::FeedStore& feeds) {
  const absl::StatusOr<std::vector<storage::HeldFeed>> held = feeds.Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  std::map<FeedId, Sequence> lengths;
  for (const storage::HeldFeed& feed : *held) lengths.emplace_hint(lengths.end(), feed.feed, feed.newest.len);
  std::vector<InputFeed> inputs;
  for (const auto& [feed, author] : roster.feeds()) {
    const bool is_read = author.collection == replication::kIndicators || author.collection == replication::kReviews;
    if (!is_read || !cities.contains(author.member)) continue;
    const auto length = lengths.find(feed);
    Sequence len = length == lengths.end() ? Sequence(0) : length->second;
    if (author.seal) len = std::min(len, author.seal->len);
    inputs.push_back({{author.collection, author.member, author.incarnation, len}, feed});
  }
  std::sort(inputs.begin(), inputs.end(), [](const InputFeed& a, const InputFeed& b) { return a.input < b.input; });
  return inputs;
}

absl::StatusOr<std::unique_ptr<PastViews>> PastViews::Make(const storage::FeedStore& feeds,
                                                           const catalogue::Catalogue& catalogue, const Roster& roster,
                                                           absl::Span<const InputFeed> inputs) {
  std::unique_ptr<PastViews> past(new PastViews());
  absl::StatusOr<std::unique_ptr<projection::Views>> views = projection::Views::Open(feeds, past->tables_, catalogue);
  HANSA_RETURN_IF_ERROR(views.status());
  past->views_ = *std::move(views);
  std::vector<projection::FeedEnd> ends;
  ends.reserve(inputs.size());
  for (const InputFeed& input : inputs) {
    if (input.input.len > Sequence(0)) ends.push_back({input.feed, input.input.len});
  }
  HANSA_RETURN_IF_ERROR(past->views_->CatchUpTo(roster, ends).status());
  return past;
}

}  // namespace hansa::node::desk
