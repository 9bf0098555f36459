// The only file of this folder that knows the schema of indicators.
#include "node/domain/indicator_codec.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "hansa/v1/indicators.pb.h"
#include "node/domain/set_limits.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

// The enumerations of the schema and ours have the same numbers; this holds them to it.
static_assert(v1::SOURCE_KIND_EXPERT_REVIEW == static_cast<int>(SourceKind::kExpertReview));
static_assert(v1::DEFINITION_MATCH_APPROXIMATE == static_cast<int>(DefinitionMatch::kApproximate));
static_assert(v1::AREA_LEVEL_REGION == static_cast<int>(AreaLevel::kRegion));

// Fields are written in the order of their numbers: the schema has no maps and we keep no unknown
// fields.
std::string Bytes(const google::protobuf::MessageLite& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    HANSA_CHECK(message.SerializeToCodedStream(&coded));
  }
  return bytes;
}

v1::Observation ToProto(const Observation& o) {
  v1::Observation proto;
  proto.set_cell(o.cell);
  if (o.value) {
    proto.set_value(o.value->text());
  } else if (!o.no_data_reason.empty()) {
    proto.set_no_data_reason(o.no_data_reason);
  }
  proto.set_unit(o.unit);
  proto.set_source_kind(static_cast<v1::SourceKind>(o.source_kind));
  proto.set_source(o.source);
  proto.set_supplier(o.supplier);
  proto.set_licence(o.licence);
  proto.set_period(o.period);
  proto.set_area(o.area);
  proto.set_level(static_cast<v1::AreaLevel>(o.level));
  proto.set_match(static_cast<v1::DefinitionMatch>(o.match));
  proto.set_derivation_note(o.derivation_note);
  proto.set_definition_language(o.definition_language);
  for (const ObservationAttribute& attribute : o.attributes) {
    v1::ObservationAttribute* added = proto.add_attributes();
    added->set_key(attribute.key);
    added->set_value(attribute.value);
  }
  proto.set_note(o.note);
  proto.set_approved_by(o.approved_by);
  return proto;
}

// A code of the future is shown as 'not given'; the record itself is kept as it is.
template <typename Ours>
Ours Known(int number, Ours last) {
  const bool known = number >= 0 && number <= static_cast<int>(last);
  return known ? static_cast<Ours>(number) : Ours::kNotGiven;
}

// Exchanges the text with ours, so that both keep their memory; a field that is not there takes none.
void Take(v1::Observation& proto, const std::string& held, std::string* (v1::Observation::*field)(),
          std::string& ours) {
  ours.clear();
  if (!held.empty()) ours.swap(*(proto.*field)());
}

// Makes `o`, whatever it was, what `proto` says, which then says something else.
absl::Status TakeFrom(v1::Observation& proto, Observation& o) {
  Take(proto, proto.cell(), &v1::Observation::mutable_cell, o.cell);
  o.value.reset();
  o.no_data_reason.clear();
  if (proto.has_value()) {
    absl::StatusOr<Decimal> value = Decimal::Parse(proto.value());
    if (!value.ok()) {
      return absl::InvalidArgumentError(absl::StrCat("value: ", value.status().message()));
    }
    o.value = std::move(value).value();
  }
  if (proto.has_no_data_reason()) o.no_data_reason.swap(*proto.mutable_no_data_reason());
  Take(proto, proto.unit(), &v1::Observation::mutable_unit, o.unit);
  o.source_kind = Known(proto.source_kind(), SourceKind::kExpertReview);
  Take(proto, proto.source(), &v1::Observation::mutable_source, o.source);
  Take(proto, proto.supplier(), &v1::Observation::mutable_supplier, o.supplier);
  Take(proto, proto.licence(), &v1::Observation::mutable_licence, o.licence);
  Take(proto, proto.period(), &v1::Observation::mutable_period, o.period);
  Take(proto, proto.area(), &v1::Observation::mutable_area, o.area);
  o.level = Known(proto.level(), AreaLevel::kRegion);
  o.match = Known(proto.match(), DefinitionMatch::kApproximate);
  Take(proto, proto.derivation_note(), &v1::Observation::mutable_derivation_note, o.derivation_note);
  Take(proto, proto.definition_language(), &v1::Observation::mutable_definition_language, o.definition_language);
  o.attributes.resize(static_cast<std::size_t>(proto.attributes_size()));
  for (std::size_t i = 0; i < o.attributes.size(); ++i) {
    v1::ObservationAttribute& attribute = *proto.mutable_attributes(static_cast<int>(i));
    o.attributes[i].key.swap(*attribute.mutable_key());
    o.attributes[i].value.swap(*attribute.mutable_value());
  }
  Take(proto, proto.note(), &v1::Observation::mutable_note, o.note);
  Take(proto, proto.approved_by(), &v1::Observation::mutable_approved_by, o.approved_by);
  o.word_of.clear();
  return absl::OkStatus();
}

