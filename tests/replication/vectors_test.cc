// The code and an independent script agree on every frozen byte of keys, feeds, entries, checkpoints, units,
// statements.
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "replication/collections.h"
#include "replication/entry.h"
#include "replication/feed.h"
#include "replication/root_document.h"
#include "replication/roster_messages.h"
#include "replication/statement.h"
#include "replication/transfer_unit.h"
#include "tests/replication/vectors.h"
#include "tests/testing/status_matchers.h"

namespace hansa::replication {
namespace {

using ::testing::Eq;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::Must;
using testing::StatusIs;

const Crypto& crypto() { return SodiumCrypto(); }

TEST(KeyVectors, SeedsGiveTheSameKeysSignaturesAndPins) {
  const Json vectors = ReadVectors("keys");
  for (const Json& row : vectors.at("signers")) {
    const std::unique_ptr<Signer> signer = SignerOf(row, "seed");
    const PublicKey key = Take<PublicKey>(row, "public");
    const Bytes message = BytesOf(row, "message");
    EXPECT_EQ(signer->public_key(), key);
    EXPECT_EQ(signer->Sign(message), Take<Signature>(row, "signature"));
    EXPECT_TRUE(crypto().Verify(key, message, Take<Signature>(row, "signature")));
    EXPECT_TRUE(crypto().IsValidPoint(key));
    EXPECT_EQ(PinOf(crypto(), key), Take<Pin>(row, "pin"));
  }
}

TEST(KeyVectors, PointsOfSmallOrderAndOthersThatAreNoKeysAreRefused) {
  const Json vectors = ReadVectors("keys");
  const Signature forged = Take<Signature>(vectors, "forged_signature");
  ASSERT_GE(vectors.at("invalid").size(), 12u);
  for (const Json& row : vectors.at("invalid")) {
    const PublicKey key = Take<PublicKey>(row, "key");
    EXPECT_FALSE(crypto().IsValidPoint(key)) << row.at("what");
    EXPECT_FALSE(crypto().Verify(key, "any message", forged)) << row.at("what");
  }
}

RootDocument DocumentOf(const Json& row) {
  RootDocument document;
  document.version = row.at("version").get<std::uint32_t>();
  document.prev_hash = Take<Hash>(row, "prev_hash");
  document.root_keys = KeysOf(row, "root_keys");
  document.threshold = row.at("threshold").get<std::uint32_t>();
  document.roster_incarnation = Number<Incarnation>(row, "roster_incarnation");
  document.roster_writer = Take<PublicKey>(row, "roster_writer");
  document.officer_keys = KeysOf(row, "officer_keys");
  document.approvals = row.at("approvals").get<std::uint32_t>();
  document.from_len = Number<Sequence>(row, "from_len");
  if (row.contains("previous_roster")) {
    const Json& seal = row.at("previous_roster");
    document.previous_roster =
        RosterSeal{Number<Sequence>(seal, "len"), Take<Hash>(seal, "head"), Take<Signature>(seal, "author_signature")};
  }
  return document;
}

TEST(RootVectors, DocumentsHaveTheSameBytesHashAndSignatures) {
  const Json vectors = ReadVectors("root");
  const Json& versions = vectors.at("versions");
  ASSERT_EQ(versions.size(), 3u);
  EXPECT_EQ(NetworkIdOf(crypto(), BytesOf(versions[0], "body")), NetworkOf(vectors));
  for (const Json& row : versions) {
    const RootDocument document = DocumentOf(row.at("document"));
    const Bytes body = BytesOf(row, "body");
    EXPECT_EQ(EncodeRootBody(document), body);
    EXPECT_THAT(DecodeRootBody(body), IsOkAndHolds(Eq(document)));
    EXPECT_EQ(RootMessage(body), BytesOf(row, "message"));
    EXPECT_EQ(RootHash(crypto(), body), Take<Hash>(row, "hash"));
    SignedRoot root{body, {}};
    for (const Json& signature : row.at("signatures")) {
      root.signatures.push_back({signature.at("key_index").get<std::uint16_t>(),
                                 signature.at("of_version").get<std::uint32_t>(),
                                 Take<Signature>(signature, "signature")});
    }
    EXPECT_EQ(EncodeSignedRoot(root), BytesOf(row, "signed"));
    EXPECT_THAT(DecodeSignedRoot(BytesOf(row, "signed")), IsOkAndHolds(Eq(root)));
  }
}

TEST(RootVectors, TheChainIsWalkedToItsEnd) {
  const Json vectors = ReadVectors("root");
  const Json& versions = vectors.at("versions");
  RootChain chain = Must(RootChain::Begin(crypto(), Must(DecodeSignedRoot(BytesOf(versions[0], "signed")))));
  for (std::size_t i = 1; i < versions.size(); ++i) {
    EXPECT_THAT(chain.Append(crypto(), Must(DecodeSignedRoot(BytesOf(versions[i], "signed")))), IsOk());
  }
  EXPECT_EQ(chain.network(), NetworkOf(vectors));
  EXPECT_EQ(chain.newest(), DocumentOf(versions[2].at("document")));
}

FeedAuthor AuthorOf(const Json& row) {
  return {Number<Member>(row, "member"), Number<Collection>(row, "collection"), Number<Incarnation>(row, "incarnation"),
          Take<PublicKey>(row, "writer"), Sequence(100'000)};
}

TEST(FeedVectors, FeedsHaveTheSameIds) {
  const Json vectors = ReadVectors("feed");
  for (const Json& row : vectors.at("feeds")) {
    EXPECT_EQ(FeedIdOf(crypto(), NetworkOf(vectors), AuthorOf(row)), Take<FeedId>(row, "feed"));
  }
}

TEST(CheckpointVectors, CheckpointsHaveTheSameMessageAndSignature) {
  const Json vectors = ReadVectors("checkpoint");
  const std::unique_ptr<Signer> writer = SignerOf(vectors, "writer_seed");
  EXPECT_EQ(writer->public_key(), Take<PublicKey>(vectors, "writer"));
  for (const Json& row : vectors.at("checkpoints")) {
    const Checkpoint checkpoint{Take<FeedId>(row, "feed"), Number<Sequence>(row, "len"), Take<Hash>(row, "head"),
                                Take<Signature>(row, "signature")};
    const Bytes message = CheckpointMessage(NetworkOf(vectors), checkpoint.feed, checkpoint.len, checkpoint.head);
    EXPECT_EQ(message, BytesOf(row, "message"));
    EXPECT_EQ(writer->Sign(message), checkpoint.signature);
    EXPECT_TRUE(IsSignedBy(crypto(), NetworkOf(vectors), checkpoint, writer->public_key()));
  }
}

EntryHeader HeaderOf(const Json& row) {
  EntryHeader header;
  header.has_payload = row.at("has_payload").get<bool>();
  header.retract = row.at("retract").get<bool>();
  header.end_of_feed = row.at("end_of_feed").get<bool>();
  header.more = row.at("more").get<bool>();
  header.kind = Number<Kind>(row, "kind");
  header.schema_ver = row.at("schema_ver").get<std::uint16_t>();
  header.seq = Number<Sequence>(row, "seq");
  header.feed = Take<FeedId>(row, "feed");
  header.prev = Take<Hash>(row, "prev");
  header.record = Take<RecordId>(row, "record");
  header.claimed_time_ms = row.at("claimed_time_ms").get<std::uint64_t>();
  header.payload_len = row.at("payload_len").get<std::uint32_t>();
  header.payload_commit = Take<Hash>(row, "payload_commit");
  header.ext = BytesOf(row, "ext");
  return header;
}

TEST(EntryVectors, HeadersHaveTheSameBytesAndHash) {
  const Json vectors = ReadVectors("entry");
  for (const Json& row : vectors.at("entries")) {
    const EntryHeader header = HeaderOf(row.at("fields"));
    const Bytes bytes = BytesOf(row, "header");
    EXPECT_EQ(ToHex(EncodeHeader(header)), ToHex(bytes)) << row.at("what");
    EXPECT_THAT(DecodeHeader(bytes), IsOkAndHolds(Eq(header))) << row.at("what");
    EXPECT_EQ(EntryHash(crypto(), bytes), Take<Hash>(row, "entry_hash")) << row.at("what");
    EXPECT_EQ(CountedBytes(header), row.at("counted_bytes").get<std::size_t>()) << row.at("what");
  }
}

TEST(EntryVectors, PayloadsHaveTheSameCommitment) {
  const Json vectors = ReadVectors("entry");
  for (const Json& row : vectors.at("commits")) {
    EXPECT_EQ(PayloadCommit(crypto(), {Take<Salt>(row, "salt"), BytesOf(row, "payload")}), Take<Hash>(row, "commit"));
  }
}

TEST(EntryVectors, HeadersThatEveryoneRefusesAreRefused) {
  const Json vectors = ReadVectors("refused_headers");
  for (const Json& header : vectors.at("accepted")) {
    EXPECT_THAT(DecodeHeader(*FromHex(header.get<std::string>())), IsOk());
  }
  ASSERT_GE(vectors.at("refused").size(), 27u);
  for (const Json& row : vectors.at("refused")) {
    EXPECT_THAT(DecodeHeader(BytesOf(row, "header")), StatusIs(absl::StatusCode::kInvalidArgument)) << row.at("what");
  }
}

TEST(ExtVectors, ItemsHaveTheSameLayout) {
  const Json items = ReadVectors("entry").at("items");
  const Json& recovered = items.at("recovered_from");
  EXPECT_EQ(
      ByteWriter().Raw(Take<FeedId>(recovered, "feed").view()).U64(recovered.at("seq").get<std::uint64_t>()).bytes(),
      BytesOf(recovered, "value"));
  const Json& order = items.at("order");
  EXPECT_EQ(ByteWriter()
                .Raw(Take<FeedId>(order, "feed").view())
                .U64(order.at("seq").get<std::uint64_t>())
                .Raw(Take<Hash>(order, "entry_hash").view())
                .U16(order.at("reason").get<std::uint16_t>())
                .bytes(),
            BytesOf(order, "value"));
  EXPECT_THAT(DecodeExt(EncodeExt({{2, BytesOf(order, "value")}})),
              IsOkAndHolds(Eq(std::vector<ExtItem>{{2, BytesOf(order, "value")}})));
}

// Item 3 holds statements of type 5 over the order of item 2.
TEST(ExtVectors, OfficersApproveAnOrderAsTheyApproveARosterEntry) {
  const Json items = ReadVectors("entry").at("items");
  const Json& approvals = items.at("approvals");
  const Bytes body = ApprovalBody(crypto(), Number<Kind>(approvals, "kind"), Take<RecordId>(approvals, "record"),
                                  BytesOf(items.at("order"), "value"));
  EXPECT_EQ(body, BytesOf(approvals, "body"));
  const Bytes value = BytesOf(approvals, "value");
  ByteReader reader(value);
  int count = 0;
  for (; reader.remaining() > 0; ++count) {
    const PublicKey officer = reader.Take<PublicKey>();
    const Signature signature = reader.Take<Signature>();
    EXPECT_TRUE(IsSigned(crypto(), NetworkOf(approvals), StatementType::kApproval, {body, officer, signature}));
  }
  EXPECT_TRUE(reader.at_end());
  EXPECT_EQ(count, 2);
}

TEST(StatementVectors, EveryTypeHasTheSameMessageAndSignature) {
  const Json vectors = ReadVectors("statement");
  ASSERT_EQ(vectors.at("statements").size(), 9u);
  for (const Json& row : vectors.at("statements")) {
    const auto type = static_cast<StatementType>(row.at("type").get<std::uint16_t>());
    const std::unique_ptr<Signer> signer = SignerOf(row, "seed");
    const Statement expected{BytesOf(row, "body"), Take<PublicKey>(row, "signer"), Take<Signature>(row, "signature")};
    EXPECT_EQ(StatementMessage(crypto(), NetworkOf(vectors), type, expected.body), BytesOf(row, "message"));
    EXPECT_EQ(SignStatement(crypto(), NetworkOf(vectors), type, *signer, expected.body), expected) << row.at("what");
    EXPECT_TRUE(IsSigned(crypto(), NetworkOf(vectors), type, expected)) << row.at("what");
  }
}

TEST(StatementVectors, TheBodyOfAnApprovalIsTheSame) {
  const Json row = ReadVectors("statement").at("approval");
  EXPECT_EQ(ApprovalBody(crypto(), Number<Kind>(row, "kind"), Take<RecordId>(row, "nonce"), BytesOf(row, "approved")),
            BytesOf(row, "body"));
}

TEST(StatementVectors, TheirBodiesBeginWithTheirTag) {
  const Json bodies = ReadVectors("statement").at("bodies");
  EXPECT_EQ(Encode(Recommendation{Take<Hash>(bodies[0], "application_hash"), TextOf(bodies[0], "slug"),
                                  TextOf(bodies[0], "country"), Take<Hash>(bodies[0], "reason_hash")}),
            BytesOf(bodies[0], "body"));
  EXPECT_EQ(Encode(Consent{Number<Member>(bodies[1], "member"), Number<Incarnation>(bodies[1], "incarnation"),
                           Take<PublicKey>(bodies[1], "writer"), PinsHash(crypto(), KeysOf(bodies[1], "tls"))}),
            BytesOf(bodies[1], "body"));
  EXPECT_EQ(Encode(KeyConsent{Take<Hash>(bodies[2], "application_hash"), Number<Member>(bodies[2], "authority")}),
            BytesOf(bodies[2], "body"));
}

NewEntry DraftOf(const Json& row) {
  NewEntry entry;
  entry.kind = Number<Kind>(row, "kind");
  entry.record = Take<RecordId>(row, "record");
  entry.claimed_time_ms = row.at("claimed_time_ms").get<std::uint64_t>();
  entry.ext = Must(DecodeExt(BytesOf(row, "ext")));
  if (!row.at("payload").is_null()) entry.payload = SaltedPayload{Take<Salt>(row, "salt"), BytesOf(row, "payload")};
  return entry;
}

TEST(UnitVectors, SigningTheSameEntriesGivesTheSameBytes) {
  const Json vectors = ReadVectors("unit");
  const FeedAuthor author = AuthorOf(vectors.at("author"));
  EXPECT_EQ(FeedIdOf(crypto(), NetworkOf(vectors), author), Take<FeedId>(vectors, "feed"));
  for (const Json& row : vectors.at("verified")) {
    std::vector<NewEntry> entries;
    for (const Json& draft : row.at("entries")) entries.push_back(DraftOf(draft));
    const FeedTail before{Sequence(row.at("from").get<std::uint64_t>() - 1), Take<Hash>(row, "prev")};
    const VerifiedUnit unit = Must(
        VerifiedUnit::Sign(crypto(), NetworkOf(vectors), author, *SignerOf(vectors, "writer_seed"), before, entries));
    EXPECT_EQ(ToHex(EncodeUnit(unit.unit())), row.at("unit").get<std::string>()) << row.at("what");
    EXPECT_EQ(unit.counted_bytes(), row.at("counted_bytes").get<std::size_t>());
  }
}

TEST(UnitVectors, UnitsVerifyOneAfterTheOther) {
  const Json vectors = ReadVectors("unit");
  const FeedAuthor author = AuthorOf(vectors.at("author"));
  FeedTail tail;
  for (const Json& row : vectors.at("verified")) {
    TransferUnit decoded = Must(DecodeUnit(BytesOf(row, "unit")));
    EXPECT_EQ(ToHex(EncodeUnit(decoded)), row.at("unit").get<std::string>());
    const VerifiedUnit unit =
        Must(VerifiedUnit::Verify(crypto(), NetworkOf(vectors), author, tail, std::move(decoded)));
    EXPECT_EQ(unit.tail().len, Number<Sequence>(row, "len"));
    EXPECT_EQ(unit.tail().head, Take<Hash>(row, "head"));
    EXPECT_EQ(unit.counted_bytes(), row.at("counted_bytes").get<std::size_t>());
    tail = unit.tail();
  }
  const Json& row = vectors.at("payload_missing")[0];
  const TransferUnit erased = Must(DecodeUnit(BytesOf(row, "unit")));
  EXPECT_EQ(ToHex(EncodeUnit(erased)), row.at("unit").get<std::string>());
  EXPECT_EQ(Must(VerifiedUnit::Verify(crypto(), NetworkOf(vectors), author, tail, erased)).tail().len, erased.end.len);
}

}  // namespace
}  // namespace hansa::replication
