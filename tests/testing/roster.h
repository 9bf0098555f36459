// A small network made from nothing: root keys, officers, a founding, applicants with their papers, and a roster that
// grows entry by entry. Everything follows from labels, so the same calls always give the same bytes.
#ifndef HANSA_TESTS_TESTING_ROSTER_H_
#define HANSA_TESTS_TESTING_ROSTER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "replication/roster.h"
#include "replication/transfer_unit.h"

namespace hansa::testing {

using Key = std::shared_ptr<replication::Signer>;
using Keys = std::vector<Key>;

// 32 bytes that follow from `label`.
inline replication::Hash Random(absl::string_view label) {
  return replication::SodiumCrypto().Sha256(absl::StrCat("hansa test: ", label));
}
inline replication::RecordId RecordNamed(absl::string_view label) {
  return *replication::RecordId::From(Random(label).view().substr(0, 16));
}
inline replication::Salt SaltNamed(absl::string_view label) { return *replication::Salt::From(Random(label).view()); }
// The same label gives the same key.
inline Key KeyNamed(absl::string_view label) {
  return replication::SodiumSigner(*replication::Seed::From(Random(label).view()));
}
inline Keys KeysNamed(absl::string_view label, int count) {
  Keys keys;
  for (int i = 1; i <= count; ++i) keys.push_back(KeyNamed(absl::StrCat(label, " ", i)));
  return keys;
}
inline std::vector<replication::PublicKey> PublicKeysOf(const Keys& keys) {
  std::vector<replication::PublicKey> result;
  for (const Key& key : keys) result.push_back(key->public_key());
  return result;
}

// Somebody who would join: what it says of itself, and its keys.
struct Applicant {
  replication::Application application;
  Key writer;
  Keys tls;
};

// A node with one TLS key.
inline Applicant ApplicantNamed(absl::string_view slug, replication::MemberKind kind, absl::string_view country) {
  Applicant applicant;
  applicant.writer = KeyNamed(absl::StrCat(slug, " writer"));
  applicant.tls = {KeyNamed(absl::StrCat(slug, " tls"))};
  applicant.application.kind = kind;
  applicant.application.slug = std::string(slug);
  applicant.application.name = absl::StrCat("Name of ", slug);
  applicant.application.country = std::string(country);
  applicant.application.writer = applicant.writer->public_key();
  applicant.application.tls = PublicKeysOf(applicant.tls);
  applicant.application.nonce = Random(absl::StrCat("application of ", slug)).str().substr(0, 16);
  return applicant;
}
inline Applicant CityNamed(absl::string_view slug, absl::string_view country) {
  return ApplicantNamed(slug, replication::MemberKind::kCity, country);
}
inline Applicant AuthorityOf(absl::string_view country) {
  return ApplicantNamed(absl::StrCat("commission-", absl::AsciiStrToLower(country)),
                        replication::MemberKind::kAuthority, country);
}
// A key that signs statements and writes no feed.
inline Applicant SignerNamed(absl::string_view code, replication::KeyRole role, absl::string_view country) {
  Applicant applicant = ApplicantNamed(code, replication::MemberKind::kNotGiven, country);
  applicant.application.key_role = role;
  applicant.application.key_code = std::string(code);
  applicant.application.tls.clear();
  applicant.tls.clear();
  return applicant;
}

// The keys that a member goes on with.
struct NewKeys {
  Key writer;
  Keys tls;
};
inline NewKeys NewKeysNamed(absl::string_view label) {
  return {KeyNamed(absl::StrCat(label, " writer")), {KeyNamed(absl::StrCat(label, " tls"))}};
}

// One entry to put in the roster.
struct RosterEntry {
  replication::Kind kind;
  replication::Bytes body;
  Keys approvers;                               // officers who sign it
  std::optional<replication::RecordId> record;  // absent: a fresh one
  std::uint16_t schema_ver = 1;
};

struct NetworkShape {
  int root_keys = 1;
  std::uint32_t threshold = 1;
  int officers = 1;
  std::uint32_t approvals = 1;
};

// Who may write what in a network that nobody told otherwise.
inline std::vector<replication::WriteRight> UsualRights() {
  using replication::MemberKind;
  constexpr replication::Sequence kPlenty{100'000};
  return {{MemberKind::kNotGiven, replication::kRosterCollection, replication::Sequence(1'000'000)},
          {MemberKind::kSecretariat, replication::kErasures, kPlenty},
          {MemberKind::kSecretariat, replication::kNotices, kPlenty},
          {MemberKind::kSecretariat, replication::kAggregates, kPlenty},
          {MemberKind::kCity, replication::kErasures, kPlenty},
          {MemberKind::kCity, replication::kIndicators, kPlenty},
          {MemberKind::kCity, replication::kPractices, kPlenty},
          {MemberKind::kCity, replication::kOffers, kPlenty},
          {MemberKind::kCity, replication::kDialogue, kPlenty},
          {MemberKind::kAuthority, replication::kDialogue, kPlenty},
          {MemberKind::kPartner, replication::kPractices, kPlenty}};
}

// A network seen from its hub: all keys at hand. Not yet founded unless made by Founded().
class Network {
 public:
  explicit Network(const NetworkShape& shape = {})
      : shape_(shape),
        root_keys_(KeysNamed("root", shape.root_keys)),
        officers_(KeysNamed("officer", shape.officers)),
        writer_(KeyNamed("roster writer")),
        roster_(crypto(), Begin()) {}

  // With the four entries of a founding: policy, framework, network information, the first secretariat node.
  static Network Founded(const NetworkShape& shape = {}) {
    Network network(shape);
    for (const RosterEntry& entry : network.FoundingEntries()) HANSA_CHECK(network.Append(entry).valid);
    return network;
  }

  static const replication::Crypto& crypto() { return replication::SodiumCrypto(); }
  const replication::NetworkId& id() const { return roster_.network(); }
  const replication::Roster& roster() const { return roster_; }
  const Keys& officers() const { return officers_; }
  // As many officers as an approval needs.
  Keys approvers() const { return {officers_.begin(), officers_.begin() + shape_.approvals}; }
  const Key& writer() const { return writer_; }
  const Applicant& hub() const { return hub_; }
  // Everything appended so far, as it would travel.
  const std::vector<replication::VerifiedUnit>& units() const { return units_; }

  // The bytes of the payload that `entry` stands for under `record`.
  replication::Bytes PayloadOf(const RosterEntry& entry, const replication::RecordId& record) const {
    replication::RosterPayload payload{entry.body, {}};
    const replication::Bytes approved = replication::ApprovalBody(crypto(), entry.kind, record, entry.body);
    for (const Key& officer : entry.approvers) {
      const replication::Statement statement = Signed(replication::StatementType::kApproval, *officer, approved);
      payload.approvals.push_back({statement.signer, statement.signature});
    }
    return replication::Encode(payload);
  }
  // The record id that `entry` would have.
  replication::RecordId RecordOf(const RosterEntry& entry) const {
    return entry.record.value_or(RecordNamed(absl::StrCat("roster record ", roster_.lines().size() + 1)));
  }

  // Signs an entry as the roster's writer, verifies it as everyone does, and folds it: valid or void.
  const replication::RosterLine& Append(const RosterEntry& entry) {
    const replication::RecordId record = RecordOf(entry);
    replication::NewEntry fresh;
    fresh.kind = entry.kind;
    fresh.schema_ver = entry.schema_ver;
    fresh.record = record;
    replication::Bytes payload = PayloadOf(entry, record);  // empty only for an empty body that nobody approved
    if (!payload.empty()) fresh.payload = replication::SaltedPayload{SaltNamed(record.view()), std::move(payload)};
    const replication::FeedTail tail{roster_.position().len, roster_.position().head};
    absl::StatusOr<replication::VerifiedUnit> signed_unit =
        replication::VerifiedUnit::Sign(crypto(), id(), roster_.author(), *writer_, tail, {&fresh, 1});
    HANSA_CHECK(signed_unit.ok());
    absl::StatusOr<replication::VerifiedUnit> verified =
        replication::VerifiedUnit::Verify(crypto(), id(), roster_.author(), tail, signed_unit->unit());
    HANSA_CHECK(verified.ok());
    units_.push_back(*verified);
    return roster_.Fold(verified->unit().entries.front());
  }

  replication::Statement Signed(replication::StatementType type, const replication::Signer& by,
                                replication::Bytes body) const {
    return replication::SignStatement(crypto(), id(), type, by, std::move(body));
  }
  replication::Statement Apply(const Applicant& applicant) const {
    return Signed(replication::StatementType::kApplication, *applicant.writer,
                  replication::Encode(applicant.application));
  }
  std::vector<replication::PossessionProof> Possession(const replication::Bytes& body, const Keys& tls) const {
    std::vector<replication::PossessionProof> proofs;
    for (const Key& key : tls) {
      const replication::Statement proof = Signed(replication::StatementType::kTlsPossession, *key, body);
      proofs.push_back({proof.signer, proof.signature});
    }
    return proofs;
  }
  replication::Statement Recommend(const Applicant& city, const replication::Signer& by,
                                   absl::string_view country) const {
    const replication::Hash application = crypto().Sha256(replication::Encode(city.application));
    const replication::Recommendation recommendation{application, city.application.slug, std::string(country),
                                                     std::nullopt};
    return Signed(replication::StatementType::kRecommendation, by, replication::Encode(recommendation));
  }

  // What admits `applicant` under the next number, with its proofs; no recommendation.
  replication::MemberAdd AdmissionOf(const Applicant& applicant) const {
    replication::MemberAdd add;
    add.number = roster_.state().NextNumber(applicant.application.kind);
    add.region = "EUR";
    add.application = Apply(applicant);
    add.possession = Possession(add.application.body, applicant.tls);
    return add;
  }
  RosterEntry EntryOf(const replication::MemberAdd& add, Keys by = {}) const {
    return {replication::roster_kind::kMemberAdd, replication::Encode(add), std::move(by), std::nullopt};
  }

  // Lawful admissions. Each gives the new member's number.
  replication::Member AdmitAuthority(const Applicant& authority) {
    return MustAdmit(AdmissionOf(authority), approvers());
  }
  replication::Member AdmitPartner(const Applicant& partner) { return MustAdmit(AdmissionOf(partner), {}); }
  replication::Member AdmitCity(const Applicant& city, const Applicant& authority) {
    replication::MemberAdd add = AdmissionOf(city);
    add.recommendation = Recommend(city, *authority.writer, city.application.country);
    return MustAdmit(add, {});
  }

  // `keys` for `member` from `incarnation` on, with all proofs; with the consent of `old_writer` unless it is nullptr.
  replication::NewIncarnation Renewal(replication::Member member, std::uint32_t incarnation, const NewKeys& keys,
                                      const Key& old_writer) const {
    const replication::Hash pins = replication::PinsHash(crypto(), PublicKeysOf(keys.tls));
    const replication::Consent consent{member, replication::Incarnation(incarnation), keys.writer->public_key(), pins};
    replication::NewIncarnation fresh;
    fresh.body = replication::Encode(consent);
    using replication::StatementType;
    if (old_writer) fresh.consent = Signed(StatementType::kConsent, *old_writer, fresh.body).signature;
    fresh.writer_possession = Signed(StatementType::kWriterPossession, *keys.writer, fresh.body).signature;
    fresh.possession = Possession(fresh.body, keys.tls);
    return fresh;
  }
  // What changes the TLS keys of `member`, by the consent of `writer`, with all proofs.
  replication::MemberUpdate TlsUpdate(replication::Member member, const Keys& tls, const Key& writer) const {
    const replication::Hash pins = replication::PinsHash(crypto(), PublicKeysOf(tls));
    const replication::Consent consent{member, replication::Incarnation(0), writer->public_key(), pins};
    replication::MemberUpdate update;
    update.member = member;
    update.tls = PublicKeysOf(tls);
    update.consent = Signed(replication::StatementType::kConsent, *writer, replication::Encode(consent));
    update.possession = Possession(update.consent->body, tls);
    return update;
  }
  // A checkpoint of that feed, signed by `writer`. What stands in the feed follows from nothing: the head is named.
  replication::Seal SealOf(replication::Member member, std::uint32_t incarnation, replication::Collection collection,
                           const replication::Signer& writer, std::uint64_t len, absl::string_view head) const {
    const replication::FeedAuthor author{
        member, collection, replication::Incarnation(incarnation), writer.public_key(), {}};
    replication::Seal seal{collection, replication::Sequence(len), Random(head), {}};
    seal.author_signature = writer.Sign(
        replication::CheckpointMessage(id(), replication::FeedIdOf(crypto(), id(), author), seal.len, seal.head));
    return seal;
  }
  // With the consent of `writer`.
  replication::SealList Consented(replication::SealList list, const Key& writer) const {
    list.consent = Signed(replication::StatementType::kConsent, *writer, replication::SealConsentBody(list));
    return list;
  }

  // Signed by the root keys, as the newest root document and itself demand.
  replication::SignedRoot SignedByRoots(const replication::RootDocument& next) const {
    replication::SignedRoot root{replication::EncodeRootBody(next), {}};
    for (const std::uint32_t version : {next.version - 1, next.version}) {
      for (std::uint16_t i = 0; i < shape_.threshold; ++i) {
        root.signatures.push_back({i, version, root_keys_[i]->Sign(replication::RootMessage(root.body))});
      }
    }
    return root;
  }
  // The root document after the newest, with other officers from entry `from_len` + 1 on.
  replication::SignedRoot RootWithOfficers(const Keys& officers, replication::Sequence from_len) const {
    replication::RootDocument next = roster_.root().Next(crypto(), from_len);
    next.officer_keys = PublicKeysOf(officers);
    return SignedByRoots(next);
  }
  // Where the present roster ends if it ends at `len`.
  replication::RosterSeal EndOfRoster(replication::Sequence len) const {
    for (const replication::VerifiedUnit& unit : units_) {
      const replication::Checkpoint& end = unit.end();
      if (end.feed == roster_.feed() && end.len == len) return {len, end.head, end.signature};
    }
    HANSA_CHECK(len.value() == 0);
    return {};
  }
  // The root document after the newest, under which `writer` begins a new roster and the present one ends.
  replication::SignedRoot RootWithRoster(const Key& writer, const replication::RosterSeal& end_of_old) const {
    return SignedByRoots(roster_.root().NextWithRoster(crypto(), writer->public_key(), end_of_old));
  }
  absl::Status AppendRoot(replication::SignedRoot next) { return roster_.AppendRoot(std::move(next)); }
  // The present roster ends at `len` and goes on in a new one, under `writer`.
  void TakeOver(const Key& writer, replication::Sequence len) {
    HANSA_CHECK(AppendRoot(RootWithRoster(writer, EndOfRoster(len))).ok());
    writer_ = writer;
  }

  std::vector<RosterEntry> FoundingEntries() const {
    const replication::Framework framework{"unesco-gnlc-key-features", "2013", Random("catalogue")};
    const replication::NetworkInfo info{"Test network", {}, {"hub.example:7400"}};
    replication::MemberAdd hub = AdmissionOf(hub_);
    hub.region.clear();
    return {{replication::roster_kind::kPolicy, replication::Encode(replication::Policy{UsualRights()}), approvers(),
             std::nullopt},
            {replication::roster_kind::kFramework, replication::Encode(framework), {}, std::nullopt},
            {replication::roster_kind::kNetworkInfo, replication::Encode(info), {}, std::nullopt},
            EntryOf(hub)};
  }

 private:
  replication::RootChain Begin() const {
    replication::RootDocument document;
    document.root_keys = PublicKeysOf(root_keys_);
    document.threshold = shape_.threshold;
    document.roster_writer = writer_->public_key();
    document.officer_keys = PublicKeysOf(officers_);
    document.approvals = shape_.approvals;
    replication::SignedRoot root{replication::EncodeRootBody(document), {}};
    for (std::uint16_t i = 0; i < shape_.threshold; ++i) {
      root.signatures.push_back({i, 1, root_keys_[i]->Sign(replication::RootMessage(root.body))});
    }
    absl::StatusOr<replication::RootChain> chain = replication::RootChain::Begin(crypto(), std::move(root));
    HANSA_CHECK(chain.ok());
    return *std::move(chain);
  }
  replication::Member MustAdmit(const replication::MemberAdd& add, Keys by) {
    HANSA_CHECK(Append(EntryOf(add, std::move(by))).valid);
    return add.number;
  }

  NetworkShape shape_;
  Keys root_keys_;
  Keys officers_;
  Key writer_;
  Applicant hub_ = ApplicantNamed("int-uil", replication::MemberKind::kSecretariat, "INT");
  replication::Roster roster_;
  std::vector<replication::VerifiedUnit> units_;
};

}  // namespace hansa::testing

#endif  // HANSA_TESTS_TESTING_ROSTER_H_
