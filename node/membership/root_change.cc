#include "node/membership/root_change.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/membership/quorum.h"
#include "replication/check.h"

namespace hansa::node::membership {
namespace {

using replication::Bytes;
using replication::Checkpoint;
using replication::Incarnation;
using replication::RootChain;
using replication::RootDocument;
using replication::RootSignature;
using replication::Roster;
using replication::RosterLine;
using replication::RosterPosition;
using replication::RosterSeal;
using replication::Sequence;
using replication::SignedRoot;
using replication::SodiumCrypto;

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

std::uint32_t Count(const std::vector<replication::PublicKey>& keys) { return static_cast<std::uint32_t>(keys.size()); }

absl::Status CheckNumbers(const RootDocument& before, const RootDocument& next) {
  HANSA_RETURN_IF_ERROR(CheckQuorum({"root keys", Count(next.root_keys), "threshold", next.threshold}));
  HANSA_RETURN_IF_ERROR(CheckQuorum({"officers", Count(next.officer_keys), "number of approvals", next.approvals}));
  if (next.threshold < before.threshold) {
    return Refused(absl::StrCat("the threshold is ", before.threshold, " and would be ", next.threshold,
                                ": fewer root keys than now may never be enough; give at least ", before.threshold));
  }
  if (next.approvals < before.approvals) {
    return Refused(absl::StrCat("the number of approvals is ", before.approvals, " and would be ", next.approvals,
                                ": fewer officers than now may never be enough; give at least ", before.approvals));
  }
  return absl::OkStatus();
}

absl::Status CheckChanges(const RootDocument& before, const RootDocument& next) {
  const bool same = next.root_keys == before.root_keys && next.threshold == before.threshold &&
                    next.officer_keys == before.officer_keys && next.approvals == before.approvals &&
                    next.roster_writer == before.roster_writer;
  if (!same) return absl::OkStatus();
  return absl::InvalidArgumentError("nothing would change: say which keys are to be new, or which numbers others");
}

// The roster goes on under another key from `end` on.
absl::Status BeginRosterAnew(const RootPlan& plan, const Roster& roster, const std::optional<Checkpoint>& end,
                             RootDocument& next) {
  for (const SignedRoot& root : VersionsOf(roster.root())) {
    const absl::StatusOr<RootDocument> document = replication::DecodeRootBody(root.body);
    HANSA_CHECK(document.ok());
    if (document->roster_writer == *plan.roster_key) {
      return Refused("the new roster key wrote the roster before: a takeover needs another one");
    }
  }
  if (roster.state().writers_used.count(*plan.roster_key) > 0) {
    return Refused("the new roster key has been a member's: a takeover needs another one");
  }
  if (!end || end->len.value() == 0) {
    return Refused("this node holds no entry of the roster: wait until it is up to date, then take over");
  }
  if (!IsSignedBy(SodiumCrypto(), roster.network(), *end, roster.author().writer)) {
    return Refused("the end of the roster held here is not signed by its key: run `hansa verify`");
  }
  next.roster_incarnation = Incarnation(next.roster_incarnation.value() + 1);
  next.roster_writer = *plan.roster_key;
  next.from_len = Sequence(0);
  next.previous_roster = RosterSeal{end->len, end->head, end->signature};
  return absl::OkStatus();
}

// Every file, all for one document of this network.
absl::StatusOr<std::vector<RootSignatures>> ReadFiles(const std::vector<std::string>& files, const Roster& roster) {
  std::vector<RootSignatures> read;
  for (const std::string& bytes : files) {
    absl::StatusOr<RootSignatures> file = DecodeRootSignatures(bytes);
    HANSA_RETURN_IF_ERROR(file.status());
    if (file->network != roster.network()) {
      return Refused(absl::StrCat("an approval is for the network ", file->network.hex(), ", and this node belongs to ",
                                  roster.network().hex(), ": give approvals of this network"));
    }
    if (!read.empty() && read.front().body != file->body) {
      return Refused("the approvals are of different root documents; give those of one proposal");
    }
    read.push_back(*std::move(file));
  }
  if (read.empty())
    return Refused("no root key has signed: give keys with --key FILE, or approvals with --approval FILE");
  return read;
}

// OK if `document` is the one whose turn it is.
absl::Status CheckTurn(const RootChain& chain, const Bytes& body, const RootDocument& document) {
  const std::uint32_t newest = chain.newest().version;
  for (const SignedRoot& root : VersionsOf(chain)) {
    if (root.body != body) continue;
    return absl::AlreadyExistsError(absl::StrCat("version ", document.version, " of the root document is in force"));
  }
  if (document.version <= newest) {
    return Refused(absl::StrCat("the network has another version ", document.version,
                                " of the root document: draw up the change again and have it approved again"));
  }
  if (document.version > newest + 1) {
    return Refused(absl::StrCat("this node has version ", newest, " of the root document, and this is version ",
                                document.version, ": wait until the node is up to date"));
  }
  return absl::OkStatus();
}

// The signatures of all files, one for each key of each version.
//   FAILED_PRECONDITION  one is false
absl::StatusOr<std::vector<RootSignature>> Gather(const std::vector<RootSignatures>& files, const RootChain& chain) {
  std::vector<RootSignature> all;
  std::set<std::pair<std::uint32_t, std::uint16_t>> seen;
  for (const RootSignatures& file : files) {
    for (const RootSignature& signature : file.signatures) {
      const bool of_next = signature.of_version == file.document.version;
      const RootDocument& of = of_next ? file.document : chain.newest();
      const bool is_true = signature.of_version == of.version && signature.key_index < of.root_keys.size() &&
                           SodiumCrypto().Verify(of.root_keys[signature.key_index], replication::RootMessage(file.body),
                                                 signature.signature);
      if (!is_true) {
        return Refused("an approval was altered: its signature is false; ask its signer to approve again");
      }
      if (seen.emplace(signature.of_version, signature.key_index).second) all.push_back(signature);
    }
  }
  return all;
}

std::size_t CountOf(const std::vector<RootSignature>& signatures, std::uint32_t version) {
  return static_cast<std::size_t>(
      std::count_if(signatures.begin(), signatures.end(),
                    [version](const RootSignature& signature) { return signature.of_version == version; }));
}

absl::Status CheckEnough(const std::vector<RootSignature>& signatures, const RootDocument& of) {
  const std::size_t has = CountOf(signatures, of.version);
  if (has >= of.threshold) return absl::OkStatus();
  return Refused(absl::StrCat("it needs the signatures of ", of.threshold, " of the root keys of version ", of.version,
                              " and has ", has,
                              ": write a proposal with -o FILE, have it approved with `hansa approve`, then give the "
                              "approvals with --approval FILE"));
}

// OK if every entry that has effect keeps it.
absl::Status CheckNothingIsLost(const Roster& before, const Roster& after) {
  for (std::size_t i = 0; i < before.lines().size() && i < after.lines().size(); ++i) {
    const RosterLine& line = before.lines()[i];
    if (!line.valid || after.lines()[i].valid) continue;
    return Refused(absl::StrCat("entry ", line.seq.value(),
                                " of the roster would lose its effect, since it was written "
                                "after the change was drawn up: draw up the change again and have it approved again"));
  }
  return absl::OkStatus();
}

// OK if the roster ends here as the takeover says.
absl::Status CheckSeal(const Roster& roster, const RootDocument& document) {
  const RosterSeal& seal = *document.previous_roster;
  const RosterPosition held = roster.position();
  if (seal.len < held.len) {
    return Refused(absl::StrCat("the roster has grown to ", held.len.value(), " entries, and the takeover ends it at ",
                                seal.len.value(), ": draw up the change again and have it approved again"));
  }
  if (seal.len > held.len) {
    return Refused(absl::StrCat("this node holds ", held.len.value(),
                                " entries of the roster, and the takeover ends it at ", seal.len.value(),
                                ": wait until the node is up to date"));
  }
  const Checkpoint end{roster.feed(), seal.len, seal.head, seal.author_signature};
  if (seal.head != held.head || !IsSignedBy(SodiumCrypto(), roster.network(), end, roster.author().writer)) {
    return Refused("the takeover ends another roster than the one held here: draw up the change again");
  }
  return absl::OkStatus();
}

}  // namespace

bool IsTakeover(const RootDocument& before, const RootDocument& next) {
  return next.roster_incarnation != before.roster_incarnation;
}

absl::StatusOr<RootProposal> ProposeRoot(const RootPlan& plan, const Roster& roster,
                                         const std::optional<Checkpoint>& roster_end) {
  const RootDocument& before = roster.root().newest();
  RootDocument next = before;
  next.version = before.version + 1;
  next.prev_hash = replication::RootHash(SodiumCrypto(), VersionsOf(roster.root()).back().body);
  if (!plan.root_keys.empty()) next.root_keys = plan.root_keys;
  if (!plan.officer_keys.empty()) next.officer_keys = plan.officer_keys;
  next.threshold = plan.threshold.value_or(before.threshold);
  next.approvals = plan.approvals.value_or(before.approvals);
  next.from_len = roster.position().len;
  HANSA_RETURN_IF_ERROR(CheckNumbers(before, next));
  if (plan.roster_key) HANSA_RETURN_IF_ERROR(BeginRosterAnew(plan, roster, roster_end, next));
  HANSA_RETURN_IF_ERROR(CheckChanges(before, next));
  return RootProposalOf(roster.root(), replication::EncodeRootBody(next));
}

absl::StatusOr<PreparedRoot> PrepareRoot(const std::vector<std::string>& files, const Roster& roster) {
  const absl::StatusOr<std::vector<RootSignatures>> read = ReadFiles(files, roster);
  HANSA_RETURN_IF_ERROR(read.status());
  const RootSignatures& first = read->front();
  const RootChain& chain = roster.root();
  HANSA_RETURN_IF_ERROR(CheckTurn(chain, first.body, first.document));
  absl::StatusOr<RootProposal> proposal = RootProposalOf(chain, first.body);
  HANSA_RETURN_IF_ERROR(proposal.status());
  absl::StatusOr<std::vector<RootSignature>> signatures = Gather(*read, chain);
  HANSA_RETURN_IF_ERROR(signatures.status());
  HANSA_RETURN_IF_ERROR(CheckEnough(*signatures, chain.newest()));
  HANSA_RETURN_IF_ERROR(CheckEnough(*signatures, first.document));

  PreparedRoot prepared{{first.body, *std::move(signatures)}, first.document, InWords(*proposal)};
  const bool takeover = IsTakeover(chain.newest(), first.document);
  if (takeover) HANSA_RETURN_IF_ERROR(CheckSeal(roster, first.document));
  Roster after = roster;
  HANSA_RETURN_IF_ERROR(after.AppendRoot(prepared.root));
  if (!takeover) HANSA_RETURN_IF_ERROR(CheckNothingIsLost(roster, after));
  return prepared;
}

}  // namespace hansa::node::membership
