// Notices, who took part and who joined a cluster, as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_NOTICE_JSON_H_
#define HANSA_NODE_CLI_NOTICE_JSON_H_

#include <string>

namespace hansa::v1 {
class GetNoticeReply;
class ListNoticesReply;
class ListTakenPartReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// In the order of the list.
std::string JsonOf(const v1::ListNoticesReply& notices);
// As in the list, with what its file says, who and what belongs to it, and every revision.
std::string JsonOf(const v1::GetNoticeReply& notice);
// By member, first day and title.
std::string JsonOf(const v1::ListTakenPartReply& taken_part);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_NOTICE_JSON_H_
