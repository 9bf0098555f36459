// A node without threads or network: it signs and stores in memory, and its views are read when somebody
// waits for them. What it signs is signed in earnest, by the keys its roster names.
#ifndef HANSA_TESTS_TESTING_FAKE_NODE_H_
#define HANSA_TESTS_TESTING_FAKE_NODE_H_

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "node/catalogue/current.h"
#include "node/domain/indicator_codec.h"
#include "node/domain/observation.h"
#include "node/projection/views.h"
#include "node/running_node.h"
#include "storage/file_chunks.h"
#include "storage/memory_store.h"
#include "tests/testing/roster.h"
#include "tests/testing/status_matchers.h"

namespace hansa::testing {

// Makes the framework of the network the one this program was built with.
inline void AdoptCurrentFramework(Network& network) {
  const node::catalogue::Catalogue& catalogue = node::catalogue::CurrentCatalogue();
  const replication::Framework framework{catalogue.framework_id(), catalogue.version(),
                                         *replication::Hash::From(catalogue.sha256())};
  const RosterEntry entry{replication::roster_kind::kFramework, replication::Encode(framework), {}, std::nullopt};
  HANSA_CHECK(network.Append(entry).valid);
}

// Lets members of `kind` write `collection` too, beside what everybody may write already.
inline void LetWrite(Network& network, replication::MemberKind kind, replication::Collection collection) {
  replication::Policy policy;
  for (const auto& [of, limit] : network.roster().state().rights) {
    policy.rights.push_back({of.first, of.second, limit});
  }
  policy.rights.push_back({kind, collection, replication::Sequence(100'000)});
  const RosterEntry entry{replication::roster_kind::kPolicy, replication::Encode(policy), network.approvers(),
                          std::nullopt};
  HANSA_CHECK(network.Append(entry).valid);
}
inline void LetCitiesWrite(Network& network, replication::Collection collection) {
  LetWrite(network, replication::MemberKind::kCity, collection);
}

// `member` leaves the network. `published` is what it published, which stays.
inline void EndMembership(Network& network, replication::Member member,
                          const std::vector<replication::VerifiedUnit>& published) {
  std::map<replication::Collection, replication::Seal> seals;
  for (const replication::VerifiedUnit& unit : published) {
    const replication::Collection collection = unit.author().collection;
    seals[collection] = {collection, unit.end().len, unit.end().head, unit.end().signature};
  }
  replication::Revoke left{member, replication::RevokeReason::kRetired, {}};
  for (const auto& [collection, seal] : seals) left.seals.push_back(seal);
  const RosterEntry entry{replication::roster_kind::kRevoke, replication::Encode(left), network.approvers(),
                          std::nullopt};
  HANSA_CHECK(network.Append(entry).valid);
}

// Signs one feed, entry after entry.
class FeedWriter {
 public:
  FeedWriter(const replication::NetworkId& network, const replication::FeedAuthor& author, Key key)
      : network_(network), author_(author), key_(std::move(key)) {}

  const replication::FeedAuthor& author() const { return author_; }
  replication::FeedId feed() const { return FeedIdOf(replication::SodiumCrypto(), network_, author_); }
  replication::VerifiedUnit Publish(const std::vector<replication::NewEntry>& entries) {
    replication::VerifiedUnit unit =
        Must(replication::VerifiedUnit::Sign(replication::SodiumCrypto(), network_, author_, *key_, tail_, entries));
    tail_ = unit.tail();
    return unit;
  }

 private:
  replication::NetworkId network_;
  replication::FeedAuthor author_;
  Key key_;
  replication::FeedTail tail_;
};

inline replication::NewEntry EntryOf(replication::Kind kind, const replication::RecordId& record,
                                     replication::Bytes payload) {
  replication::NewEntry entry;
  entry.kind = kind;
  entry.record = record;
  entry.claimed_time_ms = 1'700'000'000'000;
  entry.payload = replication::SaltedPayload{SaltNamed(payload), std::move(payload)};
  return entry;
}

// A sound observation of the framework this program was built with.
inline node::domain::Observation ObservationOf(absl::string_view cell, absl::string_view value) {
  node::domain::Observation observation;
  observation.cell = std::string(cell);
  observation.value = Must(node::domain::Decimal::Parse(value));
  observation.source = "city register";
  observation.source_kind = node::domain::SourceKind::kOfficialData;
  node::domain::CompleteFromCatalogue(node::catalogue::CurrentCatalogue(), observation);
  return observation;
}
// A set of `year`, in catalogue order.
inline node::domain::IndicatorSet SetOf(int year, std::vector<node::domain::Observation> observations) {
  return MakeIndicatorSet(node::catalogue::CurrentCatalogue(), year, std::move(observations));
}
inline replication::NewEntry EntryOf(const replication::RecordId& record, const node::domain::IndicatorSet& set) {
  return EntryOf(replication::kIndicatorSet, record, Must(node::domain::EncodeIndicatorSet(set)));
}

// One process that thinks it is `applicant`. The network may grow; Refresh() hands the node its roster.
class FakeNode final : public node::RunningNode {
 public:
  FakeNode(const Network& network, Applicant applicant)
      : network_(network),
        applicant_(std::move(applicant)),
        views_(Must(node::projection::Views::Open(feeds_, tables_, node::catalogue::CurrentCatalogue(),
                                                  replication::SodiumCrypto(), [this] { return now_ms.load(); }))) {
    Refresh();
  }

  void Refresh() {
    roster_ = std::make_shared<const replication::Roster>(network_.roster());
    const replication::MemberRecord* own = roster_->state().Find(absl::string_view(applicant_.application.slug));
    if (own != nullptr) views_->SetOwn(own->number);
  }
  void Receive(const replication::VerifiedUnit& unit) { Must(feeds_.Append({&unit, 1})); }

  node::NodeView View() const override {
    node::NodeView view;
    view.roster = roster_;
    const replication::MemberRecord* own = roster_->state().Find(absl::string_view(applicant_.application.slug));
    view.member = own == nullptr ? replication::kMemberUnknown : own->number;
    view.slug = applicant_.application.slug;
    view.name = applicant_.application.name;
    view.role = MemberKindName(applicant_.application.kind);
    view.state = own == nullptr ? "applicant" : "member";
    view.fence = fence;
    view.keep = keep_;
    view.following = following_.size();
    view.is_hub = is_hub;
    view.in_sync = in_sync;
    view.outbox.waiting = waiting_.size();
    for (const node::Publication& publication : waiting_) view.outbox.records.insert(*publication.record);
    if (look) look(view);
    return view;
  }

  absl::StatusOr<std::vector<node::Published>> Publish(const std::vector<node::Publication>& batch) override {
    if (before_publishing) before_publishing();
    if (fence != node::Fence::kOpen) {
      return absl::FailedPreconditionError("this node may not sign now");
    }
    std::vector<node::Published> published;
    if (queues) {
      for (node::Publication publication : batch) {
        if (!publication.record) publication.record = NextRecord();
        published.push_back({*publication.record, View().member, publication.collection, {}, {}, {}});
        published.back().queued = true;
        waiting_.push_back(std::move(publication));
      }
      return published;
    }
    for (const node::Publication& publication : batch) {
      const std::optional<replication::FeedAuthor> author = roster_->PresentFeed(View().member, publication.collection);
      if (!author) return absl::FailedPreconditionError("may not write this collection");
      const auto writer =
          writers_.try_emplace(publication.collection, roster_->network(), *author, applicant_.writer).first;
      const replication::RecordId record = publication.record ? *publication.record : NextRecord();
      replication::NewEntry entry = EntryOf(publication.kind, record, publication.payload);
      if (publication.payload.empty()) entry.payload.reset();
      entry.retract = publication.retract;
      entry.ext = publication.ext;
      const replication::VerifiedUnit unit = writer->second.Publish({entry});
      units_.push_back(unit);
      Receive(unit);
      published.push_back(
          {record, View().member, publication.collection, unit.end().len, unit.end().head, {"int-uil"}});
    }
    return published;
  }

  // It may sign now: what waited is signed, or put aside as by a rule.
  void SignWaiting() {
    queues = false;
    Must(Publish(std::exchange(waiting_, {})));
  }
  void PutWaitingAside() { waiting_.clear(); }

  std::vector<node::HolderView> HoldersOf(const replication::FeedId& feed, replication::Sequence seq) const override {
    return holders ? holders(feed, seq) : std::vector<node::HolderView>();
  }
  absl::StatusOr<replication::Sequence> PublishRoster(replication::Kind kind, const replication::RecordId& record,
                                                      replication::Bytes payload) override {
    if (publish_roster) return publish_roster(kind, record, std::move(payload));
    return absl::PermissionDeniedError("this node does not hold the roster key");
  }
  // Every feed it published in ends with an entry of no meaning.
  absl::StatusOr<std::uint64_t> EndFeeds() override {
    if (fence != node::Fence::kOpen) return absl::FailedPreconditionError("this node may not sign now");
    for (auto& [collection, writer] : writers_) {
      if (!ended_.insert(collection).second) continue;
      replication::NewEntry end;
      end.kind = replication::Kind(static_cast<std::uint16_t>(collection.value() * 256));
      end.end_of_feed = true;
      units_.push_back(writer.Publish({end}));
      Receive(units_.back());
    }
    return ended_.size();
  }
  absl::Status ConfirmFeed(const node::FeedPoint& end) override {
    const replication::RosterPosition& held = roster_->position();
    const bool is_it = end.collection == replication::kRosterCollection && end.len == held.len && end.head == held.head;
    if (!is_it) return absl::FailedPreconditionError("the feed held here ends elsewhere");
    fence = node::Fence::kOpen;
    return absl::OkStatus();
  }
  absl::Status TakeRoot(const replication::SignedRoot& next) override {
    replication::Roster roster = *roster_;
    HANSA_RETURN_IF_ERROR(roster.AppendRoot(next));
    roster_ = std::make_shared<const replication::Roster>(std::move(roster));
    return absl::OkStatus();
  }
  absl::StatusOr<replication::Statement> Sign(replication::StatementType type, replication::Bytes body) override {
    if (fence != node::Fence::kOpen) return absl::FailedPreconditionError("this node may not sign now");
    return SignStatement(replication::SodiumCrypto(), roster_->network(), type, *applicant_.writer, std::move(body));
  }
  std::vector<node::Followed> Following() const override { return following_; }
  absl::Status SetFollowing(const std::vector<node::Followed>& following) override {
    following_ = following;
    return absl::OkStatus();
  }
  absl::StatusOr<std::uint64_t> SetKeep(node::Keep keep) override {
    keep_ = keep;
    return 0;
  }
  absl::Status AddPeer(const std::string&) override { return absl::OkStatus(); }
  absl::Status RemovePeer(const std::string&) override { return absl::OkStatus(); }
  absl::StatusOr<std::uint64_t> Reindex() override { return views_->Reindex(*roster_); }
  absl::StatusOr<node::BackupMade> Backup(const std::string&, const std::function<bool()>&) override {
    return absl::UnimplementedError("a node in memory has nothing to back up");
  }
  absl::Status AwaitViews() override { return views_->CatchUp(*roster_).status(); }

  void WantFile(const replication::WantedFile& file) override { wanted[file.file] = file; }
  void StopWanting(const replication::Hash& file) override { wanted.erase(file); }
  void OnChunk(ChunkTold told) override { chunk_told_ = std::move(told); }
  // A peer gave a chunk of a file that is wanted.
  void BringChunk(const replication::Hash& file, std::uint32_t index, const std::string& bytes) {
    const storage::Write write{storage::Table::kFiles, storage::ChunkKey(file, index), bytes};
    Must(tables_.Apply({&write, 1}, storage::Durability::kSynced));
    if (chunk_told_) chunk_told_(file, index);
  }

  const storage::MemoryFeedStore& feeds() const override { return feeds_; }
  storage::MemoryTables& tables() override { return tables_; }
  node::projection::Views& views() { return *views_; }
  const replication::Roster& roster() const { return *roster_; }
  // What it published, in order, for others to Receive.
  const std::vector<replication::VerifiedUnit>& units() const { return units_; }

  // For tests to set.
  node::Fence fence = node::Fence::kOpen;
  bool is_hub = false;
  bool queues = false;  // what is published waits
  bool in_sync = false;
  std::function<void(node::NodeView&)> look;  // what else its view shows
  std::function<std::vector<node::HolderView>(const replication::FeedId&, replication::Sequence)> holders;
  std::function<absl::StatusOr<replication::Sequence>(replication::Kind, const replication::RecordId&,
                                                      replication::Bytes)>
      publish_roster;                                           // on a hub
  std::map<replication::Hash, replication::WantedFile> wanted;  // files, as asked of it
  std::function<void()> before_publishing;                      // between the desk's last look and the signature
  std::atomic<std::uint64_t> now_ms = 1'700'000'000'000;        // when entries come in

 private:
  replication::RecordId NextRecord() { return RecordNamed(absl::StrCat(applicant_.application.slug, " ", ++records_)); }

  const Network& network_;
  Applicant applicant_;
  std::shared_ptr<const replication::Roster> roster_;
  storage::MemoryFeedStore feeds_;
  storage::MemoryTables tables_;
  std::unique_ptr<node::projection::Views> views_;
  std::map<replication::Collection, FeedWriter> writers_;
  std::set<replication::Collection> ended_;
  std::vector<replication::VerifiedUnit> units_;
  std::vector<node::Followed> following_;
  ChunkTold chunk_told_;
  node::Keep keep_ = node::Keep::kAll;
  int records_ = 0;
  std::vector<node::Publication> waiting_;
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_TESTING_FAKE_NODE_H_
