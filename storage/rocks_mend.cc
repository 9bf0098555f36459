#include "storage/rocks_mend.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/entry.h"
#include "storage/files.h"
#include "storage/layout.h"
#include "storage/rocks_opening.h"

namespace hansa::storage {
namespace {

using replication::Bytes;
using replication::BytesView;
using replication::Checkpoint;
using replication::EntryHeader;
using replication::FeedId;
using replication::Hash;
using replication::Sequence;

constexpr std::size_t kRowsPerBatch = 1024;

struct Row {
  Family family;
  Bytes key;
  Bytes value;
};

// Rows on their way to the new database.
class Carrier {
 public:
  explicit Carrier(Engine& fresh) : fresh_(fresh) {}

  void Put(Family family, BytesView key, BytesView value) { rows_.push_back({family, Bytes(key), Bytes(value)}); }
  void Forget() { rows_.clear(); }
  // Everything put since the last call.
  absl::Status Deliver(Durability durability = Durability::kLazy) {
    absl::MutexLock lock(&fresh_.write_mutex());
    HANSA_RETURN_IF_ERROR(fresh_.CheckWritable());
    Engine::Batch batch(fresh_);
    for (const Row& row : rows_) batch.Put(row.family, row.key, row.value);
    rows_.clear();
    return fresh_.Commit(batch, durability);
  }
  absl::Status DeliverIfMany() { return rows_.size() < kRowsPerBatch ? absl::OkStatus() : Deliver(); }

 private:
  Engine& fresh_;
  std::vector<Row> rows_;
};

// nullopt where there is nothing, or nothing that can be read.
absl::StatusOr<std::optional<Bytes>> Readable(const Engine& damaged, Family family, BytesView key) {
  absl::StatusOr<std::string> value = damaged.Get(family, key);
  if (value.ok()) return std::optional<Bytes>(*std::move(value));
  if (absl::IsNotFound(value.status()) || absl::IsDataLoss(value.status())) return std::optional<Bytes>();
  return value.status();
}

class Mending {
 public:
  Mending(const Engine& damaged, const replication::Crypto& crypto, Engine& fresh)
      : damaged_(damaged), crypto_(crypto), fresh_(fresh) {}

  absl::StatusOr<MendReport> Run() {
    HANSA_RETURN_IF_ERROR(CopyId());
    HANSA_RETURN_IF_ERROR(CopyFeeds());
    HANSA_RETURN_IF_ERROR(CopyQuarantine());
    for (const Family family : {Family::kSettings, Family::kDrafts, Family::kNews, Family::kNotes, Family::kFiles}) {
      HANSA_RETURN_IF_ERROR(VisitWhole(family, [&](BytesView key, BytesView value) {
        rows_.Put(family, key, value);
        return rows_.DeliverIfMany();
      }));
    }
    HANSA_RETURN_IF_ERROR(rows_.Deliver(Durability::kSynced));
    return std::move(report_);
  }

 private:
  // Every row of a family that can be read: those before the first damage, and those after the last.
  absl::Status VisitWhole(Family family, absl::FunctionRef<absl::Status(BytesView key, BytesView value)> take) {
    absl::Status taken;
    Bytes last;
    bool any = false;
    const auto visit = [&](BytesView key, BytesView value) {
      taken = take(key, value);
      return taken.ok();
    };
    const absl::Status forward = damaged_.Visit(family, "", "", [&](BytesView key, BytesView value) {
      last = Bytes(key);
      any = true;
      return visit(key, value);
    });
    HANSA_RETURN_IF_ERROR(taken);
    if (forward.ok()) return absl::OkStatus();
    if (!absl::IsDataLoss(forward)) return forward;
    report_.unread.emplace_back(kFamilyNames[static_cast<std::size_t>(family)]);
    const absl::Status back = damaged_.VisitBack(family, any ? BytesView(last) : BytesView(), visit);
    HANSA_RETURN_IF_ERROR(taken);
    return absl::IsDataLoss(back) ? absl::OkStatus() : back;
  }

  // A mended database is the same one: the high-water file goes on speaking of it.
  absl::Status CopyId() {
    const absl::StatusOr<std::optional<Bytes>> id = Readable(damaged_, Family::kMeta, kMetaDatabaseId);
    HANSA_RETURN_IF_ERROR(id.status());
    if (*id && DatabaseId::From(**id)) rows_.Put(Family::kMeta, kMetaDatabaseId, **id);
    return absl::OkStatus();
  }

