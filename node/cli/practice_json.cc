#include "node/cli/practice_json.h"

#include <cstdint>
#include <nlohmann/json.hpp>

#include "hansa/v1/node.pb.h"
#include "node/cli/json_parts.h"
#include "node/domain/record_form.h"

namespace hansa::node::cli {
namespace {

using json::Array;
using json::ArrayOf;
using json::Json;
using json::Link;
using json::Moment;
using json::OrNull;
using json::Revision;
using json::Text;

Json Practice(const v1::PracticeSummary& practice) {
  return {{"id", practice.id()},
          {"member", practice.member()},
          {"title", practice.title()},
          {"year", OrNull(practice.year())},
          {"language", OrNull(practice.language())},
          {"features", Array(practice.features())},
          {"actions", Array(practice.actions())},
          {"revision", practice.revision()},
          {"summary", OrNull(practice.summary())}};
}

Json Listed(const v1::PracticeSummary& practice) {
  Json json = Practice(practice);
  json["translated_title"] = OrNull(practice.translated_title());
  json["translated_language"] = OrNull(practice.translated_language());
  return json;
}

Json BuiltOn(const v1::BuiltOnLink& link) {
  return {{"practice", Link(link.practice())},
          {"changed", OrNull(link.changed())},
          {"outcome", OrNull(link.outcome())},
          {"fault", OrNull(link.fault())}};
}

Json Translation(const v1::TranslationSummary& translation) {
  return {{"translation", Link(translation.translation())},
          {"language", translation.language()},
          {"method", OrNull(translation.method())},
          {"translated_by", OrNull(translation.translated_by())},
          {"is_of_earlier_revision", translation.is_of_earlier_revision()}};
}

Json Erased(const v1::ErasedBy& erased) {
  return {{"member", erased.member()},
          {"name", erased.name()},
          {"at", Moment(erased.ordered_ms())},
          {"reason", erased.reason()}};
}

Json File(const v1::FileSummary& file) {
  return {{"name", file.name()},
          {"size", file.size()},
          {"media_type", OrNull(file.media_type())},
          {"description", OrNull(file.description())},
          {"language", OrNull(file.language())},
          {"licence", OrNull(file.licence())},
          {"hash", file.hash()},
          {"state", file.state()},
          {"chunks_here", file.chunks_here()},
          {"chunks", file.chunks()}};
}

Json Match(const v1::OfferMatch& match) {
  return {{"offer", Link(match.offer())},
          {"direction", match.direction()},
          {"member_name", match.member_name()},
          {"reasons", Array(match.reasons())},
          {"valid_until", OrNull(match.valid_until())}};
}

}  // namespace

std::string JsonOf(const v1::ListPracticesReply& practices) { return Text(ArrayOf(practices.practices(), Listed)); }

std::string JsonOf(const v1::GetPracticeReply& practice) {
  Json json = Practice(practice.practice());
  json["withdrawn"] = practice.withdrawn();
  json["fault"] = OrNull(practice.fault());
  json["erased"] = practice.has_erased() ? Erased(practice.erased()) : Json(nullptr);
  json["content"] =
      practice.has_content() ? Json::parse(domain::RecordJson(practice.content()), nullptr, false) : Json(nullptr);
  json["revisions"] = ArrayOf(practice.revisions(), Revision);
  json["builds_on"] = ArrayOf(practice.builds_on(), BuiltOn);
  json["built_upon_by"] = ArrayOf(practice.built_upon_by(), BuiltOn);
  json["translations"] = ArrayOf(practice.translations(), Translation);
  json["shown_in"] = practice.has_shown_in() ? Translation(practice.shown_in()) : Json(nullptr);
  json["remarks"] = Array(practice.remarks());
  return Text(json);
}

std::string JsonOf(const v1::FileSummary& file) { return Text(File(file)); }

std::string JsonOf(const v1::ListFilesReply& files) { return Text(ArrayOf(files.files(), File)); }

std::string WithFiles(const std::string& json, const v1::ListFilesReply& files) {
  Json object = Json::parse(json);
  object["attachments"] = ArrayOf(files.files(), File);
  return Text(object);
}

std::string JsonOf(const v1::FindMatchesReply& matches) {
  return Text(ArrayOf(matches.offers(), [](const v1::OfferMatches& each) {
    return Json{
        {"offer", Link(each.offer())}, {"direction", each.direction()}, {"matches", ArrayOf(each.matches(), Match)}};
  }));
}

}  // namespace hansa::node::cli
