// Changes of the roster, and orders to erase, as an officer who is asked to approve them reads them.
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/membership/application.h"
#include "node/membership/erasure_item.h"
#include "node/membership/proposal.h"
#include "replication/collections.h"
#include "replication/roster_messages.h"

namespace hansa::node::membership {
namespace {

using replication::Application;
using replication::BytesView;
using replication::Kind;
using replication::Seal;
namespace roster_kind = replication::roster_kind;

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

// "the feed of practices ends after entry 4; …; every other feed of it ends empty".
std::string WordsOfEnds(const std::vector<Seal>& seals) {
  std::vector<std::string> words;
  words.reserve(seals.size() + 1);
  for (const Seal& seal : seals) {
    words.push_back(absl::StrCat("the feed of ", replication::CollectionName(seal.collection), " ends after entry ",
                                 seal.len.value()));
  }
  words.emplace_back(seals.empty() ? "every feed of it ends empty" : "every other feed of it ends empty");
  return absl::StrJoin(words, "; ");
}

std::string WordsOfSeal(BytesView body) {
  const absl::StatusOr<replication::SealList> list = replication::DecodeSealList(body);
  if (!list.ok()) return "";
  return absl::StrCat("end the feeds of member ", list->member.value(), " under its key of incarnation ",
                      list->incarnation.value(), ": ", WordsOfEnds(list->seals));
}

std::string WordsOfRevoke(BytesView body) {
  const absl::StatusOr<replication::Revoke> revoke = replication::DecodeRevoke(body);
  if (!revoke.ok()) return "";
  const std::string number = absl::StrCat(revoke->member.value());
  const std::string what =
      revoke->reason == replication::RevokeReason::kCompromised
          ? absl::StrCat("end the membership of member ", number, ", whose key is not trusted any more")
          : absl::StrCat("end the membership of member ", number, ", which leaves the network");
  return absl::StrCat(what, ": ", WordsOfEnds(revoke->seals));
}

std::string WordsOfStanding(Kind kind, BytesView body) {
  const absl::StatusOr<replication::Standing> standing = replication::DecodeStanding(body);
  if (!standing.ok()) return "";
  const std::string number = absl::StrCat(standing->member.value());
  return kind == roster_kind::kSuspend ? absl::StrCat("suspend member ", number)
                                       : absl::StrCat("end the suspension of member ", number);
}

std::string WordsOfErasure(BytesView body) {
  const absl::StatusOr<ErasureItem> order = DecodeErasureItem(body);
  if (!order.ok()) return "";
  return absl::StrCat("erase what entry ", order->target.seq.value(), " of the feed ", order->target.feed.hex(),
                      " holds, at once and for ever, for the reason ", ErasureReasonName(order->reason));
}

std::string KnownWords(Kind kind, BytesView body) {
  if (kind == roster_kind::kMemberAdd) return WordsOfMemberAdd(body);
  if (kind == roster_kind::kKey) return WordsOfKey(body);
  if (kind == roster_kind::kPolicy) return WordsOfPolicy(body);
  if (kind == roster_kind::kIncarnation) return WordsOfIncarnation(body);
  if (kind == roster_kind::kSeal) return WordsOfSeal(body);
  if (kind == roster_kind::kRevoke) return WordsOfRevoke(body);
  if (kind == roster_kind::kSuspend || kind == roster_kind::kResume) return WordsOfStanding(kind, body);
  if (kind == replication::kErasureOrder) return WordsOfErasure(body);
  return "";
}

}  // namespace

std::string InWords(Kind kind, BytesView body) {
  const std::string words = KnownWords(kind, body);
  if (!words.empty()) return words;
  return absl::StrCat("an entry of kind ", kind.value(), " that this program cannot put in words, of ", body.size(),
                      " bytes");
}

}  // namespace hansa::node::membership
