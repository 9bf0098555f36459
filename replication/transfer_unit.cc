#include "replication/transfer_unit.h"

#include <array>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/planted.h"

namespace hansa::replication {
namespace {

constexpr char kRefusalUrl[] = "hansa.refusal";

struct RefusalRow {
  Refusal refusal;
  const char* name;
  bool senders_fault;
};
constexpr std::array<RefusalRow, 13> kRefusals = {{
    {Refusal::kMalformed, "malformed", true},
    {Refusal::kBadChain, "bad chain", true},
    {Refusal::kBadPayload, "bad payload", true},
    {Refusal::kBadSignature, "bad signature", true},
    {Refusal::kAfterEnd, "after the end", true},
    {Refusal::kNotContiguous, "not contiguous", false},
    {Refusal::kUnknownFeed, "unknown feed", false},
    {Refusal::kBeyondLimit, "beyond limit", false},
    {Refusal::kPayloadMissing, "payload missing", true},
    {Refusal::kOwnFeed, "own feed", false},
    {Refusal::kBeyondSeal, "beyond the seal", false},
    {Refusal::kOtherBranch, "another branch", false},
    {Refusal::kForked, "forked", false},
}};

const RefusalRow& RowOf(Refusal refusal) { return kRefusals[static_cast<std::size_t>(refusal)]; }

absl::Status Refuse(Refusal refusal, const FeedAuthor& author, Sequence seq, absl::string_view detail) {
  return RefusedFor(refusal, absl::StrCat("feed of member ", author.member.value(), ", collection ",
                                          author.collection.value(), ", sequence ", seq.value(), ": ", detail));
}

// The judgement of one entry, given what stands before it.
struct Link {
  FeedId feed;
  FeedTail before;
};

absl::Status JudgeEntry(const Crypto& crypto, const FeedAuthor& author, const Link& link, const EntryHeader& header,
                        const Entry& entry) {
  const Sequence expected(link.before.len.value() + 1);
  if (link.before.ended) return Refuse(Refusal::kAfterEnd, author, header.seq, "the feed had ended");
  if (header.feed != link.feed) return Refuse(Refusal::kMalformed, author, header.seq, "names another feed");
  const bool skips = Planted(Bug::kSkipPrevCheck) || Planted(Bug::kAcceptGap);
  if (header.seq != expected || (header.prev != link.before.head && !skips)) {
    return Refuse(Refusal::kBadChain, author, header.seq, "does not follow the entry before it");
  }
  constexpr std::uint64_t kYear2040 = 2'208'988'800'000;
  if (Planted(Bug::kClockDecides) && header.claimed_time_ms > kYear2040) {
    return Refuse(Refusal::kMalformed, author, header.seq, "claims a time that lies ahead");
  }
  if (CollectionOf(header.kind) != author.collection && author.collection == Collection(0)) {
    return Refuse(Refusal::kMalformed, author, header.seq, "a kind of another collection in the roster");
  }
  const bool may_be_erased = author.collection != kRosterCollection && author.collection != kErasures;
  if (header.has_payload && !entry.payload && !may_be_erased) {
    return Refuse(Refusal::kPayloadMissing, author, header.seq, "a payload of this collection is never erased");
  }
  if (!header.has_payload && entry.payload) {
    return Refuse(Refusal::kMalformed, author, header.seq, "a payload where the header has none");
  }
  if (entry.payload && (entry.payload->payload.size() != header.payload_len ||
                        PayloadCommit(crypto, *entry.payload) != header.payload_commit)) {
    return Refuse(Refusal::kBadPayload, author, header.seq, "does not match its commitment");
  }
  return absl::OkStatus();
}

absl::Status JudgeEnds(const FeedAuthor& author, const FeedTail& tail, const FeedId& feed, const TransferUnit& unit) {
  if (unit.feed != feed || unit.end.feed != feed) {
    return Refuse(Refusal::kUnknownFeed, author, unit.from, "the feed id is not this author's");
  }
  if (unit.entries.empty() || unit.entries.size() > kUnitEntriesMax) {
    return Refuse(Refusal::kMalformed, author, unit.from, "1 to 4,096 entries make a unit");
  }
  const bool is_gap = unit.from.value() > tail.len.value() + 1;
  if (unit.from.value() != tail.len.value() + 1 && !(Planted(Bug::kAcceptGap) && is_gap)) {
    return Refuse(Refusal::kNotContiguous, author, unit.from, absl::StrCat("our copy ends at ", tail.len.value()));
  }
  if (unit.end.len.value() != unit.from.value() + unit.entries.size() - 1) {
    return Refuse(Refusal::kMalformed, author, unit.from, "the checkpoint is not of the last entry");
  }
  if (unit.end.len > author.length_max) {
    return Refuse(Refusal::kBeyondLimit, author, unit.end.len,
                  absl::StrCat("the policy allows ", author.length_max.value(), " entries"));
  }
  if (!author.seal || Planted(Bug::kIgnoreSeal)) return absl::OkStatus();
  const Checkpoint& seal = *author.seal;
  if (unit.end.len > seal.len) {
    return Refuse(Refusal::kBeyondSeal, author, unit.end.len,
                  absl::StrCat("the roster has ended this feed at ", seal.len.value()));
  }
  if (unit.end.len == seal.len && unit.end.head != seal.head) {
    return Refuse(Refusal::kOtherBranch, author, unit.end.len, "the roster has ended this feed in another entry");
  }
  return absl::OkStatus();
}

void WriteEntry(ByteWriter& writer, const Entry& entry) {
  writer.Raw(entry.header).U8(entry.payload ? 1 : 0);
  if (entry.payload) writer.Raw(entry.payload->salt.view()).Raw(entry.payload->payload);
}

absl::StatusOr<Entry> ReadEntry(ByteReader& reader) {
  Entry entry;
  const BytesView fixed = reader.Raw(kHeaderBytes);
  if (!reader.ok()) return absl::InvalidArgumentError("transfer unit: cut short in a header");
  ByteReader ext_len_reader(fixed.substr(6, 2));
  const BytesView ext = reader.Raw(ext_len_reader.U16());
  entry.header = absl::StrCat(fixed, ext);
  const std::uint8_t present = reader.U8();
  if (!reader.ok() || present > 1) return absl::InvalidArgumentError("transfer unit: cut short after a header");
  absl::StatusOr<EntryHeader> header = DecodeHeader(entry.header);
  HANSA_RETURN_IF_ERROR(header.status());
  if (present == 1) {
    SaltedPayload payload;
    payload.salt = reader.Take<Salt>();
    payload.payload = Bytes(reader.Raw(header->payload_len));
    if (!header->has_payload || !reader.ok()) {
      return absl::InvalidArgumentError("transfer unit: cut short in a payload");
    }
    entry.payload = std::move(payload);
  }
  return entry;
}

}  // namespace

Bytes EncodeUnit(const TransferUnit& unit) {
  ByteWriter writer;
  writer.Raw(unit.feed.view()).U64(unit.from.value()).U32(static_cast<std::uint32_t>(unit.entries.size()));
  for (const Entry& entry : unit.entries) WriteEntry(writer, entry);
  writer.U64(unit.end.len.value()).Raw(unit.end.head.view()).Raw(unit.end.signature.view());
  return std::move(writer).bytes();
}

absl::StatusOr<TransferUnit> DecodeUnit(BytesView bytes) {
  ByteReader reader(bytes);
  TransferUnit unit;
  unit.feed = reader.Take<FeedId>();
  unit.from = Sequence(reader.U64());
  const std::uint32_t count = reader.U32();
  if (!reader.ok() || count == 0 || count > kUnitEntriesMax || unit.from.value() == 0) {
    return absl::InvalidArgumentError("transfer unit: 1 to 4,096 entries from sequence 1 on");
  }
  std::size_t counted = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    absl::StatusOr<Entry> entry = ReadEntry(reader);
    HANSA_RETURN_IF_ERROR(entry.status());
    counted += CountedBytes(*DecodeHeader(entry->header));
    if (counted > kUnitBytesMax) return absl::InvalidArgumentError("transfer unit: over 512 KiB");
    unit.entries.push_back(*std::move(entry));
  }
  unit.end.feed = unit.feed;
  unit.end.len = Sequence(reader.U64());
  unit.end.head = reader.Take<Hash>();
  unit.end.signature = reader.Take<Signature>();
  if (!reader.at_end()) return absl::InvalidArgumentError("transfer unit: its end does not fit its bytes");
  return unit;
}

