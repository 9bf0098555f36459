// Partnerships as people read them: in a list, each whole with the text that its parties sign, and checked again. What
// cities wrote stays as they wrote it.
#ifndef HANSA_NODE_CLI_PARTNERSHIP_TEXTS_H_
#define HANSA_NODE_CLI_PARTNERSHIP_TEXTS_H_

#include <string>

#include "node/cli/record_page.h"
#include "node/cli/table.h"

namespace hansa::v1 {
class ConclusionSummary;
class ListPartnershipsReply;
class PartnershipSummary;
class VerifyPartnershipReply;
}  // namespace hansa::v1

namespace hansa::node::cli {

// 'de-bonn, fi-espoo (left)'.
std::string PartiesOf(const v1::PartnershipSummary& partnership, const Layout& layout);
// Who said that it is over, how it ended, and what came of it.
void AddConclusion(const v1::ConclusionSummary& conclusion, RecordPage& page);
// Why each party that left did so, as it said itself.
void AddReasonsOfLeaving(const v1::PartnershipSummary& partnership, RecordPage& page);

std::string TextOf(const v1::ListPartnershipsReply& partnerships, const Layout& layout);
// All of it, with the text that is signed.
std::string TextOf(const v1::PartnershipSummary& partnership, const Layout& layout);
std::string TextOf(const v1::VerifyPartnershipReply& proof, const Layout& layout);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_PARTNERSHIP_TEXTS_H_
