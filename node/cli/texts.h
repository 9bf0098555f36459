// What the node answered, as people read it: sentences where they say more than a table, tables
// where there are many. Nothing is ordered by a value.
#ifndef HANSA_NODE_CLI_TEXTS_H_
#define HANSA_NODE_CLI_TEXTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "node/cli/table.h"

namespace hansa::v1 {
class GetMemberReply;
class GetStatusReply;
class ImportIndicatorsReply;
class CheckIndicatorsReply;
class CompareIndicatorsReply;
class DiscardIndicatorsReply;
class ListDepartmentsReply;
class GetCoverageReply;
class GetSummaryReply;
class ListBesideReply;
class ListProgressReply;
class PublishedSet;
class ListFeedsReply;
class ListIndicatorHistoryReply;
class ListMembersReply;
class ListPeersReply;
class PublishIndicatorsReply;
class RosterEntrySummary;
class ShowIndicatorsReply;
class VerifyReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// status_texts.cc
std::string TextOf(const v1::GetStatusReply& status, const Layout& layout);
// Whether nothing is published for want of room on the disk.
bool IsDiskFull(const v1::GetStatusReply& status);
// Up to date or what is waited for: the line of the status that matters most.
std::string SyncLine(const v1::GetStatusReply& status, const words::Words& words);

// peer_texts.cc
std::string TextOf(const v1::ListPeersReply& peers, const Layout& layout);

// member_texts.cc
std::string TextOf(const v1::ListMembersReply& members, const Layout& layout);
std::string TextOf(const v1::GetMemberReply& member, const Layout& layout);
std::string TextOf(const std::vector<v1::RosterEntrySummary>& roster_log, const Layout& layout);

// feed_texts.cc
// "1 entry", "2,000 feeds", "3 problems": parts of sentences that hold in every language.
std::string EntryCount(std::uint64_t count, const words::Words& words);
std::string FeedCount(std::uint64_t count, const words::Words& words);
std::string ProblemCount(std::uint64_t count, const words::Words& words);
std::string TextOf(const v1::ListFeedsReply& feeds, const Layout& layout);
std::string TextOf(const v1::VerifyReply& verified, const Layout& layout);

// indicator_texts.cc
std::string TextOf(const v1::ImportIndicatorsReply& report, const Layout& layout);
std::string TextOf(const v1::CheckIndicatorsReply& report, const Layout& layout);
std::string TextOf(const v1::ShowIndicatorsReply& values, const Layout& layout);
std::string TextOf(const v1::PublishIndicatorsReply& published, const Layout& layout);
// Whether the past of one cell was asked for, or that of several, whose rows then name their cell.
enum class Cells { kOne, kSeveral };
std::string TextOf(const v1::ListIndicatorHistoryReply& history, Cells cells, const Layout& layout);
std::string TextOf(const v1::PublishedSet& withdrawn, const Layout& layout);
std::string TextOf(const v1::ListDepartmentsReply& departments, const Layout& layout);
std::string TextOf(const v1::DiscardIndicatorsReply& discarded, const Layout& layout);

// progress_texts.cc
std::string TextOf(const v1::ListProgressReply& progress, const Layout& layout);
std::string TextOf(const v1::CompareIndicatorsReply& compared, const Layout& layout);
std::string TextOf(const v1::ListBesideReply& beside, const Layout& layout);
std::string TextOf(const v1::GetCoverageReply& coverage, const Layout& layout);
std::string TextOf(const v1::GetSummaryReply& summary, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_TEXTS_H_
