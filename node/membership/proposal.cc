#include "node/membership/proposal.h"

#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/membership/statement_file.h"
#include "node/node_folder.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::Approval;
using replication::Hash;
using replication::Kind;
using replication::NetworkId;
using replication::PublicKey;
using replication::RecordId;
using replication::Signature;
using replication::SodiumCrypto;
using replication::Statement;
using replication::StatementType;

constexpr char kProposalForm[] = "proposal";
constexpr char kApprovalForm[] = "approval";
constexpr std::uint64_t kKindMax = std::numeric_limits<std::uint16_t>::max();

}  // namespace

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
      .Base64("body", proposal->body)
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
                          {json->Hex<PublicKey>("officer"), json->Hex<Signature>("signature")},
                          json->Base64("body")};
  HANSA_RETURN_IF_ERROR(json->status());
  if (SodiumCrypto().Sha256(file.body) != file.body_hash) {
    return absl::FailedPreconditionError(
        "an approval was altered: it shows another change than was approved; ask the officer to approve again");
  }
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
