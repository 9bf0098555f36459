#include "node/membership/seal_request.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/membership/member_change.h"
#include "node/membership/seals.h"
#include "node/membership/statement_file.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::membership {
namespace {

using replication::IncarnationKeys;
using replication::MemberRecord;
using replication::NetworkId;
using replication::PublicKey;
using replication::Roster;
using replication::Seal;
using replication::SealList;
using replication::Signature;
using replication::SodiumCrypto;
using replication::Statement;
using replication::StatementType;
using storage::FeedStore;

constexpr char kForm[] = "seal-request";
constexpr std::uint64_t kNumberMax = std::numeric_limits<std::uint32_t>::max();

absl::Status Refused(absl::string_view what) { return absl::FailedPreconditionError(what); }

absl::Status Altered(absl::string_view what) {
  return Refused(
      absl::StrCat("the request for an end was altered: ", what, "; ask the member to run `hansa recover` again"));
}

// As a person reads them: "practices:4".
std::vector<std::string> EndsOf(const SealList& list) {
  std::vector<std::string> ends;
  for (const Seal& seal : list.seals) {
    ends.push_back(absl::StrCat(replication::CollectionName(seal.collection), ":", seal.len.value()));
  }
  return ends;
}

JsonWriter ToJson(const NetworkId& network, const SealList& list) {
  JsonWriter json;
  json.Number("incarnation", list.incarnation.value()).Texts("ends", EndsOf(list));
  PutStatement(network, *list.consent, json);
  return json;
}

absl::StatusOr<SealList> ListIn(const JsonReader& json, const NetworkId& network) {
  const std::uint64_t incarnation = json.Number("incarnation", kNumberMax);
  const std::vector<std::string> ends = json.Texts("ends");
  const Statement consent = StatementIn(json);
  HANSA_RETURN_IF_ERROR(CheckNetwork(json, network));
  if (!SodiumCrypto().IsValidPoint(consent.signer) ||
      !IsSigned(SodiumCrypto(), network, StatementType::kConsent, consent)) {
    return Altered("its signature is false");
  }
  absl::StatusOr<SealList> list = replication::DecodeSealConsent(consent.body);
  if (!list.ok()) return Altered("it does not say what ends where");
  if (incarnation != list->incarnation.value() || ends != EndsOf(*list)) {
    return Altered("it shows other ends than were signed");
  }
  list->consent = consent;
  return list;
}

bool IsInRoster(const SealList& list, const IncarnationKeys& keys, const Roster& roster) {
  const auto sealed = roster.state().seals.find({list.member, keys.number});
  if (sealed == roster.state().seals.end() || sealed->second.size() != list.seals.size()) return false;
  for (const Seal& seal : list.seals) {
    const auto found = sealed->second.find(seal.collection);
    if (found == sealed->second.end() || found->second.len != seal.len || found->second.head != seal.head) return false;
  }
  return true;
}

// Where the member's own word is enough, the list keeps its consent.
bool ConsentCounts(const SealList& list, const MemberRecord& member, const Roster& roster) {
  return member.is_live() && list.consent->signer == member.present().writer &&
         !roster.state().consents_used.contains(SodiumCrypto().Sha256(list.consent->body));
}

// Officers approve one entry at a time.
bool WaitsForOfficers(const std::vector<EntryDraft>& entries) {
  return std::any_of(entries.begin(), entries.end(),
                     [](const EntryDraft& entry) { return entry.approvals_needed > 0; });
}

// What stands against taking the ends of `list` as they are; `even_so` makes warnings of it.
absl::Status CheckEnds(const SealList& list, const Life& life, const SealAsk& ask, const Roster& roster,
                       const FeedStore& feeds, std::vector<std::string>& warnings) {
  std::vector<std::string> against;
  if (roster.state().seals.contains({life.member, life.keys.number})) {
    against.push_back(absl::StrCat("incarnation ", life.keys.number.value(), " of ", ask.slug,
                                   " has ends in the roster already, and these are others"));
  }
  const absl::StatusOr<Differences> differences = Compare(life, list.seals, roster, feeds);
  HANSA_RETURN_IF_ERROR(differences.status());
  against.insert(against.end(), differences->cut_off.begin(), differences->cut_off.end());
  if (!against.empty() && ask.even_so == EvenSo::kNo) {
    return Refused(absl::StrCat(against.front(),
                                "; what lies beyond an end is not shown any more: let the member fetch it and ask "
                                "anew, or give --even-so"));
  }
  warnings.insert(warnings.end(), against.begin(), against.end());
  warnings.insert(warnings.end(), differences->to_come.begin(), differences->to_come.end());
  return absl::OkStatus();
}

absl::StatusOr<const IncarnationKeys*> EndedKeys(const SealList& list, const MemberRecord& member) {
  if (list.member != member.number) {
    return Refused(absl::StrCat("the request is of member ", list.member.value(), ", and ", member.slug, " is member ",
                                member.number.value()));
  }
  const IncarnationKeys* keys = member.Find(list.incarnation);
  if (keys != nullptr && !(member.is_live() && keys->number == member.present().number)) return keys;
  return Refused(absl::StrCat("incarnation ", list.incarnation.value(), " of ", member.slug,
                              " is not one that has ended: let the member go on under a new key first, with `hansa "
                              "reinstate`"));
}

}  // namespace

