#include "tests/simulation/bugs.h"

namespace hansa::simulation {

using replication::Bug;

const std::vector<NamedBug>& NamedBugs() {
  static const auto* bugs = new std::vector<NamedBug>{
      {Bug::kAckBeforeSync, "ack-before-sync"},
      {Bug::kSkipPrevCheck, "skip-prev-check"},
      {Bug::kAcceptGap, "accept-gap"},
      {Bug::kIgnoreSeal, "ignore-seal"},
      {Bug::kIncompleteSealList, "incomplete-seal-list"},
      {Bug::kServeBeyondSeal, "serve-beyond-seal"},
      {Bug::kDropForkProof, "drop-fork-proof"},
      {Bug::kTrustUnsignedLength, "trust-unsigned-length"},
      {Bug::kResumeByPeerCursor, "resume-by-peer-cursor"},
      {Bug::kSignWithoutHighWater, "sign-without-high-water"},
      {Bug::kClaimNotCompared, "claim-not-compared"},
      {Bug::kCloneBeforeFirstUse, "clone-before-first-use"},
      {Bug::kRosterEntrySkipped, "roster-entry-skipped"},
      {Bug::kIncarnationNoConsent, "incarnation-no-consent"},
      {Bug::kCreditNotReturned, "credit-not-returned"},
      {Bug::kUnboundedHaves, "unbounded-haves"},
      {Bug::kEraseWithoutOrder, "erase-without-order"},
      {Bug::kEraseAtOnceByOneKey, "erase-at-once-by-one-key"},
      {Bug::kOrderNamesRoster, "order-names-roster"},
      {Bug::kPayloadStateInLeaf, "payload-state-in-leaf"},
      {Bug::kScopeChangeIgnored, "scope-change-ignored"},
      {Bug::kMissingCountedInSync, "missing-counted-in-sync"},
      {Bug::kRecoveredWriterSigns, "recovered-writer-signs"},
      {Bug::kRevokedServed, "revoked-served"},
      {Bug::kClockDecides, "clock-decides"},
      {Bug::kPoisonStopsPeer, "poison-stops-peer"},
      {Bug::kChunkNotChecked, "chunk-not-checked"},
  };
  static_assert(static_cast<int>(Bug::kLast) == 27);
  return *bugs;
}

std::optional<Bug> BugNamed(const std::string& name) {
  for (const NamedBug& each : NamedBugs()) {
    if (name == each.name) return each.bug;
  }
  return std::nullopt;
}

std::string NameOf(Bug bug) {
  for (const NamedBug& each : NamedBugs()) {
    if (bug == each.bug) return each.name;
  }
  return "none";
}

}  // namespace hansa::simulation
