// A report in the form of a file, for whoever asks for it by name of the form.
#ifndef HANSA_NODE_API_REPORT_FORM_H_
#define HANSA_NODE_API_REPORT_FORM_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "node/report/document.h"

namespace hansa::v1 {
class MakeReportReply;
}

namespace hansa::node::api {

// Puts the file in the reply; nothing for an empty `form`.
//   INVALID_ARGUMENT  there is no such form
//   INTERNAL          it could not be drawn
absl::Status PutForm(const report::Document& document, absl::string_view form, v1::MakeReportReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_REPORT_FORM_H_