  absl::Status CopyFeeds() {
    std::map<FeedId, FeedRow> listed;
    HANSA_RETURN_IF_ERROR(VisitWhole(Family::kFeed, [&](BytesView key, BytesView value) {
      const std::optional<FeedId> feed = FeedId::From(key);
      std::optional<FeedRow> row = feed ? DecodeFeedRow(*feed, value) : std::nullopt;
      if (row) listed.emplace(*feed, *std::move(row));
      return absl::OkStatus();
    }));
    report_.feeds = listed.size();
    for (const auto& [feed, row] : listed) HANSA_RETURN_IF_ERROR(CopyFeed(row));
    rows_.Put(Family::kMeta, kMetaNextHandle, EncodeU32(highest_handle_ + 1));
    return rows_.Deliver();
  }

  // Nobody takes an entry of the list of members without what is in it, nor is one filled in: like one whose header is
  // lost it is fetched again, with all that follows.
  static bool EndsWithoutPayload(const replication::FeedAuthor& author) {
    return author.collection == replication::kRosterCollection;
  }

  // Entry by entry to the first that is not whole; what follows the last checkpoint before it is not vouched for.
  absl::Status CopyFeed(const FeedRow& row) {
    highest_handle_ = std::max(highest_handle_, row.handle);
    MendedFeed mended{row.held.feed, row.held.author, row.held.newest.len, Sequence(0), 0};
    FeedRow kept{row.handle, {row.held.feed, row.held.author, {}, 0, false, {}}};
    std::uint64_t bytes = 0;
    std::uint64_t lost = 0;
    Hash head;
    for (Sequence seq(1); seq <= row.held.newest.len; seq = Sequence(seq.value() + 1)) {
      const absl::StatusOr<std::optional<EntryHeader>> header = CopyHeader(row, seq, head);
      HANSA_RETURN_IF_ERROR(header.status());
      if (!*header) break;
      const absl::StatusOr<bool> is_whole = CopyPayload(row, **header);
      HANSA_RETURN_IF_ERROR(is_whole.status());
      if (!*is_whole && EndsWithoutPayload(row.held.author)) break;
      lost += *is_whole ? 0 : 1;
      bytes += replication::CountedBytes(**header);
      const absl::StatusOr<std::optional<Checkpoint>> checkpoint = CheckpointAt(row, seq, head);
      HANSA_RETURN_IF_ERROR(checkpoint.status());
      if (!*checkpoint) continue;
      rows_.Put(Family::kCheckpoint, PositionKey(row.handle, seq), EncodeCheckpoint(**checkpoint));
      kept.held.newest = **checkpoint;
      kept.held.bytes = bytes;
      kept.held.ended = (*header)->end_of_feed;
      mended.kept = seq;
      mended.payloads_lost = lost;
      HANSA_RETURN_IF_ERROR(rows_.Deliver());
    }
    rows_.Forget();
    if (mended.kept > Sequence(0)) {
      rows_.Put(Family::kFeed, row.held.feed.view(), EncodeFeedRow(kept));
      HANSA_RETURN_IF_ERROR(rows_.Deliver());
    }
    if (mended.kept < mended.had || mended.payloads_lost > 0) report_.damaged.push_back(mended);
    return absl::OkStatus();
  }

  // nullopt where it is not whole. `head` is the hash of the entry before it, and then its own.
  absl::StatusOr<std::optional<EntryHeader>> CopyHeader(const FeedRow& row, Sequence seq, Hash& head) {
    const Bytes key = PositionKey(row.handle, seq);
    const absl::StatusOr<std::optional<Bytes>> stored = Readable(damaged_, Family::kHeader, key);
    HANSA_RETURN_IF_ERROR(stored.status());
    if (!*stored) return std::nullopt;
    const absl::StatusOr<EntryHeader> header = replication::DecodeHeader(**stored);
    if (!header.ok() || header->feed != row.held.feed || header->seq != seq || header->prev != head)
      return std::nullopt;
    head = replication::EntryHash(crypto_, **stored);
    rows_.Put(Family::kHeader, key, **stored);
    return std::optional<EntryHeader>(*header);
  }

