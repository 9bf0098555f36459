// A member's node with the desks that its officers work at.
#ifndef HANSA_TESTS_LEARNING_OFFICE_H_
#define HANSA_TESTS_LEARNING_OFFICE_H_

#include <string>
#include <utility>

#include "absl/time/civil_time.h"
#include "node/catalogue/current.h"
#include "node/desk/dialogue_desk.h"
#include "node/desk/following_desk.h"
#include "node/desk/notice_desk.h"
#include "node/desk/offer_desk.h"
#include "node/desk/practice_desk.h"
#include "node/desk/taken_part_desk.h"
#include "tests/learning/member_node.h"

namespace hansa::learning {

struct Office {
  Office(testing::Loop& loop, testing::LoopNode& at, testing::Applicant applicant, const replication::Crypto& crypto)
      : node(loop, at, std::move(applicant), crypto) {}

  const std::string& slug() const { return node.applicant().application.slug; }
  replication::MemberKind kind() const { return node.applicant().application.kind; }
  // The day it is where it is earliest.
  std::string day() const {
    return absl::FormatCivilTime(absl::ToCivilDay(node.now() - absl::Hours(12), absl::UTCTimeZone()));
  }

  MemberNode node;
  const node::catalogue::Catalogue& catalogue = node::catalogue::CurrentCatalogue();
  node::desk::PracticeDesk practices{node, catalogue, node.views()};
  node::desk::OfferDesk offers{node, catalogue, node.views(), [this] { return day(); }};
  node::desk::DialogueDesk dialogue{node, catalogue, node.views()};
  node::desk::NoticeDesk notices{node, catalogue, node.views(), [this] { return node.now(); }};
  node::desk::TakenPartDesk taken_part{node, catalogue, node.views()};
  node::desk::FollowingDesk following{node, catalogue, node.views()};
  int back_in_week = 0;       // until then it reaches nobody
  bool is_suspended = false;  // at the end
};

}  // namespace hansa::learning

#endif  // HANSA_TESTS_LEARNING_OFFICE_H_
