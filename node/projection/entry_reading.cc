#include "node/projection/entry_reading.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/aggregates.pb.h"
#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/indicators.pb.h"
#include "hansa/v1/kinds.pb.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/reviews.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/domain/dialogue_reading.h"
#include "node/domain/indicator_codec.h"
#include "node/domain/notice_reading.h"
#include "node/domain/own_target.h"
#include "node/domain/record_form.h"
#include "node/domain/value_rules.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::projection {
namespace {

constexpr replication::Kind kTakenPart{v1::KIND_DIALOGUE_TAKEN_PART};
constexpr replication::Kind kJoinsCluster{v1::KIND_DIALOGUE_JOINS_CLUSTER};

absl::Status Broken(absl::string_view cell, absl::string_view rule) {
  return absl::InvalidArgumentError(absl::StrCat(cell, ": ", rule));
}

absl::Status CheckPublished(const catalogue::Cell& cell, const domain::Observation& observation) {
  if (!observation.value) return absl::OkStatus();
  if (const auto fault = domain::CheckValue(*cell.measurement, *observation.value)) {
    return Broken(cell.id, fault->what);
  }
  if (const auto fault = domain::CheckUnit(*cell.measurement, observation.unit)) {
    return Broken(cell.id, fault->what);
  }
  if (observation.source_kind == domain::SourceKind::kExpertReview) {
    return Broken(cell.id, "a rating that the city gave itself");
  }
  return absl::OkStatus();
}

void ReadSet(const EntryContext& context, const replication::Bytes& payload, EntryRead& read) {
  Revision& revision = read.revision;
  absl::StatusOr<domain::IndicatorSet> set = domain::DecodeIndicatorSet(payload);
  if (!set.ok()) {
    revision.reading = Reading::kMalformed;
    revision.what = std::string(set.status().message());
    return;
  }
  absl::Status rules = CheckPublishedSet(context.catalogue, *set);
  if (context.author_kind != replication::MemberKind::kCity) {
    rules = absl::InvalidArgumentError(
        absl::StrCat("indicator sets are written by cities, and this is by a member of kind ",
                     replication::MemberKindName(context.author_kind)));
  }
  if (!rules.ok()) {
    revision.reading = Reading::kInvalid;
    revision.what = std::string(rules.message());
    return;
  }
  revision.subject = SetSubject{set->year, set->framework_id, set->framework_version};
  read.content = SetContent{*std::move(set), payload};
}

// Reads the message of `kind`; nullopt for a kind that has no reader here.
std::optional<absl::Status> ReadRecord(replication::Kind kind, const replication::Bytes& payload) {
  const auto read_as = [&payload](google::protobuf::Message&& record) { return domain::DecodeRecord(payload, record); };
  if (kind == replication::kPractice) return read_as(v1::Practice());
  if (kind == replication::kPracticeTranslation) return read_as(v1::PracticeTranslation());
  if (kind == replication::kPracticeWithdrawal) return read_as(v1::PracticeWithdrawal());
  if (kind == replication::kOffer) return read_as(v1::Offer());
  if (kind == replication::kOfferReply) return read_as(v1::OfferReply());
  if (kind == replication::kOfferAcceptance) return read_as(v1::Acceptance());
  if (kind == replication::kOfferLeaving) return read_as(v1::Leaving());
  if (kind == replication::kOfferConclusion) return read_as(v1::Conclusion());
  if (kind == replication::kOfferWithdrawal) return read_as(v1::OfferWithdrawal());
  if (kind == replication::kOfferDecline) return read_as(v1::Decline());
  if (kind == replication::kOwnTarget) {
    v1::OwnTarget target;
    return domain::DecodeOwnTarget(payload, target);
  }
  if (kind == replication::kCityPlace) return read_as(v1::CityPlace());
  if (kind == replication::kNetworkSummary) return read_as(v1::NetworkSummary());
  if (kind == replication::kReviewReport) return read_as(v1::ReviewReport());
  if (kind == replication::kReviewRating) return read_as(v1::Rating());
  if (kind == replication::kSurveyResult) return read_as(v1::SurveyResult());
  if (kind == replication::kStrategy) return read_as(v1::Strategy());
  if (kind == kTakenPart) return read_as(v1::TakenPart());
  if (kind == kJoinsCluster) return read_as(v1::JoinsCluster());
  if (const std::optional<domain::NoticeKind> notice = domain::NoticeKindOf(kind)) {
    return domain::DecodeRecord(payload, *domain::NewNotice(*notice));
  }
  if (const std::optional<domain::WordKind> word = domain::WordKindOf(kind)) {
    return domain::DecodeRecord(payload, *domain::NewWord(*word));
  }
  return std::nullopt;
}

bool IsKnown(replication::Kind kind) {
  return kind == replication::kIndicatorSet || kind == replication::kOwnTarget || kind == replication::kCityPlace ||
         kind == replication::kNetworkSummary ||
         (kind >= replication::kReviewReport && kind <= replication::kSurveyResult) || kind == replication::kStrategy ||
         (kind >= replication::kPractice && kind <= replication::kPracticeWithdrawal) ||
         (kind >= replication::kOffer && kind <= replication::kOfferDecline) || kind == kTakenPart ||
         kind == kJoinsCluster || domain::NoticeKindOf(kind).has_value() || domain::WordKindOf(kind).has_value();
}

// A rating or a survey result: what it says of cells, if its own bytes bear it out.
void ReadSpoken(const EntryContext& context, const replication::Bytes& payload, EntryRead& read) {
  const domain::ReviewContext review{context.crypto, context.network, context.catalogue, context.author.member};
  absl::StatusOr<domain::SpokenAnswers> spoken;
  if (read.revision.kind == replication::kReviewRating) {
    v1::Rating rating;
    v1::RatingBody body;
    HANSA_CHECK(rating.ParseFromString(payload));  // it was read before
    spoken = domain::ReadRating(review, rating, body);
  } else {
    v1::SurveyResult result;
    v1::SurveyBody body;
    HANSA_CHECK(result.ParseFromString(payload));
    spoken = domain::ReadSurvey(review, result, body);
  }
  if (spoken.ok()) {
    read.spoken = *std::move(spoken);
    return;
  }
  read.revision.reading = Reading::kInvalid;
  read.revision.what = std::string(spoken.status().message());
}

void ReadContent(const EntryContext& context, const replication::Bytes& payload, EntryRead& read) {
  Revision& revision = read.revision;
  if (revision.kind == replication::kIndicatorSet) return ReadSet(context, payload, read);
  const std::optional<absl::Status> content = ReadRecord(revision.kind, payload);
  HANSA_CHECK(content.has_value());
  if (content->ok()) {
    const bool is_spoken = revision.kind == replication::kReviewRating || revision.kind == replication::kSurveyResult;
    if (is_spoken) ReadSpoken(context, payload, read);
    if (context.author_kind == replication::MemberKind::kCity) return;
    const bool is_of_cities = revision.kind == replication::kOwnTarget || revision.kind == replication::kCityPlace ||
                              revision.kind == replication::kStrategy;
    const bool is_review = is_spoken || revision.kind == replication::kReviewReport;
    if (!is_of_cities && !is_review) return;
    read.spoken.reset();
    revision.reading = Reading::kInvalid;
    revision.what = absl::StrCat(is_review ? "reports, ratings and surveys" : "targets, places and strategies",
                                 " are written by cities, and this is by a member of kind ",
                                 replication::MemberKindName(context.author_kind));
    return;
  }
  revision.reading = Reading::kMalformed;
  revision.what = std::string(content->message());
}

}  // namespace