  // False for one that was there and is not whole any more; in the list of members, for one that is not there.
  absl::StatusOr<bool> CopyPayload(const FeedRow& row, const EntryHeader& header) {
    if (!header.has_payload) return true;
    const Bytes key = PositionKey(row.handle, header.seq);
    const absl::StatusOr<std::optional<Bytes>> stored = Readable(damaged_, Family::kPayload, key);
    HANSA_RETURN_IF_ERROR(stored.status());
    const std::optional<replication::SaltedPayload> payload = *stored ? DecodePayload(**stored) : std::nullopt;
    if (payload && replication::PayloadCommit(crypto_, *payload) == header.payload_commit) {
      rows_.Put(Family::kPayload, key, **stored);
      return true;
    }
    rows_.Put(Family::kPayload, key, EncodePayload(std::nullopt));
    rows_.Put(Family::kAbsent, key, "");
    return *stored && (*stored)->empty() && !EndsWithoutPayload(row.held.author);
  }

  absl::StatusOr<std::optional<Checkpoint>> CheckpointAt(const FeedRow& row, Sequence seq, const Hash& head) {
    const absl::StatusOr<std::optional<Bytes>> stored =
        Readable(damaged_, Family::kCheckpoint, PositionKey(row.handle, seq));
    HANSA_RETURN_IF_ERROR(stored.status());
    const std::optional<Checkpoint> checkpoint =
        *stored ? DecodeCheckpoint(row.held.feed, seq, **stored) : std::nullopt;
    if (checkpoint && checkpoint->head == head) return checkpoint;
    // The newest one also stands in the feed's own row.
    const Checkpoint& newest = row.held.newest;
    if (newest.len == seq && newest.head == head) return std::optional<Checkpoint>(newest);
    return std::optional<Checkpoint>();
  }

  // A cut is kept if all of it is there.
  absl::Status CopyQuarantine() {
    using Cut = std::pair<FeedId, std::uint32_t>;
    std::map<Cut, std::uint64_t> found;
    std::map<Cut, std::uint64_t> expected;
    const auto weigh = [&](BytesView key, BytesView value) {
      const std::optional<QuarantinePosition> position = QuarantinePositionIn(key);
      if (!position) return absl::OkStatus();
      const Cut cut{position->feed, position->cut};
      if (position->seq != Sequence(0)) {
        found[cut] += DecodeQuarantined(*position, value) ? 1 : 0;
      } else if (const std::optional<Quarantine> said = DecodeQuarantine(position->feed, value)) {
        expected[cut] = said->entries;
      }
      return absl::OkStatus();
    };
    HANSA_RETURN_IF_ERROR(VisitWhole(Family::kQuarantine, weigh));
    const std::vector<std::string> unread = report_.unread;
    HANSA_RETURN_IF_ERROR(VisitWhole(Family::kQuarantine, [&](BytesView key, BytesView value) {
      const std::optional<QuarantinePosition> position = QuarantinePositionIn(key);
      if (!position) return absl::OkStatus();
      const auto whole = expected.find({position->feed, position->cut});
      if (whole == expected.end() || whole->second != found[whole->first]) return absl::OkStatus();
      rows_.Put(Family::kQuarantine, key, value);
      return rows_.DeliverIfMany();
    }));
    report_.unread = unread;  // not twice
    return rows_.Deliver();
  }

