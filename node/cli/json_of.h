// What the node answered, as JSON for scripts. Names and types are kept; fields may be added. What is
// not given is null, never an empty text. Each result is one JSON value with a line end.
#ifndef HANSA_NODE_CLI_JSON_OF_H_
#define HANSA_NODE_CLI_JSON_OF_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace hansa::v1 {
class AdmitReply;
class BackupReply;
class CheckIndicatorsReply;
class CompareIndicatorsReply;
class AssignCellsReply;
class DiscardIndicatorsReply;
class ListDepartmentsReply;
class MakeTemplateReply;
class GetCoverageReply;
class GetSummaryReply;
class ListBesideReply;
class ListProgressReply;
class PublishedSet;
class GetMemberReply;
class GetStatusReply;
class ImportIndicatorsReply;
class ListFeedsReply;
class ListIndicatorHistoryReply;
class ListMembersReply;
class ListPeersReply;
class PublishIndicatorsReply;
class ReindexReply;
class RosterEntrySummary;
class ShowIndicatorsReply;
class VerifyReply;
}  // namespace hansa::v1
namespace hansa::node::backup {
struct Manifest;
}
namespace hansa::node::membership {
struct FoundedNetwork;
struct NodeSetUp;
}  // namespace hansa::node::membership

namespace hansa::node::cli {

// {"error":{"code","exit","message"}}
std::string JsonOf(const absl::Status& error, int exit);

std::string JsonOf(const v1::GetStatusReply& status);
std::string JsonOf(const v1::ListPeersReply& peers);
std::string JsonOf(const v1::ListMembersReply& members);
std::string JsonOf(const v1::GetMemberReply& member);
std::string JsonOf(const std::vector<v1::RosterEntrySummary>& roster_log);
std::string JsonOf(const v1::AdmitReply& admission);
std::string JsonOf(const v1::ListFeedsReply& feeds);
std::string JsonOf(const v1::VerifyReply& verified);
std::string JsonOf(const v1::ReindexReply& reindexed);
std::string JsonOf(const v1::BackupReply& made);
std::string JsonOf(const v1::ImportIndicatorsReply& report);
std::string JsonOf(const v1::CheckIndicatorsReply& report);
std::string JsonOf(const v1::ShowIndicatorsReply& values);
std::string JsonOf(const v1::ListIndicatorHistoryReply& history);
std::string JsonOf(const v1::PublishedSet& set);
// Of files that an export was written to.
struct ExportedFiles {
  std::string file;
  std::string companion;  // empty: none
  std::uint64_t rows = 0;
};
std::string JsonOfExport(const ExportedFiles& files);
std::string JsonOf(const v1::AssignCellsReply& assigned);
std::string JsonOf(const v1::ListDepartmentsReply& departments);
// `file` is where the template was written.
std::string JsonOf(const v1::MakeTemplateReply& made, const std::string& file);
std::string JsonOf(const v1::DiscardIndicatorsReply& discarded);
std::string JsonOf(const v1::ListProgressReply& progress);
std::string JsonOf(const v1::CompareIndicatorsReply& compared);
std::string JsonOf(const v1::ListBesideReply& beside);
std::string JsonOf(const v1::GetCoverageReply& coverage);
std::string JsonOf(const v1::GetSummaryReply& summary);
// One object for a year that was asked for, else an array.
enum class Sets { kOne, kSeveral };
std::string JsonOf(const v1::PublishIndicatorsReply& published, Sets sets);

struct FoundingNames {
  std::string name;
  std::string hub;  // slug
};
std::string JsonOf(const membership::FoundedNetwork& network, const FoundingNames& names);
std::string JsonOf(const membership::NodeSetUp& node, const std::string& folder);
// Of a backup that was restored to `folder`.
std::string JsonOf(const backup::Manifest& restored, const std::string& folder);
// {"file", and what else is said of it}, for commands that write one file.
struct WrittenFile {
  std::string form;  // application, recommendation, deferral, approval, proposal
  std::string path;
  std::string words = {};  // what it says; may be empty
};
std::string JsonOf(const WrittenFile& file);
// {"peer","added":bool} or {"peer","removed":bool}
std::string JsonOfPeer(const std::string& address, const char* done);
// {"version"}
std::string JsonOfVersion(const std::string& version);
// {"help": text}
std::string JsonOfHelp(const std::string& text);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_JSON_OF_H_
