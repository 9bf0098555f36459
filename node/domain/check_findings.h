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
  std::string rule;  // Id of a CheckRule, or of problem_rules.h for the form of a set, which no data may loosen.
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
  void Fault(const Place& place, Explanation fault) { Add(Severity::kError, place, std::move(fault)); }
  // `what` goes against `rule`, whose text says what to do.
  void Report(const CheckRule& rule, const Place& place, std::string what) {
    Add(rule.severity, place, {rule.id, std::move(what), rule.text.en});
  }
  // Likewise, with advice nearer to the matter than the rule's.
  void Report(const CheckRule& rule, const Place& place, std::string what, std::string remedy) {
    Add(rule.severity, place, {rule.id, std::move(what), std::move(remedy)});
  }

  std::vector<Finding> Take() && { return std::move(all_); }

 private:
  void Add(Severity severity, const Place& place, Explanation fault) {
    Problem problem{"",
                    0,
                    std::string(place.column),
                    std::string(place.cell),
                    std::move(fault.rule),
                    std::move(fault.what),
                    std::move(fault.remedy)};
    all_.push_back({problem.rule, severity, std::move(problem)});
  }

  std::vector<Finding> all_;
};

// Whether what stands beside the value already answers `rule`. `earlier` is the value that it is held against, nullptr
// if none: a note that stands there word for word explains no change between the two.
bool IsAnswered(const CheckRule& rule, const Observation& observation, const Observation* earlier = nullptr);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_CHECK_FINDINGS_H_
