// Faults that the simulation plants to see whether it finds them. In every other build there are none: the switch is
// a constant, and the compiler leaves nothing of it.
#ifndef HANSA_REPLICATION_PLANTED_H_
#define HANSA_REPLICATION_PLANTED_H_

namespace hansa::replication {

enum class Bug {
  kNone,
  kAckBeforeSync,         // acknowledges what the disk does not have yet
  kSkipPrevCheck,         // takes an entry that does not chain to the one before it
  kAcceptGap,             // takes a unit that begins beyond the end of our copy
  kIgnoreSeal,            // takes entries beyond a seal
  kIncompleteSealList,    // a feed that a list of seals does not name goes on
  kServeBeyondSeal,       // passes on what stands beyond a seal
  kDropForkProof,         // forgets the proof of a fork
  kTrustUnsignedLength,   // believes a length that no checkpoint vouches for
  kResumeByPeerCursor,    // goes on from where it last was with this peer
  kSignWithoutHighWater,  // signs while the high-water file is behind or missing
  kClaimNotCompared,      // a witness moves its token without comparing it
  kCloneBeforeFirstUse,   // signs before the first claim is confirmed
  kRosterEntrySkipped,    // leaves out one entry of the roster
  kIncarnationNoConsent,  // a new incarnation needs neither consent nor approvals
  kCreditNotReturned,     // bytes that were dropped are not credited
  kUnboundedHaves,        // queues pushes without limit
  kEraseWithoutOrder,     // takes an absent payload for an erased one
  kEraseAtOnceByOneKey,   // one order destroys a payload without the hold
  kOrderNamesRoster,      // obeys an erasure order about the roster
  kPayloadStateInLeaf,    // what is erased changes the digest
  kScopeChangeIgnored,    // goes on in the old scope after an interest has changed
  kMissingCountedInSync,  // says "in sync" while payloads are missing
  kRecoveredWriterSigns,  // an old key goes on signing after a new incarnation
  kRevokedServed,         // a revoked peer is served as before
  kClockDecides,          // refuses an entry whose claimed time lies ahead
  kPoisonStopsPeer,       // one bad feed ends the session
  kChunkNotChecked,       // writes a chunk of a file that does not hash right
  kLast = kChunkNotChecked,
};

#ifdef HANSA_PLANT_BUGS
// The one fault of this thread's simulation.
inline thread_local Bug planted_bug = Bug::kNone;
inline bool Planted(Bug bug) { return planted_bug == bug; }
#else
constexpr bool Planted(Bug) { return false; }
#endif

}  // namespace hansa::replication

#endif  // HANSA_REPLICATION_PLANTED_H_
