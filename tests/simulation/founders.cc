#include "tests/simulation/founders.h"

#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::simulation {

using replication::Bytes;
using replication::MemberKind;
using replication::RootChain;
using replication::Sequence;
using replication::SignedRoot;
using replication::StatementType;

namespace {
constexpr char kCountry[] = "FIN";
}  // namespace

replication::SaltedPayload Salted(Chance& chance, Bytes payload) {
  return {chance.Bytes<replication::Salt>(), std::move(payload)};
}

Founders::Founders(Mint& mint, Chance chance)
    : mint_(mint),
      chance_(chance),
      root_key_(mint.NewKey()),
      officer_(mint.NewKey()),
      roster_writer_(mint.NewKey()),
      root_(Begin()) {}

RootChain Founders::Begin() {
  replication::RootDocument document;
  document.root_keys = {root_key_->public_key()};
  document.roster_writer = roster_writer_->public_key();
  document.officer_keys = {officer_->public_key()};
  SignedRoot root{replication::EncodeRootBody(document), {}};
  root.signatures.push_back({0, 1, root_key_->Sign(replication::RootMessage(root.body))});
  absl::StatusOr<RootChain> chain = RootChain::Begin(crypto(), std::move(root));
  HANSA_CHECK(chain.ok());
  return *std::move(chain);
}

SignedRoot Founders::NextRoot(const RootChain& chain, Sequence from_len) {
  const replication::RootDocument& before = chain.newest();
  const SignedRoot signed_before = *replication::DecodeSignedRoot(chain.SignedFrom(before.version)[0]);
  replication::RootDocument next = before;
  next.version = before.version + 1;
  next.prev_hash = replication::RootHash(crypto(), signed_before.body);
  officer_ = mint_.NewKey();
  next.officer_keys = {officer_->public_key()};
  next.from_len = from_len;
  SignedRoot root{replication::EncodeRootBody(next), {}};
  for (const std::uint32_t version : {before.version, next.version}) {
    root.signatures.push_back({0, version, root_key_->Sign(replication::RootMessage(root.body))});
  }
  return root;
}

Applicant Founders::Apply(const std::string& name, MemberKind kind) {
  Applicant applicant{{}, mint_.NewKey(), mint_.NewKey()};
  applicant.application.kind = kind;
  applicant.application.slug = name;
  applicant.application.name = absl::StrCat("Name of ", name);
  applicant.application.country = kind == MemberKind::kSecretariat ? "INT" : kCountry;
  applicant.application.endpoints = {absl::StrCat(name, ".example:7400")};
  applicant.application.writer = applicant.writer->public_key();
  applicant.application.tls = {applicant.tls->public_key()};
  applicant.application.nonce = chance_.Bytes<replication::RecordId>().str();
  return applicant;
}

Applicant Founders::Anew(const Applicant& applicant, bool new_tls) {
  Applicant fresh{applicant.application, mint_.NewKey(), new_tls ? mint_.NewKey() : applicant.tls};
  fresh.application.writer = fresh.writer->public_key();
  fresh.application.tls = {fresh.tls->public_key()};
  return fresh;
}

