// Notices, who took part and who joined a cluster, as people read them, in their language. What others wrote stays as
// they wrote it, without what could disturb a terminal. No city has a number beside it.
#ifndef HANSA_NODE_CLI_NOTICE_TEXTS_H_
#define HANSA_NODE_CLI_NOTICE_TEXTS_H_

#include <string>

#include "node/cli/table.h"

namespace hansa::v1 {
class GetNoticeReply;
class ListNoticesReply;
class ListTakenPartReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

std::string TextOf(const v1::ListNoticesReply& notices, const Layout& layout);
std::string TextOf(const v1::GetNoticeReply& notice, const Layout& layout);
std::string TextOf(const v1::ListTakenPartReply& taken_part, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_NOTICE_TEXTS_H_
