// What travels with a value: notes, reasons, departures, attributes. Several values that say the same say it once.
#ifndef HANSA_NODE_REPORT_REPORT_REMARKS_H_
#define HANSA_NODE_REPORT_REPORT_REMARKS_H_

#include <string>
#include <vector>

#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"
#include "node/report/report_writing.h"

namespace hansa::node::report {

struct Remark {
  std::string label = {};  // such as 'Note'
  std::string text = {};   // never empty
  bool own_words = false;  // of the city, as it wrote them; else ours

  friend bool operator==(const Remark&, const Remark&) = default;
};

// Everything that `observation`, an answer in `measurement`, says beside its value and where that is from.
std::vector<Remark> RemarksOf(const ReportWriting& writing, const catalogue::Measurement& measurement,
                              const domain::Observation& observation);

// 2010, 2011, 2012, 2015 as '2010–2012, 2015'. `years` ascend.
std::string YearsText(const std::vector<int>& years);

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_REPORT_REMARKS_H_