const char* RefusalName(Refusal refusal) { return RowOf(refusal).name; }
bool IsSendersFault(Refusal refusal) { return RowOf(refusal).senders_fault; }

absl::Status RefusedFor(Refusal refusal, absl::string_view detail) {
  absl::Status status = absl::FailedPreconditionError(absl::StrCat(RefusalName(refusal), ": ", detail));
  status.SetPayload(kRefusalUrl, absl::Cord(absl::StrCat(static_cast<int>(refusal))));
  return status;
}

Refusal RefusalOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kRefusalUrl);
  if (!payload) return Refusal::kMalformed;
  int number = 0;
  HANSA_CHECK(absl::SimpleAtoi(std::string(*payload), &number));
  return static_cast<Refusal>(number);
}

VerifiedUnit::VerifiedUnit(const FeedAuthor& author, TransferUnit unit, std::vector<EntryHeader> headers)
    : author_(author), unit_(std::move(unit)), headers_(std::move(headers)) {
  for (const EntryHeader& header : headers_) counted_bytes_ += CountedBytes(header);
}

void VerifiedUnit::LeaveOutPayload(Sequence seq) {
  HANSA_CHECK(seq >= unit_.from && seq <= unit_.end.len);
  unit_.entries[seq.value() - unit_.from.value()].payload.reset();
}

