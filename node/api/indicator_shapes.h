// What several answers about indicators say in the same form.
#ifndef HANSA_NODE_API_INDICATOR_SHAPES_H_
#define HANSA_NODE_API_INDICATOR_SHAPES_H_

#include "node/desk/desk_reports.h"

namespace hansa::v1 {
class CheckIndicatorsReply;
class ImportIndicatorsReply;
class IndicatorRow;
class PublishedSet;
}  // namespace hansa::v1

namespace hansa::node::api {

void Put(const desk::DraftReport& report, v1::ImportIndicatorsReply& reply);
void Put(const desk::DraftReport& report, v1::CheckIndicatorsReply& reply);
// Whose it is, of which year and revision is left to the caller.
void Put(const domain::Observation& observation, v1::IndicatorRow& row);
void Put(const desk::ShownObservation& shown, v1::IndicatorRow& row);
void Put(const desk::PublishedSet& set, v1::PublishedSet& out);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_INDICATOR_SHAPES_H_