RosterEntry Founders::Policy(std::uint64_t plenty) const {
  const Sequence many(plenty);
  const Sequence few(kShortFeed);
  replication::Policy policy{{{MemberKind::kNotGiven, replication::kRosterCollection, Sequence(100'000)},
                              {MemberKind::kSecretariat, replication::kNotices, many},
                              {MemberKind::kSecretariat, replication::kErasures, many},
                              {MemberKind::kCity, replication::kIndicators, many},
                              {MemberKind::kCity, replication::kPractices, many},
                              {MemberKind::kCity, replication::kOffers, few},
                              {MemberKind::kCity, replication::kErasures, many},
                              {MemberKind::kCity, kFutureCollection, many},
                              {MemberKind::kAuthority, replication::kDialogue, many},
                              {MemberKind::kAuthority, replication::kErasures, many},
                              {MemberKind::kPartner, replication::kPractices, many},
                              {MemberKind::kPartner, replication::kOffers, few},
                              {MemberKind::kPartner, kFutureCollection, many},
                              {MemberKind::kPartner, replication::kErasures, many}}};
  return {replication::roster_kind::kPolicy, replication::Encode(policy), true};
}

RosterEntry Founders::Framework() {
  const replication::Framework framework{"key-features", absl::StrCat("edition ", chance_.Below(1000)),
                                         chance_.Bytes<replication::Hash>()};
  return {replication::roster_kind::kFramework, replication::Encode(framework)};
}

RosterEntry Founders::Information() {
  const replication::NetworkInfo info{absl::StrCat("Network of day ", chance_.Below(1000)), {}, {"hub.example:7400"}};
  return {replication::roster_kind::kNetworkInfo, replication::Encode(info)};
}

RosterEntry Founders::Future() {
  return {replication::Kind(static_cast<std::uint16_t>(chance_.Between(200, 255))),
          absl::StrCat("from a later version ", chance_.Next())};
}

std::vector<replication::PossessionProof> Founders::Possession(const Bytes& body, const Key& tls) const {
  const replication::Statement proof =
      replication::SignStatement(crypto(), network(), StatementType::kTlsPossession, *tls, body);
  return {{proof.signer, proof.signature}};
}

RosterEntry Founders::Admission(const replication::RosterState& state, const Applicant& applicant,
                                const Applicant* authority) {
  const MemberKind kind = applicant.application.kind;
  replication::MemberAdd add;
  add.number = state.NextNumber(kind);
  if (kind != MemberKind::kSecretariat) add.region = "EUR";
  add.application = replication::SignStatement(crypto(), network(), StatementType::kApplication, *applicant.writer,
                                               replication::Encode(applicant.application));
  add.possession = Possession(add.application.body, applicant.tls);
  if (authority != nullptr) {
    const replication::Recommendation words{crypto().Sha256(add.application.body), applicant.application.slug,
                                            applicant.application.country, std::nullopt};
    add.recommendation = replication::SignStatement(crypto(), network(), StatementType::kRecommendation,
                                                    *authority->writer, replication::Encode(words));
  }
  const bool needs_officers = kind == MemberKind::kSecretariat || kind == MemberKind::kAuthority;
  return {replication::roster_kind::kMemberAdd, replication::Encode(add), needs_officers};
}

RosterEntry Founders::Incarnation(const replication::MemberRecord& member, const Applicant& fresh,
                                  const Key& consents) {
  const std::vector<replication::PublicKey> tls = {fresh.tls->public_key()};
  const replication::Consent consent{member.number, replication::Incarnation(member.present().number.value() + 1),
                                     fresh.writer->public_key(), replication::PinsHash(crypto(), tls)};
  replication::NewIncarnation next;
  next.body = replication::Encode(consent);
  const auto sign = [&](StatementType type, const Key& key) {
    return replication::SignStatement(crypto(), network(), type, *key, next.body).signature;
  };
  if (consents != nullptr) next.consent = sign(StatementType::kConsent, consents);
  next.writer_possession = sign(StatementType::kWriterPossession, fresh.writer);
  next.possession = Possession(next.body, fresh.tls);
  return {replication::roster_kind::kIncarnation, replication::Encode(next), consents == nullptr};
}

replication::NewEntry Founders::ToPublish(const RosterEntry& entry) {
  replication::NewEntry fresh;
  fresh.kind = entry.kind;
  fresh.record = chance_.Bytes<replication::RecordId>();
  replication::RosterPayload payload{entry.body, {}};
  if (entry.is_approved) {
    const Bytes approved = replication::ApprovalBody(crypto(), entry.kind, fresh.record, entry.body);
    const replication::Statement statement =
        replication::SignStatement(crypto(), network(), StatementType::kApproval, *officer_, approved);
    payload.approvals.push_back({statement.signer, statement.signature});
  }
  fresh.payload = Salted(chance_, replication::Encode(payload));
  return fresh;
}

}  // namespace hansa::simulation