absl::StatusOr<VerifiedUnit> VerifiedUnit::Verify(const Crypto& crypto, const NetworkId& network,
                                                  const FeedAuthor& author, const FeedTail& tail, TransferUnit unit) {
  const FeedId feed = FeedIdOf(crypto, network, author);
  HANSA_RETURN_IF_ERROR(JudgeEnds(author, tail, feed, unit));
  std::vector<EntryHeader> headers;
  Link link{feed, tail};
  if (Planted(Bug::kAcceptGap) && unit.from > link.before.len) link.before.len = Sequence(unit.from.value() - 1);
  std::size_t counted = 0;
  for (const Entry& entry : unit.entries) {
    absl::StatusOr<EntryHeader> header = DecodeHeader(entry.header);
    if (!header.ok()) {
      return Refuse(Refusal::kMalformed, author, Sequence(link.before.len.value() + 1), header.status().message());
    }
    HANSA_RETURN_IF_ERROR(JudgeEntry(crypto, author, link, *header, entry));
    counted += CountedBytes(*header);
    link.before = {header->seq, EntryHash(crypto, entry.header), header->end_of_feed};
    headers.push_back(*std::move(header));
  }
  if (counted > kUnitBytesMax) return Refuse(Refusal::kMalformed, author, unit.from, "over 512 KiB");
  if (headers.back().more) return Refuse(Refusal::kMalformed, author, unit.end.len, "ends inside a batch");
  if (unit.end.head != link.before.head || !IsSignedBy(crypto, network, unit.end, author.writer)) {
    return Refuse(Refusal::kBadSignature, author, unit.end.len, "the checkpoint is not its author's");
  }
  return VerifiedUnit(author, std::move(unit), std::move(headers));
}

absl::StatusOr<VerifiedUnit> VerifiedUnit::Sign(const Crypto& crypto, const NetworkId& network,
                                                const FeedAuthor& author, const Signer& signer, const FeedTail& tail,
                                                absl::Span<const NewEntry> entries) {
  HANSA_CHECK(signer.public_key() == author.writer);
  if (entries.empty() || entries.size() > kUnitEntriesMax) {
    return absl::InvalidArgumentError("publishing: 1 to 4,096 entries make a batch");
  }
  if (tail.ended) return absl::InvalidArgumentError("publishing: this feed has ended; nothing may follow");
  if (tail.len.value() + entries.size() > author.length_max.value()) {
    return absl::ResourceExhaustedError(
        absl::StrCat("publishing: the network's policy allows ", author.length_max.value(),
                     " entries in this collection; ask the secretariat to raise the limit"));
  }
  TransferUnit unit{FeedIdOf(crypto, network, author), Sequence(tail.len.value() + 1), {}, {}};
  std::vector<EntryHeader> headers;
  FeedTail end = tail;
  std::size_t counted = 0;
  for (const NewEntry& fresh : entries) {
    EntryHeader header;
    header.has_payload = fresh.payload.has_value();
    header.retract = fresh.retract;
    header.end_of_feed = fresh.end_of_feed;
    header.more = &fresh != &entries.back();
    header.kind = fresh.kind;
    header.schema_ver = fresh.schema_ver;
    header.seq = Sequence(end.len.value() + 1);
    header.feed = unit.feed;
    header.prev = end.head;
    header.record = fresh.record;
    header.claimed_time_ms = fresh.claimed_time_ms;
    for (const ExtItem& item : fresh.ext) {
      if (item.value.size() > kExtBytesMax)
        return absl::InvalidArgumentError("publishing: extensions over 1,024 bytes");
    }
    header.ext = EncodeExt(fresh.ext);
    if (header.ext.size() > kExtBytesMax) return absl::InvalidArgumentError("publishing: extensions over 1,024 bytes");
    if (fresh.payload) {
      if (fresh.payload->payload.size() > kPayloadBytesMax) {
        return absl::InvalidArgumentError(absl::StrCat("publishing: a record of ", fresh.payload->payload.size(),
                                                       " bytes; at most ", kPayloadBytesMax, " fit; shorten it"));
      }
      header.payload_len = static_cast<std::uint32_t>(fresh.payload->payload.size());
      header.payload_commit = PayloadCommit(crypto, *fresh.payload);
    }
    Entry entry{EncodeHeader(header), fresh.payload};
    // What everyone would refuse is never signed.
    HANSA_RETURN_IF_ERROR(DecodeHeader(entry.header).status());
    counted += CountedBytes(header);
    end = {header.seq, EntryHash(crypto, entry.header), header.end_of_feed};
    headers.push_back(std::move(header));
    unit.entries.push_back(std::move(entry));
  }
  if (counted > kUnitBytesMax) {
    return absl::InvalidArgumentError("publishing: more than 512 KiB at once; publish in smaller parts");
  }
  unit.end = {unit.feed, end.len, end.head, signer.Sign(CheckpointMessage(network, unit.feed, end.len, end.head))};
  return VerifiedUnit(author, std::move(unit), std::move(headers));
}

}  // namespace hansa::replication
