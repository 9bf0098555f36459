#include "node/bundle/bundle.h"

#include <map>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "hansa/v1/replication.pb.h"
#include "node/api/offer_shapes.h"
#include "node/desk/offers_shelf.h"
#include "replication/check.h"

namespace hansa::node::bundle {
namespace {

using replication::Sequence;

// T(hansa/bundle/1), then frames: u32 length, big-endian, and as many bytes of hansa.v1.Frame.
constexpr char kMagic[] = "hansa/bundle/1";
constexpr std::size_t kFrameBytesMax = 1024 * 1024;

absl::Status AddFrame(const v1::Frame& frame, std::string& bundle) {
  const std::string bytes = frame.SerializeAsString();
  if (bytes.size() > kFrameBytesMax) {
    return absl::ResourceExhaustedError("a part of the bundle would be larger than 1 MiB; ask a node instead");
  }
  if (bundle.size() + bytes.size() + 4 > kBundleBytesMax) {
    return absl::ResourceExhaustedError("the bundle would be larger than 64 MiB; ask a node instead");
  }
  bundle += replication::ByteWriter().U32(static_cast<std::uint32_t>(bytes.size())).Raw(bytes).bytes();
  return absl::OkStatus();
}

absl::Status AddFeed(const storage::FeedStore& feeds, const replication::FeedId& feed, std::string& bundle) {
  Sequence from(1);
  while (true) {
    const absl::StatusOr<replication::Bytes> unit = feeds.ReadUnit(feed, from);
    if (absl::IsNotFound(unit.status())) return absl::OkStatus();
    HANSA_RETURN_IF_ERROR(unit.status());
    const absl::StatusOr<replication::TransferUnit> decoded = replication::DecodeUnit(*unit);
    HANSA_RETURN_IF_ERROR(decoded.status());
    v1::Frame frame;
    frame.set_unit(*unit);
    HANSA_RETURN_IF_ERROR(AddFrame(frame, bundle));
    from = Sequence(decoded->end.len.value() + 1);
  }
}

absl::Status Broken(absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("this bundle cannot be read: ", what, "; ask for it again"));
}

// Hands over the frames one after the other, so that the first fault ends the reading.
template <typename Take>
absl::Status ReadFrames(absl::string_view bytes, Take take) {
  if (bytes.size() > kBundleBytesMax) return Broken("it is larger than 64 MiB");
  if (!replication::HasTag(kMagic, bytes))
    return absl::InvalidArgumentError("this is no bundle; hansa bundle export writes one");
  replication::ByteReader reader(replication::WithoutTag(bytes));
  while (reader.remaining() > 0) {
    const std::uint32_t size = reader.U32();
    if (!reader.ok() || size == 0 || size > kFrameBytesMax || size > reader.remaining()) {
      return Broken("its end is missing");
    }
    const replication::BytesView frame = reader.Raw(size);
    v1::Frame parsed;
    if (!parsed.ParseFromArray(frame.data(), static_cast<int>(frame.size()))) return Broken("a part of it is damaged");
    HANSA_RETURN_IF_ERROR(take(parsed));
  }
  return absl::OkStatus();
}

class Reader {
 public:
  explicit Reader(replication::RootChain root)
      : roster_(replication::SodiumCrypto(), std::move(root)), feeds_(std::make_unique<storage::MemoryFeedStore>()) {}

  absl::Status Take(const v1::Frame& frame) {
    if (frame.has_root_docs()) return TakeRoots(frame.root_docs());
    if (frame.frame_case() == v1::Frame::kUnit) return TakeUnit(frame.unit());
    return Broken("it holds something else than root documents and units");
  }
  Bundle Give() { return {std::move(roster_), std::move(feeds_)}; }

 private:
  absl::Status TakeRoots(const v1::RootDocs& docs) {
    for (const std::string& document : docs.documents()) {
      absl::StatusOr<replication::SignedRoot> root = replication::DecodeSignedRoot(document);
      HANSA_RETURN_IF_ERROR(root.status());
      const absl::StatusOr<replication::RootDocument> body = replication::DecodeRootBody(root->body);
      HANSA_RETURN_IF_ERROR(body.status());
      if (body->version > 1) {
        HANSA_RETURN_IF_ERROR(roster_.AppendRoot(*std::move(root)));
        continue;
      }
      const replication::NetworkId network = replication::NetworkIdOf(replication::SodiumCrypto(), root->body);
      if (network == roster_.network()) continue;
      return absl::UnauthenticatedError(absl::StrCat("the bundle is of network ", network.hex(),
                                                     ", and the charter of ", roster_.network().hex(),
                                                     "; take the charter of that network"));
    }
    return absl::OkStatus();
  }