absl::StatusOr<std::vector<SealList>> SealListsHeld(const MemberRecord& member, const Roster& roster,
                                                    const FeedStore& feeds) {
  std::vector<SealList> lists;
  for (const IncarnationKeys& keys : UnsealedOf(member, roster.state())) {
    absl::StatusOr<std::vector<Seal>> seals = SealsHeld({member.number, keys}, roster, feeds);
    HANSA_RETURN_IF_ERROR(seals.status());
    lists.push_back({member.number, keys.number, *std::move(seals), std::nullopt});
  }
  return lists;
}

std::string SignSealRequest(const NetworkId& network, const std::string& slug, std::vector<SealList> lists,
                            const replication::Signer& writer) {
  JsonWriter json(kForm);
  json.Text("slug", slug).Hex("network", network.view());
  std::vector<JsonWriter> written;
  for (SealList& list : lists) {
    list.consent.reset();
    list.consent =
        SignStatement(SodiumCrypto(), network, StatementType::kConsent, writer, replication::SealConsentBody(list));
    written.push_back(ToJson(network, list));
  }
  json.Objects("lists", written);
  return json.text();
}

absl::StatusOr<SealRequestFile> ReadSealRequest(absl::string_view bytes, const NetworkId& network) {
  const absl::StatusOr<JsonReader> json = JsonReader::Parse(kForm, bytes);
  HANSA_RETURN_IF_ERROR(json.status());
  HANSA_RETURN_IF_ERROR(CheckNetwork(*json, network));
  SealRequestFile file{json->Text("slug"), {}};
  const std::vector<JsonReader> lists = json->Objects("lists");
  HANSA_RETURN_IF_ERROR(json->status());
  if (lists.empty()) return Altered("it names no feeds");
  for (const JsonReader& one : lists) {
    absl::StatusOr<SealList> list = ListIn(one, network);
    HANSA_RETURN_IF_ERROR(list.status());
    file.lists.push_back(*std::move(list));
  }
  return file;
}

absl::StatusOr<SealDrafts> DraftSeals(const SealAsk& ask, const Roster& roster, const FeedStore& feeds) {
  const absl::StatusOr<const MemberRecord*> found = MemberCalled(roster, ask.slug);
  HANSA_RETURN_IF_ERROR(found.status());
  const MemberRecord& member = **found;
  absl::StatusOr<SealRequestFile> file = ReadSealRequest(ask.request, roster.network());
  HANSA_RETURN_IF_ERROR(file.status());
  SealDrafts drafts;
  for (SealList& list : file->lists) {
    const absl::StatusOr<const IncarnationKeys*> keys = EndedKeys(list, member);
    HANSA_RETURN_IF_ERROR(keys.status());
    if (IsInRoster(list, **keys, roster)) continue;
    HANSA_RETURN_IF_ERROR(CheckEnds(list, {member.number, **keys}, ask, roster, feeds, drafts.warnings));
    const bool consents = ConsentCounts(list, member, roster);
    if (!consents && WaitsForOfficers(drafts.entries)) {
      drafts.warnings.push_back(absl::StrCat("the end of incarnation ", list.incarnation.value(),
                                             " is left for the next time; run the same command again"));
      continue;
    }
    if (!consents) list.consent.reset();
    drafts.entries.push_back({{roster.network(), replication::roster_kind::kSeal, RandomRecordId(), Encode(list)},
                              consents ? 0 : roster.JudgeOfNext().approvals,
                              member.slug,
                              absl::StrCat("ending the older feeds of ", member.slug)});
  }
  if (!drafts.entries.empty()) return drafts;
  return absl::AlreadyExistsError(absl::StrCat("the older feeds of ", member.slug, " end there already"));
}

}  // namespace hansa::node::membership
