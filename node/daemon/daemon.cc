#include "node/daemon/daemon.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "node/catalogue/current.h"
#include "node/daemon/log.h"
#include "node/domain/text.h"
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

// Which file it is that cannot be made sense of; the way back is said with it.
absl::Status InFile(const std::string& path, const absl::Status& status) {
  if (status.ok() || absl::StrContains(status.message(), path)) return status;
  return absl::Status(status.code(), absl::StrCat(path, ": ", status.message(), "; put it back from a backup"));
}

// What cannot be read of a file beside the store is no fault of the store.
absl::Status NoStoreFault(const absl::Status& status) {
  return absl::IsDataLoss(status) ? absl::FailedPreconditionError(status.message()) : status;
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

absl::Status CheckClock(absl::Time now) {
  if (now >= absl::UnixEpoch()) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the clock of this machine says ", absl::FormatTime("%Y-%m-%d %H:%M UTC", now, absl::UTCTimeZone()),
                   ", and no node runs before 1970; set it (`timedatectl`) and start the node again"));
}

absl::StatusOr<std::unique_ptr<Daemon>> Daemon::Start(const DaemonOptions& options) {
  std::unique_ptr<Daemon> daemon(new Daemon(options.folder));
  HANSA_RETURN_IF_ERROR(daemon->Open(options));
  return daemon;
}

absl::Status Daemon::Open(const DaemonOptions& options) {
  absl::StatusOr<Identity> identity = ReadIdentity(paths_.identity);
  HANSA_RETURN_IF_ERROR(InFile(paths_.identity, identity.status()));
  identity_ = *std::move(identity);
  if (identity_.key_role != replication::KeyRole::kNotGiven) {
    return absl::FailedPreconditionError(absl::StrCat(
        paths_.folder, " holds a key file, not a node: it signs statements with `hansa`, and needs no node"));
  }
  absl::StatusOr<std::string> charter_text = ReadFile(paths_.charter);
  HANSA_RETURN_IF_ERROR(charter_text.status());
  absl::StatusOr<Charter> charter = DecodeCharter(*charter_text);
  HANSA_RETURN_IF_ERROR(InFile(paths_.charter, charter.status()));
  charter_ = *std::move(charter);
  HANSA_RETURN_IF_ERROR(TakeKeys());
  HANSA_RETURN_IF_ERROR(OpenStore());
  absl::StatusOr<replication::ReplicaStart> start = [this] {
    absl::MutexLock keeping(&keeping_);
    return ReadStartOrMend();
  }();
  HANSA_RETURN_IF_ERROR(start.status());
  HANSA_RETURN_IF_ERROR(StartThreads(options, *std::move(start)));
  KeepNetwork();
  // Feeds that are not kept any more, should the node have ended before they were gone.
  const Kept kept = KeptNow();
  const absl::StatusOr<std::uint64_t> dropped = replication_->SetInterest(kept.interest(), kept.followed());
  if (dropped.ok() && *dropped > 0) return Reindex().status();
  return dropped.status();
}

// Once: what lies in the folder later is for the next start of the program, however often the core begins anew.
absl::Status Daemon::TakeKeys() {
  absl::StatusOr<replication::Seed> writer = ReadKey(paths_.writer_key);
  HANSA_RETURN_IF_ERROR(NoStoreFault(writer.status()));
  writer_ = replication::SodiumSigner(*writer);
  absl::StatusOr<replication::Seed> tls = ReadKey(paths_.tls_key);
  HANSA_RETURN_IF_ERROR(NoStoreFault(tls.status()));
  tls_seed_ = *tls;
  absl::StatusOr<replication::Seed> roster_key = ReadKey(paths_.roster_key);
  if (absl::IsNotFound(roster_key.status())) return absl::OkStatus();
  HANSA_RETURN_IF_ERROR(NoStoreFault(roster_key.status()));
  roster_signer_ = replication::SodiumSigner(*roster_key);
  return absl::OkStatus();
}

bool Daemon::HasRosterKey(const replication::Roster& roster) const {
  return roster_signer_ != nullptr && roster_signer_->public_key() == roster.root().newest().roster_writer;
}

