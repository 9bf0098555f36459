// Best practices, and offers that fit each other, as JSON for scripts. As json_of.h.
#ifndef HANSA_NODE_CLI_PRACTICE_JSON_H_
#define HANSA_NODE_CLI_PRACTICE_JSON_H_

#include <string>

namespace hansa::v1 {
class FileSummary;
class FindMatchesReply;
class GetPracticeReply;
class ListFilesReply;
class ListPracticesReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// By member, title and id.
std::string JsonOf(const v1::ListPracticesReply& practices);
// As in the list, with what its file says, every revision, what it builds on, who built on it and its translations.
std::string JsonOf(const v1::GetPracticeReply& practice);
// A file as in the "attachments" of a record; and those of a record.
std::string JsonOf(const v1::FileSummary& file);
std::string JsonOf(const v1::ListFilesReply& files);
// The object `json` with its "attachments".
std::string WithFiles(const std::string& json, const v1::ListFilesReply& files);
// By title; each with its matches by member name and title.
std::string JsonOf(const v1::FindMatchesReply& matches);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_PRACTICE_JSON_H_
