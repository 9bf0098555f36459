#include "node/membership/proposal.h"

#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/text.h"
#include "node/membership/application.h"
#include "node/membership/statement_file.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::membership {
namespace {

using replication::Application;
using replication::Approval;
using replication::BytesView;
using replication::Hash;
using replication::Kind;
using replication::NetworkId;
using replication::PublicKey;
using replication::RecordId;
using replication::Signature;
using replication::SodiumCrypto;
using replication::Statement;
using replication::StatementType;
namespace roster_kind = replication::roster_kind;

constexpr char kProposalForm[] = "proposal";
constexpr char kApprovalForm[] = "approval";
constexpr std::uint64_t kKindMax = std::numeric_limits<std::uint16_t>::max();

std::string WordsOf(const Application& application) {
  return absl::StrCat(application.slug, " (", application.name, "), ", RoleOf(application), ", ", application.country);
}

std::string WordsOfMemberAdd(BytesView body) {
  const absl::StatusOr<replication::MemberAdd> add = replication::DecodeMemberAdd(body);
  if (!add.ok()) return "";
  const absl::StatusOr<Application> application = replication::DecodeApplication(add->application.body);
  if (!application.ok()) return "";
  return absl::StrCat("admit ", WordsOf(*application), ", as member ", add->number.value());
}

std::string WordsOfKey(BytesView body) {
  const absl::StatusOr<replication::KeyGrant> grant = replication::DecodeKeyGrant(body);
  if (!grant.ok()) return "";
  const absl::StatusOr<Application> application = replication::DecodeApplication(grant->application.body);
  if (!application.ok()) return "";
  return absl::StrCat("accept statements signed by the key of ", WordsOf(*application));
}

std::string WordsOfPolicy(BytesView body) {
  const absl::StatusOr<replication::Policy> policy = replication::DecodePolicy(body);
  if (!policy.ok()) return "";
  return absl::StrCat("replace the policy by one of ", policy->rights.size(), " rights to write");
}

std::string WordsOfIncarnation(BytesView body) {
  const absl::StatusOr<replication::NewIncarnation> fresh = replication::DecodeNewIncarnation(body);
  if (!fresh.ok()) return "";
  const absl::StatusOr<replication::Consent> consent = replication::DecodeConsent(fresh->body);
  if (!consent.ok()) return "";
  return absl::StrCat("let member ", consent->member.value(), " go on under the new key ", consent->writer.hex(),
                      ", incarnation ", consent->incarnation.value());
}

std::string KnownWords(Kind kind, BytesView body) {
  if (kind == roster_kind::kMemberAdd) return WordsOfMemberAdd(body);
  if (kind == roster_kind::kKey) return WordsOfKey(body);
  if (kind == roster_kind::kPolicy) return WordsOfPolicy(body);
  if (kind == roster_kind::kIncarnation) return WordsOfIncarnation(body);
  return "";
}

}  // namespace

std::string InWords(Kind kind, BytesView body) {
  const std::string words = KnownWords(kind, body);
  if (!words.empty()) return words;
  return absl::StrCat("an entry of kind ", kind.value(), " that this program cannot put in words, of ", body.size(),
                      " bytes");
}

std::string EncodeProposal(const Proposal& proposal) {
  JsonWriter json(kProposalForm);
  json.Text("what", InWords(proposal.kind, proposal.body))
      .Hex("network", proposal.network.view())
      .Number("kind", proposal.kind.value())
      .Hex("record", proposal.record.view())
      .Base64("body", proposal.body);
  return json.text();
}

absl::StatusOr<Proposal> DecodeProposal(absl::string_view bytes) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kProposalForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  Proposal proposal{json->Hex<NetworkId>("network"), Kind(static_cast<std::uint16_t>(json->Number("kind", kKindMax))),
                    json->Hex<RecordId>("record"), json->Base64("body")};
  HANSA_RETURN_IF_ERROR(json->status());
  HANSA_RETURN_IF_ERROR(CheckCopy(*json, "what", InWords(proposal.kind, proposal.body)));
  return proposal;
}

Approval Approve(const Proposal& proposal, const replication::Signer& officer) {
  const Statement statement =
      SignStatement(SodiumCrypto(), proposal.network, StatementType::kApproval, officer,
                    replication::ApprovalBody(SodiumCrypto(), proposal.kind, proposal.record, proposal.body));
  return {statement.signer, statement.signature};
}

absl::StatusOr<std::string> ApproveFile(const ApproveOptions& options) {
  const absl::StatusOr<Proposal> proposal = DecodeProposal(options.proposal);
  HANSA_RETURN_IF_ERROR(proposal.status());
  const absl::StatusOr<replication::Seed> seed = ReadKey(options.officer_key_file);
  if (absl::IsDataLoss(seed.status())) {
    return absl::InvalidArgumentError(absl::StrCat(
        options.officer_key_file, " is no officer's key; give one of the files that `hansa network found` made"));
  }
  HANSA_RETURN_IF_ERROR(seed.status());
  const Approval approval = Approve(*proposal, *replication::SodiumSigner(*seed));
  JsonWriter json(kApprovalForm);
  json.Text("what", InWords(proposal->kind, proposal->body))
      .Hex("network", proposal->network.view())
      .Number("kind", proposal->kind.value())
      .Hex("record", proposal->record.view())
      .Hex("body_hash", SodiumCrypto().Sha256(proposal->body).view())
      .Hex("officer", approval.officer.view())
      .Hex("signature", approval.signature.view());
  return json.text();
}

absl::StatusOr<ApprovalFile> DecodeApproval(absl::string_view bytes) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kApprovalForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  const ApprovalFile file{json->Hex<NetworkId>("network"),
                          Kind(static_cast<std::uint16_t>(json->Number("kind", kKindMax))),
                          json->Hex<RecordId>("record"),
                          json->Hex<Hash>("body_hash"),
                          {json->Hex<PublicKey>("officer"), json->Hex<Signature>("signature")}};
  HANSA_RETURN_IF_ERROR(json->status());
  return file;
}

absl::Status CheckApproval(const Proposal& proposal, const ApprovalFile& file) {
  if (file.network != proposal.network || file.kind != proposal.kind || file.record != proposal.record ||
      file.body_hash != SodiumCrypto().Sha256(proposal.body)) {
    return absl::FailedPreconditionError(
        "an approval is of another proposal (the roster may have grown since it was made); write "
        "the proposal again and have it approved again");
  }
  const Statement statement{replication::ApprovalBody(SodiumCrypto(), proposal.kind, proposal.record, proposal.body),
                            file.approval.officer, file.approval.signature};
  if (IsSigned(SodiumCrypto(), proposal.network, StatementType::kApproval, statement)) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(
      "an approval was altered: its signature is false; ask the officer to approve again");
}

}  // namespace hansa::node::membership