EntryRead ReadEntry(const EntryContext& context, const replication::EntryHeader& header,
                    const replication::Entry& entry) {
  EntryRead read;
  Revision& revision = read.revision;
  revision.position = {context.author.incarnation, header.seq, header.feed};
  revision.kind = header.kind;
  revision.schema_ver = header.schema_ver;
  revision.entry_hash = replication::EntryHash(context.crypto, entry.header);
  revision.claimed_time_ms = header.claimed_time_ms;
  revision.retracted = header.retract;
  if (replication::CollectionOf(header.kind) != context.author.collection) {
    revision.reading = Reading::kInvalid;
    revision.what = absl::StrCat("kind ", header.kind.value(), " belongs to another collection");
  } else if (!IsKnown(header.kind) || header.schema_ver != kRecordSchema) {
    revision.reading = Reading::kUnknown;
    revision.what =
        absl::StrCat("kind ", header.kind.value(), ", schema ", header.schema_ver, ": this version cannot show it");
  } else if (header.retract) {
    revision.reading = Reading::kUnderstood;
  } else if (!entry.payload) {
    revision.reading = Reading::kNoPayload;
    revision.what = "the content is not held";
  } else {
    ReadContent(context, entry.payload->payload, read);
  }
  return read;
}

absl::Status CheckPublishedSet(const catalogue::Catalogue& catalogue, const domain::IndicatorSet& set) {
  const bool ours = set.framework_id == catalogue.framework_id() && set.framework_version == catalogue.version() &&
                    set.catalogue_sha256 == catalogue.sha256();
  if (!ours) return absl::OkStatus();
  const catalogue::Cell* last = nullptr;
  for (const domain::Observation& observation : set.observations) {
    const catalogue::Cell* cell = CellAfter(catalogue, last, observation.cell);
    if (cell == nullptr) return Broken(observation.cell, "the catalogue has no such cell");
    if (last != nullptr && cell->position <= last->position) return Broken(cell->id, "not in catalogue order");
    last = cell;
    HANSA_RETURN_IF_ERROR(CheckPublished(*cell, observation));
  }
  return absl::OkStatus();
}

const catalogue::Cell* CellAfter(const catalogue::Catalogue& catalogue, const catalogue::Cell* last,
                                 absl::string_view id) {
  const std::size_t next = last == nullptr ? 0 : last->position + 1;
  if (next < catalogue.cells().size() && catalogue.cells()[next].id == id) return &catalogue.cells()[next];
  return catalogue.FindCell(id);
}

absl::StatusOr<replication::Bytes> ReadPayload(const storage::FeedStore& feeds, const Position& position) {
  absl::StatusOr<std::vector<storage::StoredEntry>> read = feeds.ReadEntries(position.feed, position.seq, 1);
  HANSA_RETURN_IF_ERROR(read.status());
  if (read->size() != 1 || read->front().seq != position.seq || !read->front().entry.payload) {
    return absl::NotFoundError(
        absl::StrCat("the content of entry ", position.seq.value(), " is not held: it was erased or has not arrived"));
  }
  return std::move(read->front().entry.payload->payload);
}

}  // namespace hansa::node::projection
