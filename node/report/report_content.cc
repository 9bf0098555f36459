#include "node/report/report_content.h"

#include "node/report/report_writing.h"

namespace hansa::node::report {

Document MakeReport(const catalogue::Catalogue& catalogue, const ReportInput& input, words::Language language) {
  ReportWriting writing(catalogue, input, language);
  WriteFront(writing);
  WriteAccounts(writing);
  WriteFramework(writing);
  WriteStrategies(writing);
  WriteSurveys(writing);
  WriteAnnexes(writing);
  return writing.TakeDocument();
}

}  // namespace hansa::node::report