absl::StatusOr<replication::ReplicaStart> Daemon::MakeStart() {
  absl::StatusOr<replication::Roster> roster = membership::FoldHeldRoster(*database_, charter_);
  HANSA_RETURN_IF_ERROR(roster.status());
  const replication::PublicKey tls_key = replication::SodiumSigner(tls_seed_)->public_key();
  replication::ReplicaStart start{replication::PinOf(replication::SodiumCrypto(), tls_key),
                                  writer_,
                                  nullptr,
                                  *replication::BootId::From(RandomRecordId().view()),
                                  *std::move(roster),
                                  {},
                                  replication::InterestInEverything()};
  start.chance = *replication::Seed::From(RandomSalt().view());
  // A key that is not, or no longer, the roster's signs nothing.
  if (HasRosterKey(start.roster)) start.roster_writer = roster_signer_;
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

absl::Status Daemon::StartThreads(const DaemonOptions& options, replication::ReplicaStart start) {
  wire::Wire::Options wire_options;
  wire_options.tls_seed = tls_seed_;
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
  search_ = std::make_unique<search::IndexReader>(*views_, *visible_, [this] { return NewestRoster(); });
  view_thread_ = std::make_unique<ViewThread>([this] {
    const absl::StatusOr<std::uint64_t> read = views_->CatchUp(*NewestRoster());
    if (!read.ok()) LogError("views: %s", std::string(read.status().message()));
    search_->Notify();
    KeepNetwork();
    KeepPins();
  });
  stale_views_.emplace(database_->tables());
  cut_thread_ = std::make_unique<ViewThread>([this] {
    // What was shown of a feed that was cut, or of an entry that is hidden, is not there any more: views are built
    // again.
    if (!views_stale_.exchange(false)) return;
    const std::uint64_t erased = stale_views_->erased();
    const absl::StatusOr<std::uint64_t> read = Reindex();
    if (!read.ok()) return LogError("views: %s", std::string(read.status().message()));
    const absl::Status noted = stale_views_->BuiltAgain(erased);
    if (!noted.ok()) LogWarning("views: %s", std::string(noted.message()));
  });
  if (stale_views_->AreStale()) RebuildViews();
  MakeCaretaker();
  disk_ = std::make_unique<DiskThread>(
      DiskThread::Parts{database_->feeds(), database_->tables(), *high_water_, *stale_views_,
                        [this](replication::Event event) { OnDisk(std::move(event)); }, [this] { RebuildViews(); }});
  HANSA_RETURN_IF_ERROR(OpenOutbox());
  outbox_thread_ = std::make_unique<ViewThread>([this] { SendOutbox(); });
  replication_ = std::make_unique<ReplicationThread>(
      ReplicationThread::Parts{inbox_, *wire_, *disk_, std::move(start), HubsOf(charter_, wire_->pin()), AddedPeers(),
                               KeptNow().followed(), [this] { view_thread_->Notify(); },
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
  roster_watch_ = std::make_unique<RosterWatch>(RosterWatch::Parts{
      database_->tables(), [this] { return IsListConfirmed(replication_->View()); }, [] { return absl::Now(); }});
  is_running_ = true;
  outbox_thread_->Notify();
  caretaker_->Start();
  StartScrubber();
  return absl::OkStatus();
}

// Once something of the network is held: an empty store is of whichever network its charter is. What the disk refuses
// is tried again at the next start.
void Daemon::KeepNetwork() {
  if (NewestRoster()->position().len.value() == 0 || network_kept_.exchange(true)) return;
  const absl::Status kept = membership::KeepNetwork(*database_, charter_);
  if (!kept.ok()) LogWarning("keeping of which network the store is: %s", std::string(kept.message()));
}

// At the writer of the list of members, which nobody could reach any more if its disk lost the list. On the view
// thread.
void Daemon::KeepPins() {
  const std::shared_ptr<const replication::Roster> roster = NewestRoster();
  if (!HasRosterKey(*roster)) return;
  const bool in_doubt = pins_in_doubt_.exchange(false);
  if (in_doubt) pins_kept_ = membership::PinsKept(*database_);
  if (!in_doubt && pins_of_ == roster->position()) return;
  pins_of_ = roster->position();
  std::set<replication::Pin> pins = roster->PinsEverListed();
  if (std::includes(pins_kept_.begin(), pins_kept_.end(), pins.begin(), pins.end())) return;
  pins.insert(pins_kept_.begin(), pins_kept_.end());
  const absl::Status kept = membership::KeepPins(*database_, pins);
  if (!kept.ok()) {
    pins_in_doubt_ = true;
    return LogWarning("keeping who may connect: %s", std::string(kept.message()));
  }
  pins_kept_ = std::move(pins);
}

void Daemon::RebuildViews() {
  views_stale_ = true;
  cut_thread_->Notify();
}

// Peers first, then what they left to write, then the store: nothing is acknowledged that is not on disk.
void Daemon::Stop() {
  stopping_ = true;
  if (scrubber_) scrubber_->Stop();
  if (roster_watch_) roster_watch_->Stop();
  if (caretaker_) caretaker_->Stop();
  if (wire_) wire_->Shutdown();
  if (disk_) disk_->Stop();
  if (replication_) replication_->Stop();
  if (outbox_thread_) outbox_thread_->Stop();
  if (cut_thread_) cut_thread_->Stop();
  if (view_thread_) view_thread_->Stop();
  if (search_) search_->Stop();
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
  // A name is given once and never again, so a member that was called so is this one.
  const replication::MemberRecord* const called_so = view.roster->state().Find(identity_.slug);
  if (called_so != nullptr) TellOfKeys(*called_so, view);
  view.is_hub = HasRosterKey(*view.roster);
  if (roster_watch_ && !view.is_hub && view.member != replication::kMemberUnknown) view.list_age = roster_watch_->Age();
  const Kept kept = KeptNow();
  view.keep = kept.keep;
  view.following = kept.following.size();
  view.outbox = OutboxNow();
  view.disk = DiskNow();
  const absl::StatusOr<std::uint64_t> lag = views_->Lag(*view.roster);
  if (lag.ok()) view.projection_lag = *lag;
  return view;
}

// What follows from the keys that the list of members has for this node's name, where they are not those at hand.
void Daemon::TellOfKeys(const replication::MemberRecord& called_so, NodeView& view) const {
  const bool is_unknown = view.member == replication::kMemberUnknown;
  if (is_unknown && !called_so.is_live()) view.state = replication::MemberStateName(called_so.state);
  if (!called_so.is_live() || own_writers_.contains(called_so.present().writer)) {
    view.has_other_keys = is_unknown && called_so.is_live();
    return;
  }
  // An earlier key of its own: somebody else has the one that came after it, or it lies here for the next start.
  const auto& lives = called_so.incarnations;
  const bool was_its_key =
      std::any_of(lives.begin(), lives.end(), [this](const auto& keys) { return own_writers_.contains(keys.writer); });
  if (was_its_key) {
    view.fence = Fence::kSuperseded;
    view.state = replication::MemberStateName(called_so.state);
  }
  view.has_other_keys = is_unknown && !was_its_key;
  const absl::StatusOr<replication::Seed> in_folder = ReadKey(paths_.writer_key);
  view.key_waits = in_folder.ok() && replication::SodiumSigner(*in_folder)->public_key() == called_so.present().writer;
}

absl::StatusOr<std::vector<Published>> Daemon::Publish(const std::vector<Publication>& batch) {
  if (batch.empty()) return absl::InvalidArgumentError("publishing: nothing was given to publish");
  HANSA_RETURN_IF_ERROR(CheckRoom());
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

std::vector<HolderView> Daemon::HoldersOf(const replication::FeedId& feed, replication::Sequence seq) const {
  return replication_->HoldersOf(feed, seq);
}

absl::StatusOr<replication::Sequence> Daemon::PublishRoster(replication::Kind kind, const replication::RecordId& record,
                                                            replication::Bytes payload) {
  // Also on a disk that is nearly full: it is little, and may be what keeps somebody out.
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
  for (const auto& [number, member] : roster->state().members) {
    if (own_writers_.contains(member.present().writer)) views_->SetOwn(number);
  }
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
    return absl::NotFoundError(
        absl::StrCat("no peer was added at ", domain::Quoted(address), "; `hansa peers` lists them"));
  }
  return KeepAddedPeers(addresses);
}

absl::StatusOr<replication::Statement> Daemon::Sign(replication::StatementType type, replication::Bytes body) {
  const NodeView view = View();
  const char* const closed = FenceWords(view);
  // A statement is no entry: a member whose feeds wait may make one.
  const bool may_wait = view.fence == Fence::kLocked && view.member != replication::kMemberUnknown;
  if (*closed != '\0' && !may_wait) return absl::FailedPreconditionError(closed);
  return replication::SignStatement(replication::SodiumCrypto(), view.roster->network(), type, *writer_,
                                    std::move(body));
}

absl::StatusOr<std::uint64_t> Daemon::Reindex() {
  absl::StatusOr<std::uint64_t> read = absl::UnavailableError("the node is stopping");
  // What is gone is found no more from here on, whatever becomes of the views; and what was read of them before they
  // were built again is not kept.
  view_thread_->Run([&] {
    search_->Clear();
    read = views_->Reindex(*NewestRoster());
    search_->Clear();
    search_->Notify();
  });
  return read;
}

absl::Status Daemon::AwaitViews() {
  absl::ReaderMutexLock lock(&anew_mutex_);
  disk_->AwaitCut();
  cut_thread_->AwaitPass();  // what was cut or hidden before the call is out of the views too
  view_thread_->AwaitPass();
  return absl::OkStatus();
}

}  // namespace hansa::node
