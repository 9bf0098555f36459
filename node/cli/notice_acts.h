// What the commands about notices and about clusters, which are notices too, have in common.
#ifndef HANSA_NODE_CLI_NOTICE_ACTS_H_
#define HANSA_NODE_CLI_NOTICE_ACTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "node/cli/command.h"
#include "node/cli/invocation.h"

namespace hansa::node::cli {

// The file is FILE.
absl::StatusOr<int> AddNotice(Invocation& invocation, const std::string& kind);
// As NoticeFilters say; empty: of every kind.
absl::StatusOr<int> ListNotices(Invocation& invocation, const std::string& kind);
// ID, at --revision.
absl::StatusOr<int> ShowNotice(Invocation& invocation);

std::vector<Option> NoticeFilters();
Option NoticeRevisionOption();

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_NOTICE_ACTS_H_
