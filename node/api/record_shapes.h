// What the desk knows of records, in the shapes of the API, for every group of answers that shows them.
#ifndef HANSA_NODE_API_RECORD_SHAPES_H_
#define HANSA_NODE_API_RECORD_SHAPES_H_

#include <string>

namespace hansa::v1 {
class RecordLink;
class RecordRevision;
class StrategySummary;
class TargetSummary;
}  // namespace hansa::v1
namespace hansa::node::desk {
struct LinkedRecord;
struct PracticeRevision;
struct StandingStrategy;
struct StandingTarget;
}  // namespace hansa::node::desk

namespace hansa::node::api {

// `member` is the slug of the city.
void Put(const desk::StandingTarget& target, const std::string& member, v1::TargetSummary& out);
void Put(const desk::StandingStrategy& strategy, const std::string& member, v1::StrategySummary& out);
void Put(const desk::PracticeRevision& revision, v1::RecordRevision& out);
void PutLink(const desk::LinkedRecord& link, v1::RecordLink& out);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_RECORD_SHAPES_H_