  absl::Status TakeUnit(const std::string& bytes) {
    absl::StatusOr<replication::TransferUnit> unit = replication::DecodeUnit(bytes);
    if (!unit.ok()) return Broken("a unit of it is damaged");
    const std::optional<replication::FeedAuthor> roster = RosterAuthorOf(unit->feed);
    const bool is_roster = roster.has_value();
    const replication::FeedAuthor* author = is_roster ? &*roster : roster_.AuthorOf(unit->feed);
    if (author == nullptr) return absl::UnauthenticatedError("the bundle holds a feed that its roster does not name");
    replication::FeedTail& tail = tails_[unit->feed];
    absl::StatusOr<replication::VerifiedUnit> verified = replication::VerifiedUnit::Verify(
        replication::SodiumCrypto(), roster_.network(), *author, tail, *std::move(unit));
    if (!verified.ok()) {
      return absl::UnauthenticatedError(
          absl::StrCat("the bundle was altered: ", verified.status().message(), "; ask for it again"));
    }
    tail = verified->tail();
    if (!is_roster) return feeds_->Append({&*verified, 1});
    for (const replication::Entry& entry : verified->unit().entries) roster_.Fold(entry);
    return absl::OkStatus();
  }

  // Of one of the roster's incarnations; nullopt for any other feed.
  std::optional<replication::FeedAuthor> RosterAuthorOf(const replication::FeedId& feed) const {
    for (const replication::FeedAuthor& author : roster_.RosterFeeds()) {
      if (FeedIdOf(replication::SodiumCrypto(), roster_.network(), author) == feed) return author;
    }
    return std::nullopt;
  }

  replication::Roster roster_;
  std::unique_ptr<storage::MemoryFeedStore> feeds_;
  std::map<replication::FeedId, replication::FeedTail> tails_;
};

absl::StatusOr<replication::Hash> PartnershipIn(const desk::OffersShelf& shelf, absl::string_view id) {
  const auto& partnerships = shelf.book().partnerships;
  if (id.empty()) {
    if (partnerships.size() == 1) return partnerships.begin()->first;
    return absl::InvalidArgumentError(
        absl::StrCat("the bundle holds ", partnerships.size(), " partnerships; say which one by its id"));
  }
  const absl::StatusOr<desk::Meant> meant = shelf.Find(id, replication::kMemberUnknown);
  HANSA_RETURN_IF_ERROR(meant.status());
  if (meant->partnership) return *meant->partnership;
  for (const auto& [text, partnership] : partnerships) {
    if (partnership.offer == meant->record) return text;
  }
  return absl::NotFoundError("the bundle holds no partnership of this id");
}

}  // namespace

absl::StatusOr<std::string> WriteBundle(const storage::FeedStore& feeds, const replication::Roster& roster,
                                        const std::set<replication::FeedId>& wanted) {
  std::string bundle = replication::Tagged(kMagic, "");
  v1::Frame roots;
  for (const replication::Bytes& document : roster.root().SignedFrom(1))
    roots.mutable_root_docs()->add_documents(document);
  HANSA_RETURN_IF_ERROR(AddFrame(roots, bundle));
  for (const replication::FeedAuthor& author : roster.RosterFeeds()) {
    const replication::FeedId feed = FeedIdOf(replication::SodiumCrypto(), roster.network(), author);
    HANSA_RETURN_IF_ERROR(AddFeed(feeds, feed, bundle));
  }
  for (const replication::FeedId& feed : wanted) HANSA_RETURN_IF_ERROR(AddFeed(feeds, feed, bundle));
  return bundle;
}

absl::StatusOr<Bundle> ReadBundle(const Charter& charter, absl::string_view bytes) {
  absl::StatusOr<replication::RootChain> root =
      replication::RootChain::Begin(replication::SodiumCrypto(), charter.root);
  HANSA_RETURN_IF_ERROR(root.status());
  Reader reader(*std::move(root));
  HANSA_RETURN_IF_ERROR(ReadFrames(bytes, [&reader](const v1::Frame& frame) { return reader.Take(frame); }));
  return reader.Give();
}

absl::Status VerifyBundledPartnership(const Charter& charter, absl::string_view bytes, absl::string_view id,
                                      v1::VerifyPartnershipReply& reply) {
  const absl::StatusOr<Bundle> bundle = ReadBundle(charter, bytes);
  HANSA_RETURN_IF_ERROR(bundle.status());
  const absl::StatusOr<desk::OffersShelf> shelf = desk::OffersShelf::Read(*bundle->feeds, bundle->roster);
  HANSA_RETURN_IF_ERROR(shelf.status());
  const absl::StatusOr<replication::Hash> text = PartnershipIn(*shelf, id);
  HANSA_RETURN_IF_ERROR(text.status());
  api::Put(shelf->Prove(*text), reply);
  return absl::OkStatus();
}

}  // namespace hansa::node::bundle