  const Engine& damaged_;
  const replication::Crypto& crypto_;
  Engine& fresh_;
  Carrier rows_{fresh_};
  Handle highest_handle_ = 0;
  MendReport report_;
};

// Tables by link, everything else by copy: a repair writes to the latter.
absl::Status LinkDatabase(const std::string& from, const std::string& to) {
  HANSA_RETURN_IF_ERROR(MakeFolder(RocksFolder(to)));
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(RocksFolder(from), error)) {
    const std::filesystem::path target = std::filesystem::path(RocksFolder(to)) / file.path().filename();
    if (file.path().extension() == ".sst") {
      std::filesystem::create_hard_link(file.path(), target, error);
      if (!error) continue;
      error.clear();  // a file system without links
    }
    if (file.is_regular_file()) std::filesystem::copy_file(file.path(), target, error);
    if (error) break;
  }
  if (error) return FileError("copy the damaged store to", to, error.value());
  return absl::OkStatus();
}

// What is left of a damaged database; null if there is nothing that RocksDB can make sense of.
absl::StatusOr<std::unique_ptr<Engine>> WhatIsLeft(const std::string& folder, const std::string& scratch,
                                                   bool& pieced_together) {
  absl::StatusOr<std::unique_ptr<Engine>> as_it_is = Engine::OpenToRead(folder);
  if (as_it_is.ok() || !absl::IsDataLoss(as_it_is.status())) return as_it_is;
  pieced_together = true;
  HANSA_RETURN_IF_ERROR(LinkDatabase(folder, scratch));
  const absl::Status repaired = Repair(scratch);
  if (absl::IsDataLoss(repaired)) return nullptr;
  HANSA_RETURN_IF_ERROR(repaired);
  absl::StatusOr<std::unique_ptr<Engine>> rest = Engine::OpenToRead(scratch);
  if (absl::IsDataLoss(rest.status())) return nullptr;
  return rest;
}

// Both names are there before and after; a crash leaves the one or the other.
absl::Status Exchange(const std::string& one, const std::string& other) {
  if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0) return absl::OkStatus();
  if (errno != EINVAL && errno != ENOSYS) return FileError("put in place", other, errno);
  // A file system that cannot: a crash in between leaves no database, which the high-water file tells.
  const std::string between = absl::StrCat(other, ".old");
  for (const auto& [from, to] : {std::pair(one, between), std::pair(other, one), std::pair(between, other)}) {
    if (std::rename(from.c_str(), to.c_str()) != 0) return FileError("put in place", to, errno);
  }
  return absl::OkStatus();
}

absl::StatusOr<MendReport> MakeMended(const std::string& folder, const std::string& scratch, const std::string& fresh,
                                      const replication::Crypto& crypto, const std::optional<DatabaseId>& known) {
  bool pieced_together = false;
  absl::StatusOr<std::unique_ptr<Engine>> left = WhatIsLeft(folder, scratch, pieced_together);
  HANSA_RETURN_IF_ERROR(left.status());
  absl::StatusOr<std::unique_ptr<Engine>> made = Engine::Open(fresh, Recovery::kRefuseDamage);
  HANSA_RETURN_IF_ERROR(made.status());
  MendReport report;
  if (*left != nullptr) {
    absl::StatusOr<MendReport> copied = CopyWhole(**left, crypto, **made);
    HANSA_RETURN_IF_ERROR(copied.status());
    report = *std::move(copied);
  }
  report.pieced_together = pieced_together;
  if (known) {
    Carrier id(**made);
    id.Put(Family::kMeta, kMetaDatabaseId, known->view());
    HANSA_RETURN_IF_ERROR(id.Deliver(Durability::kSynced));
  }
  HANSA_RETURN_IF_ERROR((*made)->Close());
  return report;
}

}  // namespace

absl::StatusOr<MendReport> CopyWhole(const Engine& damaged, const replication::Crypto& crypto, Engine& fresh) {
  return Mending(damaged, crypto, fresh).Run();
}

absl::StatusOr<MendReport> MendFolder(const std::string& folder, const replication::Crypto& crypto,
                                      const std::optional<DatabaseId>& known) {
  const std::string place = MendingPath(folder);
  const std::string fresh = absl::StrCat(place, "/fresh");
  std::error_code error;
  std::filesystem::remove_all(place, error);
  HANSA_RETURN_IF_ERROR(MakeFolder(fresh));
  absl::StatusOr<MendReport> report = MakeMended(folder, absl::StrCat(place, "/damaged"), fresh, crypto, known);
  absl::Status done = report.status();
  if (done.ok()) {
    report->set_aside = NextSetAside(folder);
    done = MakeFolder(report->set_aside);
  }
  if (done.ok()) done = Exchange(RocksFolder(folder), RocksFolder(fresh));
  if (done.ok()) {
    std::filesystem::rename(RocksFolder(fresh), RocksFolder(report->set_aside), error);
    if (error) done = FileError("set aside", RocksFolder(fresh), error.value());
  }
  std::filesystem::remove_all(place, error);
  HANSA_RETURN_IF_ERROR(done);
  HANSA_RETURN_IF_ERROR(SyncFolder(folder));
  return report;
}

}  // namespace hansa::storage
