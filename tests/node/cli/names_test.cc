// Names that come as data (states, kinds, collections, regions) are said in Korean too: no literal of ours shows them
// to tests/tidy/sentences.
#include <google/protobuf/descriptor.h>

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hansa/v1/notices.pb.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/domain/dialogue_book.h"
#include "node/domain/notice_book.h"
#include "node/domain/offers_book.h"
#include "node/domain/record_form.h"
#include "node/words/words.h"
#include "replication/roster_messages.h"

namespace hansa::node::cli {
namespace {

using replication::MemberKind;

void ExpectKorean(const std::string& name) {
  EXPECT_NE(words::Words(words::Language::kKorean)(name), name) << "node/words/names.json lacks it";
}

TEST(Names, KindsOfMembers) {
  for (const MemberKind kind :
       {MemberKind::kSecretariat, MemberKind::kCity, MemberKind::kPartner, MemberKind::kAuthority}) {
    ExpectKorean(replication::MemberKindName(kind));
  }
}

TEST(Names, StatesOfMembersNodesFeedsAndPeers) {
  for (const char* name : {"applicant", "member", "suspended", "retired", "compromised", "locked", "open",
                           "unconfirmed", "recover", "readonly", "superseded", "ok", "sealed", "forked", "quarantined",
                           "live", "syncing", "connecting", "waiting"}) {
    ExpectKorean(name);
  }
}

TEST(Names, Collections) {
  for (const char* name : {"roster", "erasures", "indicators", "practices", "offers", "aggregates", "reviews",
                           "dialogue", "notices", "strategies"}) {
    ExpectKorean(name);
  }
}

TEST(Names, KindsAndStatesOfStrategies) {
  for (const char* name : {"strategy", "action", "target", "place"}) ExpectKorean(name);
  for (int state = v1::STRATEGY_STATE_PLANNED; state <= v1::STRATEGY_STATE_STOPPED; ++state) {
    ExpectKorean(domain::EnumWords(*v1::StrategyState_descriptor(), state));
  }
}

TEST(Names, StatesOfOffersPartiesAndPartnerships) {
  using domain::OfferState, domain::PartyState, domain::PartnershipState;
  for (const OfferState state :
       {OfferState::kOpen, OfferState::kPast, OfferState::kAgreed, OfferState::kConcluded, OfferState::kWithdrawn}) {
    ExpectKorean(domain::StateName(state));
  }
  ExpectKorean("closed");
  for (const PartyState state : {PartyState::kAwaited, PartyState::kSigned, PartyState::kLeft}) {
    ExpectKorean(domain::StateName(state));
  }
  for (const PartnershipState state : {PartnershipState::kProposed, PartnershipState::kInForce,
                                       PartnershipState::kEnded, PartnershipState::kConcluded}) {
    ExpectKorean(domain::StateName(state));
  }
}

TEST(Names, ChoicesOfOffers) {
  for (const google::protobuf::EnumDescriptor* type : {v1::OfferKind_descriptor(), v1::OfferDirection_descriptor(),
                                                       v1::ReplyIntent_descriptor(), v1::ConclusionKind_descriptor()}) {
    for (int i = 1; i < type->value_count(); ++i) ExpectKorean(domain::EnumWords(*type, type->value(i)->number()));
  }
}

TEST(Names, KindsAndChoicesOfNotices) {
  for (const domain::NoticeKind kind : domain::NoticeKinds()) ExpectKorean(domain::NoticeKindName(kind));
  for (const char* name : {"call for data", "taken part", "joins cluster"}) ExpectKorean(name);
  for (const google::protobuf::EnumDescriptor* type : {v1::OpportunityKind_descriptor(), v1::Presence_descriptor()}) {
    for (int i = 1; i < type->value_count(); ++i) ExpectKorean(domain::EnumWords(*type, type->value(i)->number()));
  }
}

TEST(Names, KindsAndMarksOfTheDialogue) {
  for (const domain::WordKind kind :
       {domain::WordKind::kTopic, domain::WordKind::kQuestion, domain::WordKind::kAnswer, domain::WordKind::kComment}) {
    ExpectKorean(domain::WordKindName(kind));
  }
  for (const std::string& mark : domain::MarkNames()) ExpectKorean(mark);
  ExpectKorean("open");
}

TEST(Names, RegionsOfUnesco) {
  for (const char* region : {"Africa", "Arab States", "Asia and the Pacific", "Europe and North America",
                             "Latin America and the Caribbean"}) {
    ExpectKorean(region);
  }
}

}  // namespace
}  // namespace hansa::node::cli
