// What the checks found, each with the rule that it goes against.
#ifndef HANSA_NODE_DOMAIN_CHECK_FINDINGS_H_
#define HANSA_NODE_DOMAIN_CHECK_FINDINGS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/domain/check_rules.h"
#include "node/domain/observation.h"
#include "node/domain/problem.h"

namespace hansa::node::domain {

struct Finding {
  std::string rule;  // Id of a CheckRule; empty for the form of a set, which no rule may loosen.
  Severity severity = Severity::kError;
  Problem problem;

  friend bool operator==(const Finding&, const Finding&) = default;
};

// Where a finding stands: a cell or row of the catalogue, and a column of the Indicator CSV. Either may be empty.
struct Place {
  absl::string_view cell;
  absl::string_view column;
};

// Gathers findings in the order in which they are reported. Not thread-safe.
class Findings {
 public:
  // A fault of form: always an error.
  void Fault(const Place& place, Explanation fault) { Add("", Severity::kError, place, std::move(fault)); }
  // `what` goes against `rule`, whose text says what to do.
  void Report(const CheckRule& rule, const Place& place, std::string what) {
    Add(rule.id, rule.severity, place, {std::move(what), rule.text.en});
  }
  // Likewise, with advice nearer to the matter than the rule's.
  void Report(const CheckRule& rule, const Place& place, Explanation fault) {
    Add(rule.id, rule.severity, place, std::move(fault));
  }

  std::vector<Finding> Take() && { return std::move(all_); }

 private:
  void Add(const std::string& rule, Severity severity, const Place& place, Explanation fault) {
    all_.push_back(
        {rule,
         severity,
         {"", 0, std::string(place.column), std::string(place.cell), std::move(fault.what), std::move(fault.remedy)}});
  }

  std::vector<Finding> all_;
};

// Whether what stands beside the value already answers `rule`. `earlier` is the value that it is held against, nullptr
// if none: a note that stands there word for word explains no change between the two.
bool IsAnswered(const CheckRule& rule, const Observation& observation, const Observation* earlier = nullptr);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_CHECK_FINDINGS_H_
