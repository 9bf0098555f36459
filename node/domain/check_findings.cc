#include "node/domain/check_findings.h"

namespace hansa::node::domain {
namespace {

bool IsNew(const std::string& note, const Observation& earlier) {
  return !note.empty() && note != earlier.note && note != earlier.derivation_note;
}

}  // namespace

bool IsAnswered(const CheckRule& rule, const Observation& observation, const Observation* earlier) {
  if (rule.answered_by == AnsweredBy::kNothing) return false;
  if (rule.answered_by == AnsweredBy::kNote || earlier == nullptr) {
    return !observation.note.empty() || !observation.derivation_note.empty();
  }
  return IsNew(observation.note, *earlier) || IsNew(observation.derivation_note, *earlier);
}

}  // namespace hansa::node::domain