absl::Status Refusal(absl::string_view doing, const absl::Status& why) {
  return absl::InvalidArgumentError(absl::StrCat(doing, ": ", why.message()));
}

absl::StatusOr<IndicatorSet> FromProto(v1::IndicatorSet proto) {
  IndicatorSet set;
  if (proto.year() > static_cast<unsigned>(kYearMax)) {
    return absl::InvalidArgumentError("year: not from 1900 to 2200");
  }
  set.year = static_cast<int>(proto.year());
  set.framework_id = std::move(*proto.mutable_framework_id());
  set.framework_version = std::move(*proto.mutable_framework_version());
  set.catalogue_sha256 = std::move(*proto.mutable_catalogue_sha256());
  set.revision_reason = std::move(*proto.mutable_revision_reason());
  set.language = std::move(*proto.mutable_language());
  set.observations.reserve(static_cast<std::size_t>(proto.observations_size()));
  for (v1::Observation& observation : *proto.mutable_observations()) {
    HANSA_RETURN_IF_ERROR(TakeFrom(observation, set.observations.emplace_back()));
  }
  return set;
}

}  // namespace

absl::StatusOr<std::string> EncodeIndicatorSet(const IndicatorSet& set) {
  if (const absl::Status status = CheckLimits(set); !status.ok()) {
    return Refusal("publishing an indicator set", status);
  }
  v1::IndicatorSet proto;
  proto.set_year(static_cast<unsigned>(set.year));
  proto.set_framework_id(set.framework_id);
  proto.set_framework_version(set.framework_version);
  proto.set_catalogue_sha256(set.catalogue_sha256);
  proto.set_revision_reason(set.revision_reason);
  proto.set_language(set.language);
  for (const Observation& observation : set.observations) {
    *proto.add_observations() = ToProto(observation);
  }
  std::string bytes = Bytes(proto);
  if (bytes.size() > kIndicatorSetBytesMax) {
    return absl::ResourceExhaustedError(absl::StrCat("publishing an indicator set: the set of ", set.year, " takes ",
                                                     bytes.size(), " bytes and may take ", kIndicatorSetBytesMax,
                                                     "; shorten its notes"));
  }
  return bytes;
}

absl::StatusOr<IndicatorSet> DecodeIndicatorSet(absl::string_view bytes) {
  constexpr absl::string_view kDoing = "reading an indicator set";
  if (bytes.size() > kIndicatorSetBytesMax) {
    return absl::InvalidArgumentError(absl::StrCat(kDoing, ": larger than 262,144 bytes"));
  }
  v1::IndicatorSet proto;
  if (!proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError(absl::StrCat(kDoing, ": the bytes are not a record of this kind"));
  }
  absl::StatusOr<IndicatorSet> set = FromProto(std::move(proto));
  if (!set.ok()) return Refusal(kDoing, set.status());
  if (const absl::Status status = CheckLimits(*set); !status.ok()) return Refusal(kDoing, status);
  return set;
}

absl::StatusOr<std::string> EncodeDraftObservation(const Observation& observation) {
  if (observation.value && !observation.no_data_reason.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(observation.cell, ": a value and a reason for no data; keep one of them"));
  }
  if (const absl::Status status = CheckLimits(observation); !status.ok()) {
    return Refusal("keeping a draft", status);
  }
  return Bytes(ToProto(observation));
}

absl::StatusOr<Observation> DecodeDraftObservation(absl::string_view bytes) {
  absl::StatusOr<Observation> observation = DecodeStoredObservation(bytes);
  HANSA_RETURN_IF_ERROR(observation.status());
  if (const absl::Status status = CheckLimits(*observation); !status.ok()) {
    return Refusal("reading a draft", status);
  }
  return observation;
}

absl::StatusOr<Observation> DecodeStoredObservation(absl::string_view bytes) {
  Observation observation;
  HANSA_RETURN_IF_ERROR(StoredObservations().Read(bytes, observation));
  return observation;
}

struct StoredObservations::Parsed {
  v1::Observation proto;
};

StoredObservations::StoredObservations() : parsed_(std::make_unique<Parsed>()) {}
StoredObservations::~StoredObservations() = default;

absl::Status StoredObservations::Read(absl::string_view bytes, Observation& observation) {
  constexpr absl::string_view kDoing = "reading an observation";
  v1::Observation& proto = parsed_->proto;
  if (bytes.size() > kIndicatorSetBytesMax || !proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError(absl::StrCat(kDoing, ": the bytes are not an observation"));
  }
  const absl::Status status = TakeFrom(proto, observation);
  return status.ok() ? status : Refusal(kDoing, status);
}

}  // namespace hansa::node::domain
