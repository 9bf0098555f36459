#include "node/daemon/daemon.h"

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "node/catalogue/current.h"
#include "node/daemon/log.h"
#include "node/membership/held_roster.h"
#include "node/wire/address.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node {
namespace {

constexpr char kPeersSetting[] = "added peers";
constexpr absl::Duration kHolderPatience = absl::Seconds(1);
// An entry of the roster is never queued: it waits so long for the fence before it is refused.
constexpr absl::Duration kRosterFencePatience = absl::Seconds(15);
// Room for what credit lets a peer's units and pushes take, and for answers to its comparing.
constexpr std::size_t kOutgoingBytesMax = 8 * 1024 * 1024;
// A hub is dialled by every member.
constexpr std::size_t kHubLinksMax = 1024;

replication::NewEntry EntryOf(const Publication& publication) {
  replication::NewEntry entry;
  entry.kind = publication.kind;
  entry.record = publication.record.value_or(RandomRecordId());
  entry.retract = publication.retract;
  entry.claimed_time_ms = static_cast<std::uint64_t>(absl::ToUnixMillis(absl::Now()));
  entry.ext = publication.ext;
  if (!publication.payload.empty()) entry.payload = {RandomSalt(), publication.payload};
  return entry;
}

double Chance() {
  const replication::RecordId random = RandomRecordId();
  return replication::ByteReader(random.view()).U32() / 4294967296.0;
}

std::vector<replication::DialTarget> HubsOf(const Charter& charter, const replication::Pin& own_pin) {
  std::vector<replication::DialTarget> hubs;
  for (const HubAddress& hub : charter.hubs) {
    const std::set<replication::Pin> pins(hub.pins.begin(), hub.pins.end());
    if (!pins.contains(own_pin)) hubs.push_back({hub.endpoint, pins, ""});
  }
  return hubs;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Daemon>> Daemon::Start(const DaemonOptions& options) {
  std::unique_ptr<Daemon> daemon(new Daemon(options.folder));
  HANSA_RETURN_IF_ERROR(daemon->Open(options));
  return daemon;
}

absl::Status Daemon::Open(const DaemonOptions& options) {
  absl::StatusOr<Identity> identity = ReadIdentity(paths_.identity);
  HANSA_RETURN_IF_ERROR(identity.status());
  identity_ = *std::move(identity);
  if (identity_.key_role != replication::KeyRole::kNotGiven) {
    return absl::FailedPreconditionError(absl::StrCat(
        paths_.folder, " holds a key file, not a node: it signs statements with `hansa`, and needs no node"));
  }
  absl::StatusOr<std::string> charter_text = ReadFile(paths_.charter);
  HANSA_RETURN_IF_ERROR(charter_text.status());
  absl::StatusOr<Charter> charter = DecodeCharter(*charter_text);
  HANSA_RETURN_IF_ERROR(charter.status());
  charter_ = *std::move(charter);
  HANSA_RETURN_IF_ERROR(OpenStore());
  absl::StatusOr<replication::ReplicaStart> start = MakeStart();
  HANSA_RETURN_IF_ERROR(start.status());
  HANSA_RETURN_IF_ERROR(CompareWithHighWater(*start));
  HANSA_RETURN_IF_ERROR(StartThreads(options, *std::move(start)));
  // Feeds that are not kept any more, should the node have ended before they were gone.
  const Kept kept = KeptNow();
  const absl::StatusOr<std::uint64_t> dropped = replication_->SetInterest(kept.interest(), kept.followed());
  if (dropped.ok() && *dropped > 0) return Reindex().status();
  return dropped.status();
}

absl::Status Daemon::OpenStore() {
  absl::StatusOr<std::unique_ptr<storage::Database>> database = storage::Database::Open(paths_.database);
  if (database.status().code() == absl::StatusCode::kDataLoss) {
    LogError("the store is damaged: %s; its log is put aside and what stands before the damage is opened",
             std::string(database.status().message()));
    database = storage::Database::Salvage(paths_.database);
  }
  HANSA_RETURN_IF_ERROR(database.status());
  database_ = *std::move(database);
  visible_ = std::make_unique<VisibleFeeds>(database_->feeds());
  absl::StatusOr<std::unique_ptr<storage::HighWaterFile>> high_water = storage::HighWaterFile::Open(paths_.high_water);
  HANSA_RETURN_IF_ERROR(high_water.status());
  high_water_ = *std::move(high_water);
  return absl::OkStatus();
}

absl::StatusOr<replication::ReplicaStart> Daemon::MakeStart() {
  absl::StatusOr<replication::Seed> writer = ReadKey(paths_.writer_key);
  HANSA_RETURN_IF_ERROR(writer.status());
  absl::StatusOr<replication::Seed> tls = ReadKey(paths_.tls_key);
  HANSA_RETURN_IF_ERROR(tls.status());
  absl::StatusOr<replication::Roster> roster = membership::FoldHeldRoster(*database_, charter_);
  HANSA_RETURN_IF_ERROR(roster.status());
  const replication::PublicKey tls_key = replication::SodiumSigner(*tls)->public_key();
  replication::ReplicaStart start{replication::PinOf(replication::SodiumCrypto(), tls_key),
                                  replication::SodiumSigner(*writer),
                                  nullptr,
                                  *replication::BootId::From(RandomRecordId().view()),
                                  *std::move(roster),
                                  {},
                                  replication::InterestInEverything()};
  start.chance = *replication::Seed::From(RandomSalt().view());
  absl::StatusOr<replication::Seed> roster_key = ReadKey(paths_.roster_key);
  if (!roster_key.ok() && !absl::IsNotFound(roster_key.status())) return roster_key.status();
  if (roster_key.ok()) {
    roster_key_ = replication::SodiumSigner(*roster_key)->public_key();
    // A key that is not, or no longer, the roster's signs nothing.
    const bool is_current = *roster_key_ == start.roster.root().newest().roster_writer;
    if (is_current) start.roster_writer = replication::SodiumSigner(*roster_key);
  }
  absl::StatusOr<std::vector<storage::HeldFeed>> held = database_->feeds().Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  for (const storage::HeldFeed& feed : *held) start.feeds.push_back(FeedHeldOf(feed));
  HANSA_RETURN_IF_ERROR(TakeNotes(start));
  const absl::StatusOr<Kept> kept = LoadKept(database_->tables());
  HANSA_RETURN_IF_ERROR(kept.status());
  start.kept = kept->interest();
  absl::MutexLock lock(&kept_mutex_);
  kept_ = *kept;
  return start;
}

// What the core has noted, and what erasure feeds hold.
absl::Status Daemon::TakeNotes(replication::ReplicaStart& start) {
  absl::StatusOr<replication::Notes> notes = ReadNotes(database_->tables());
  HANSA_RETURN_IF_ERROR(notes.status());
  start.notes = *std::move(notes);
  absl::StatusOr<std::vector<storage::StoredHeader>> orders = database_->feeds().ErasureHeaders();
  HANSA_RETURN_IF_ERROR(orders.status());
  for (storage::StoredHeader& order : *orders) start.orders.push_back({order.feed, std::move(order.header)});
  return absl::OkStatus();
}

// Whether what this node signed with the keys it has now is all there.
absl::Status Daemon::CompareWithHighWater(replication::ReplicaStart& start) {
  absl::StatusOr<std::vector<storage::HeldFeed>> held = database_->feeds().Feeds();
  HANSA_RETURN_IF_ERROR(held.status());
  own_writers_ = {start.writer->public_key()};
  if (start.roster_writer != nullptr) own_writers_.insert(start.roster_writer->public_key());
  std::vector<storage::HeldFeed> own;
  std::vector<storage::Mark> marks;
  for (const storage::HeldFeed& feed : *held) {
    if (!own_writers_.contains(feed.author.writer)) continue;
    own.push_back(feed);
    marks.push_back({feed.feed, feed.newest.len, feed.newest.head});
  }
  std::optional<storage::HighWater> contents = high_water_->contents();
  if (contents) {
    // What an earlier key signed is for its seal to settle.
    std::erase_if(contents->marks, [&](const storage::Mark& mark) {
      const replication::FeedAuthor* author = start.roster.AuthorOf(mark.feed);
      return author != nullptr && !own_writers_.contains(author->writer);
    });
  }
  const storage::FenceFinding finding =
      storage::CompareWithStore(contents, database_->id(), storage::ThisMachine(), own);
  if (finding.fence == storage::Fence::kIntact) {
    // A crash between the write and the mark left the store ahead: what it holds may be told to peers from now on, so
    // the mark must say so first.
    if (high_water_->contents()) return marks.empty() ? absl::OkStatus() : high_water_->Record(marks);
    return high_water_->Replace({database_->id(), storage::ThisMachine(), marks});
  }
  const bool is_foreign = finding.fence == storage::Fence::kIdsDiffer;
  start.high_water = is_foreign ? replication::HighWaterFinding::kForeign : replication::HighWaterFinding::kLost;
  high_water_off_ = true;
  LogError("publishing is closed: %s", finding.detail);
  return absl::OkStatus();
}

// The fence was opened although the high-water file speaks of another machine, or of what is not here any more: from
// now on it speaks of what is here. Before anything new is signed.
void Daemon::OnFenceMoved(replication::Fence fence) {
  const bool may_sign = fence == replication::Fence::kOpen || fence == replication::Fence::kUnconfirmed;
  if (!may_sign) return;
  if (high_water_off_.exchange(false)) {
    disk_->After([this] {
      const absl::StatusOr<std::vector<storage::HeldFeed>> held = database_->feeds().Feeds();
      std::vector<storage::Mark> marks;
      for (const storage::HeldFeed& feed : held.ok() ? *held : std::vector<storage::HeldFeed>()) {
        if (own_writers_.contains(feed.author.writer)) marks.push_back({feed.feed, feed.newest.len, feed.newest.head});
      }
      const absl::Status replaced = high_water_->Replace({database_->id(), storage::ThisMachine(), marks});
      if (!replaced.ok()) LogError("high-water file: %s", std::string(replaced.message()));
    });
  }
  outbox_thread_->Notify();
}

absl::Status Daemon::StartThreads(const DaemonOptions& options, replication::ReplicaStart start) {
  absl::StatusOr<replication::Seed> tls = ReadKey(paths_.tls_key);
  HANSA_RETURN_IF_ERROR(tls.status());
  wire::Wire::Options wire_options;
  wire_options.tls_seed = *tls;
  wire_options.listen = options.listen;
  wire_options.sink = [inbox = inbox_](wire::WireEvent event) { inbox->Push(std::move(event)); };
  wire_options.limits.flow.outgoing_bytes = kOutgoingBytesMax;
  if (start.roster_writer != nullptr) {
    wire_options.limits.inbound_links = kHubLinksMax;
    start.sessions_in_max = kHubLinksMax;
    wire_options.limits.connections = 2 * kHubLinksMax;
  }
  absl::StatusOr<std::unique_ptr<wire::Wire>> wire = wire::Wire::Start(std::move(wire_options));
  HANSA_RETURN_IF_ERROR(wire.status());
  wire_ = *std::move(wire);
  absl::StatusOr<std::unique_ptr<projection::Views>> views = projection::Views::Open(
      *visible_, database_->tables(), catalogue::CurrentCatalogue(), replication::SodiumCrypto(),
      [] { return static_cast<std::uint64_t>(absl::ToUnixMillis(absl::Now())); });
  HANSA_RETURN_IF_ERROR(views.status());
  views_ = *std::move(views);
  TakeRoster(std::make_shared<const replication::Roster>(start.roster));
  view_thread_ = std::make_unique<ViewThread>([this] {
    const absl::StatusOr<std::uint64_t> read = views_->CatchUp(*NewestRoster());
    if (!read.ok()) LogError("views: %s", std::string(read.status().message()));
  });
  cut_thread_ = std::make_unique<ViewThread>([this] {
    // What was shown of a feed that was cut, or of an entry that is hidden, is not there any more: views are built
    // again.
    if (!views_stale_.exchange(false)) return;
    const absl::StatusOr<std::uint64_t> read = Reindex();
    if (!read.ok()) LogError("views: %s", std::string(read.status().message()));
  });
  disk_ = std::make_unique<DiskThread>(
      DiskThread::Parts{database_->feeds(), database_->tables(), *high_water_,
                        [inbox = inbox_](replication::Event event) { inbox->Push(std::move(event)); }});
  absl::StatusOr<Outbox> outbox = Outbox::Open(database_->tables());
  HANSA_RETURN_IF_ERROR(outbox.status());
  {
    absl::MutexLock lock(&outbox_mutex_);
    outbox_.emplace(*std::move(outbox));
  }
  outbox_thread_ = std::make_unique<ViewThread>([this] { SendOutbox(); });
  replication_ = std::make_unique<ReplicationThread>(
      ReplicationThread::Parts{inbox_, *wire_, *disk_, std::move(start), HubsOf(charter_, wire_->pin()), AddedPeers(),
                               KeptNow().followed(), [this] { view_thread_->Notify(); }, [this] { RebuildViews(); },
                               [this](const replication::HiddenMoved& moved) {
                                 visible_->Hide(moved.feed, moved.hidden);
                                 RebuildViews();
                               },
                               [this](replication::Fence fence) { OnFenceMoved(fence); },
                               [this](std::shared_ptr<const replication::Roster> roster) {
                                 TakeRoster(std::move(roster));
                                 view_thread_->Notify();
                               },
                               Chance});
  is_running_ = true;
  outbox_thread_->Notify();
  return absl::OkStatus();
}

void Daemon::RebuildViews() {
  views_stale_ = true;
  cut_thread_->Notify();
}

// Peers first, then what they left to write, then the store: nothing is acknowledged that is not on disk.
void Daemon::Stop() {
  stopping_ = true;
  if (wire_) wire_->Shutdown();
  if (disk_) disk_->Stop();
  if (replication_) replication_->Stop();
  if (outbox_thread_) outbox_thread_->Stop();
  if (cut_thread_) cut_thread_->Stop();
  if (view_thread_) view_thread_->Stop();
  if (!database_) return;
  const absl::Status closed = database_->Close();
  if (!closed.ok()) LogError("closing the store: %s", std::string(closed.message()));
  database_.reset();
}

NodeView Daemon::View() const {
  NodeView view = replication_->View();
  if (view.slug.empty()) {
    view.slug = identity_.slug;
    view.name = identity_.name;
    view.role = replication::MemberKindName(identity_.kind);
  }
  if (view.network.empty()) view.network = charter_.name;
  view.is_hub = roster_key_ && *roster_key_ == view.roster->root().newest().roster_writer;
  const Kept kept = KeptNow();
  view.keep = kept.keep;
  view.following = kept.following.size();
  view.outbox = OutboxNow();
  const absl::StatusOr<std::uint64_t> lag = views_->Lag(*view.roster);
  if (lag.ok()) view.projection_lag = *lag;
  return view;
}

absl::StatusOr<std::vector<Published>> Daemon::Publish(const std::vector<Publication>& batch) {
  if (batch.empty()) return absl::InvalidArgumentError("publishing: nothing was given to publish");
  Outgoing outgoing{batch.front().collection, {}};
  for (const Publication& publication : batch) {
    if (publication.collection != outgoing.collection) {
      return absl::InvalidArgumentError("publishing: one batch is of one collection");
    }
    outgoing.entries.push_back(EntryOf(publication));
  }
  if (!IsOutboxEmpty()) return Queue(outgoing);
  replication_->AwaitFence(kFencePatience);
  absl::StatusOr<replication::VerifiedUnit> unit = replication_->Publish(AskedOf(outgoing));
  if (absl::IsUnavailable(unit.status()) && !stopping_) return Queue(outgoing);
  HANSA_RETURN_IF_ERROR(unit.status());
  const std::vector<std::string> held_by = replication_->AwaitHolders(*unit, kHolderPatience);
  std::vector<Published> published;
  for (std::size_t i = 0; i < unit->headers().size(); ++i) {
    const replication::EntryHeader& header = unit->headers()[i];
    published.push_back({header.record, unit->author().member, unit->author().collection, header.seq,
                         replication::EntryHash(replication::SodiumCrypto(), unit->unit().entries[i].header), held_by});
  }
  return published;
}

absl::StatusOr<replication::Sequence> Daemon::PublishRoster(replication::Kind kind, const replication::RecordId& record,
                                                            replication::Bytes payload) {
  replication::PublishAsked asked;
  asked.to_roster = true;
  asked.collection = replication::kRosterCollection;
  asked.entries.push_back(EntryOf({replication::kRosterCollection, kind, record, false, std::move(payload)}));
  replication_->AwaitFence(kRosterFencePatience);
  absl::StatusOr<replication::VerifiedUnit> unit = replication_->Publish(std::move(asked));
  // An entry of the roster is never queued: it would be judged by another roster than the one it was made for.
  if (absl::IsUnavailable(unit.status())) return absl::FailedPreconditionError(unit.status().message());
  HANSA_RETURN_IF_ERROR(unit.status());
  return unit->end().len;
}

std::shared_ptr<const replication::Roster> Daemon::NewestRoster() const {
  absl::MutexLock lock(&roster_mutex_);
  return roster_;
}

void Daemon::TakeRoster(std::shared_ptr<const replication::Roster> roster) {
  absl::MutexLock lock(&roster_mutex_);
  roster_ = std::move(roster);
}

std::vector<std::string> Daemon::AddedPeers() const {
  const absl::StatusOr<std::string> kept = database_->tables().Get(storage::Table::kSettings, kPeersSetting);
  if (!kept.ok()) return {};
  return absl::StrSplit(*kept, '\n', absl::SkipEmpty());
}

absl::Status Daemon::KeepAddedPeers(const std::vector<std::string>& addresses) {
  const storage::Write write{storage::Table::kSettings, kPeersSetting, absl::StrJoin(addresses, "\n")};
  HANSA_RETURN_IF_ERROR(database_->tables().Apply({&write, 1}, storage::Durability::kSynced));
  replication_->SetAddedPeers(addresses);
  return absl::OkStatus();
}

Kept Daemon::KeptNow() const {
  absl::MutexLock lock(&kept_mutex_);
  return kept_;
}

std::vector<Followed> Daemon::Following() const { return KeptNow().following; }

absl::StatusOr<std::uint64_t> Daemon::Follow(const Kept& kept) {
  HANSA_RETURN_IF_ERROR(SaveKept(kept, database_->tables()));
  {
    absl::MutexLock lock(&kept_mutex_);
    kept_ = kept;
  }
  const absl::StatusOr<std::uint64_t> dropped = replication_->SetInterest(kept.interest(), kept.followed());
  // Views know no single feed that is gone: they are built again.
  if (dropped.ok() && *dropped > 0) HANSA_RETURN_IF_ERROR(Reindex().status());
  return dropped;
}

absl::Status Daemon::SetFollowing(const std::vector<Followed>& following) {
  if (following.size() > kFollowedMax) {
    return absl::FailedPreconditionError(absl::StrCat("a node can follow ", kFollowedMax,
                                                      " members; unfollow some, or keep all and read what you like"));
  }
  absl::MutexLock lock(&keeping_);
  return Follow({KeptNow().keep, following}).status();
}

absl::StatusOr<std::uint64_t> Daemon::SetKeep(Keep keep) {
  if (keep == Keep::kFollowed && identity_.kind == replication::MemberKind::kSecretariat) {
    return absl::FailedPreconditionError(
        "a node of the secretariat keeps everything, since others fetch from it what they have lost; keep less on a "
        "node of another member");
  }
  absl::MutexLock lock(&keeping_);
  return Follow({keep, KeptNow().following});
}

absl::Status Daemon::AddPeer(const std::string& address) {
  HANSA_RETURN_IF_ERROR(wire::ParseAddress(address).status());
  std::vector<std::string> addresses = AddedPeers();
  if (std::find(addresses.begin(), addresses.end(), address) != addresses.end()) return absl::OkStatus();
  addresses.push_back(address);
  return KeepAddedPeers(addresses);
}

absl::Status Daemon::RemovePeer(const std::string& address) {
  std::vector<std::string> addresses = AddedPeers();
  if (std::erase(addresses, address) == 0) {
    return absl::NotFoundError(absl::StrCat("no peer was added at ", address, "; `hansa peers` lists them"));
  }
  return KeepAddedPeers(addresses);
}

absl::StatusOr<replication::Statement> Daemon::Sign(replication::StatementType type, replication::Bytes body) {
  const NodeView view = View();
  const char* const closed = FenceWords(view.fence);
  // A statement is no entry: a member whose feeds wait may make one.
  const bool may_wait = view.fence == Fence::kLocked && view.member != replication::kMemberUnknown;
  if (*closed != '\0' && !may_wait) return absl::FailedPreconditionError(closed);
  const absl::StatusOr<replication::Seed> writer = ReadKey(paths_.writer_key);
  HANSA_RETURN_IF_ERROR(writer.status());
  return replication::SignStatement(replication::SodiumCrypto(), view.roster->network(), type,
                                    *replication::SodiumSigner(*writer), std::move(body));
}

absl::StatusOr<std::uint64_t> Daemon::Reindex() {
  absl::StatusOr<std::uint64_t> read = absl::UnavailableError("the node is stopping");
  view_thread_->Run([&] { read = views_->Reindex(*NewestRoster()); });
  return read;
}

absl::Status Daemon::AwaitViews() {
  view_thread_->AwaitPass();
  return absl::OkStatus();
}

}  // namespace hansa::node
