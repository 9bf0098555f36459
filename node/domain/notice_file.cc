#include "node/domain/notice_file.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hansa/v1/notices.pb.h"
#include "node/catalogue/countries.h"
#include "node/domain/markdown_file.h"
#include "node/domain/moment.h"
#include "node/domain/record_form.h"
#include "node/domain/record_json.h"
#include "node/domain/suggestion.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

using Json = nlohmann::ordered_json;

absl::Status Wrong(absl::string_view where, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(where, ": ", what));
}

// Takes a list of texts out of the object, each once.
absl::Status TakeTexts(Json& object, const std::string& name, std::size_t most, std::vector<std::string>& texts) {
  const auto found = object.find(name);
  if (found == object.end()) return absl::OkStatus();
  const Json list = std::move(*found);
  object.erase(name);
  if (list.is_null()) return absl::OkStatus();
  if (!list.is_array()) return Wrong(name, "it is not a list; write it in brackets");
  if (list.size() > most) {
    return Wrong(name, absl::StrCat("it has ", list.size(), " items, and the most is ", most, "; leave some out"));
  }
  for (const Json& item : list) {
    if (!item.is_string()) return Wrong(name, "it is not a list of texts; write each in quotation marks");
    std::string text(absl::StripAsciiWhitespace(item.get_ref<const std::string&>()));
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
  }
  return absl::OkStatus();
}

absl::Status CheckId(absl::string_view where, const std::string& id) {
  const bool is_id = id.size() >= 6 && id.size() <= 32 && std::all_of(id.begin(), id.end(), [](char c) {
                       return absl::ascii_isxdigit(static_cast<unsigned char>(c));
                     });
  return is_id ? absl::OkStatus() : Wrong(where, "it is not the id of a record; write 6 to 32 hex digits");
}

// Takes the id of a record out of the object; empty if none is given.
absl::Status TakeId(Json& object, const std::string& name, std::string& id) {
  const auto found = object.find(name);
  if (found == object.end()) return absl::OkStatus();
  const Json value = std::move(*found);
  object.erase(name);
  if (value.is_null()) return absl::OkStatus();
  if (!value.is_string()) return Wrong(name, "it is not the id of a record; write 6 to 32 hex digits");
  id = absl::AsciiStrToLower(value.get_ref<const std::string&>());
  return CheckId(name, id);
}

// The fields that a record of `kind` lacks stay in the object, so that they are refused by their names.
absl::Status TakeNamed(NoticeKind kind, Json& object, NamedByNotice& named) {
  constexpr std::size_t kMembersMax = 200, kCoordinatorsMax = 10, kPracticesMax = 20;
  HANSA_RETURN_IF_ERROR(TakeId(object, "translation_of", named.translation_of));
  if (kind == NoticeKind::kGuidance) HANSA_RETURN_IF_ERROR(TakeId(object, "replaces", named.replaces));
  if (kind == NoticeKind::kCluster) {
    HANSA_RETURN_IF_ERROR(TakeTexts(object, "coordinators", kCoordinatorsMax, named.coordinators));
  }
  if (kind == NoticeKind::kRecognition) {
    HANSA_RETURN_IF_ERROR(TakeTexts(object, "members", kMembersMax, named.members));
    HANSA_RETURN_IF_ERROR(TakeTexts(object, "practices", kPracticesMax, named.practices));
    for (const std::string& id : named.practices) HANSA_RETURN_IF_ERROR(CheckId("practices", id));
  }
  const auto audience = object.find("audience");
  if (audience == object.end()) return absl::OkStatus();
  if (audience->is_string()) *audience = Json{{"words", *audience}};
  if (!audience->is_object()) return absl::OkStatus();  // the general reader says so
  const absl::Status taken = TakeTexts(*audience, "members", kMembersMax, named.audience);
  return taken.ok() ? taken : Wrong("audience", taken.message());
}

// A list put into the order of `all`, each once; what is not among them is refused.
absl::Status PutCellsInOrder(const catalogue::Catalogue& catalogue, Json& object) {
  std::vector<std::string> given;
  HANSA_RETURN_IF_ERROR(TakeTexts(object, "cells", 200, given));
  if (given.empty()) return absl::OkStatus();
  std::vector<std::string> all;
  for (const catalogue::Cell& cell : catalogue.cells()) all.push_back(cell.id);
  for (const catalogue::Measurement& row : catalogue.measurements()) {
    if (std::find(all.begin(), all.end(), row.id) == all.end()) all.push_back(row.id);
  }
  std::set<std::pair<std::size_t, std::string>> ordered;
  for (const std::string& id : given) {
    if (std::find(all.begin(), all.end(), id) == all.end()) {
      const std::string meant = Nearest(id, all);
      return Wrong("cells", meant.empty() ? absl::StrCat("there is no ", Quoted(id), "; `hansa catalogue` lists them")
                                          : absl::StrCat("there is no ", Quoted(id), "; did you mean ", meant, "?"));
    }
    // A row stands where its first cell does, and before it.
    std::size_t position = catalogue.cells().size();
    for (const catalogue::Cell& cell : catalogue.cells()) {
      if (cell.id == id || cell.measurement->id == id) position = std::min(position, cell.position);
    }
    ordered.emplace(position, id);
  }
  Json& cells = object["cells"] = Json::array();
  for (const auto& [position, id] : ordered) cells.push_back(id);
  return absl::OkStatus();
}

// Lists of plain values ascend, each once; what is no such list the general reader refuses.
void PutAscending(Json& object, const std::string& name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_array()) return;
  std::sort(found->begin(), found->end());
  found->erase(std::unique(found->begin(), found->end()), found->end());
}

absl::Status PutRegionsInOrder(Json& audience) {
  std::vector<std::string> given;
  HANSA_RETURN_IF_ERROR(TakeTexts(audience, "regions", 10, given));
  if (given.empty()) return absl::OkStatus();
  const std::vector<std::string>& known = catalogue::UnescoRegions();
  std::set<std::string> regions;
  for (const std::string& region : given) {
    const auto same =
        std::find_if(known.begin(), known.end(), [&](const std::string& each) { return SameName(each, region); });
    if (same == known.end()) {
      return Wrong("regions",
                   absl::StrCat("there is no region ", Quoted(region), "; there are ", absl::StrJoin(known, ", ")));
    }
    regions.insert(*same);
  }
  audience["regions"] = regions;
  return absl::OkStatus();
}

absl::Status PutAudienceInOrder(Json& object) {
  const auto audience = object.find("audience");
  if (audience == object.end() || !audience->is_object()) return absl::OkStatus();
  PutAscending(*audience, "countries");
  const absl::Status ordered = PutRegionsInOrder(*audience);
  return ordered.ok() ? ordered : Wrong("audience", ordered.message());
}

// Moments may be written on one line.
void SpreadMoments(Json& object) {
  for (const char* name : {"deadline", "begins", "ends", "due"}) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) continue;
    const AnnouncedMoment written = SplitMoment(found->get_ref<const std::string&>());
    if (written.date.empty()) {
      object.erase(found);
      continue;
    }
    Json moment = {{"date", written.date}};
    if (!written.time.empty()) moment["time"] = written.time;
    if (!written.zone.empty()) moment["zone"] = written.zone;
    *found = std::move(moment);
  }
}

absl::Status CheckNoRank(const Json& object) {
  for (const char* name : {"rank", "score", "points", "grade"}) {
    if (!object.contains(name)) continue;
    return Wrong(Quoted(name), "recognition is thanks and no contest, and puts nobody before another; leave it out");
  }
  return absl::OkStatus();
}

AnnouncedMoment MomentOf(const v1::Moment& moment) { return {moment.date(), moment.time(), moment.zone()}; }

void RemarkOn(const char* name, const v1::Moment& moment, FileRemarks& remarks) {
  if (!moment.time().empty() && moment.zone().empty()) {
    remarks.warnings.push_back(absl::StrCat(
        name, ": without a zone it lasts until the day has ended everywhere; write one, such as Asia/Seoul"));
  }
}

// Where both have a time and a zone the instants count, else the days.
bool EndsBefore(const v1::Moment& ends, const v1::Moment& begins) {
  const bool both = !ends.time().empty() && !ends.zone().empty() && !begins.time().empty() && !begins.zone().empty();
  return both ? EndOf(MomentOf(ends)) < EndOf(MomentOf(begins)) : ends.date() < begins.date();
}

absl::Status Check(const v1::Guidance&, const NamedByNotice&, FileRemarks&) { return absl::OkStatus(); }

absl::Status Check(const v1::Opportunity& opportunity, const NamedByNotice&, FileRemarks& remarks) {
  if (opportunity.has_deadline()) RemarkOn("deadline", opportunity.deadline(), remarks);
  if (opportunity.has_begins()) RemarkOn("begins", opportunity.begins(), remarks);
  if (opportunity.has_ends()) RemarkOn("ends", opportunity.ends(), remarks);
  if (opportunity.has_begins() && opportunity.has_ends() && EndsBefore(opportunity.ends(), opportunity.begins())) {
    return Wrong("ends", absl::StrCat(WrittenMoment(MomentOf(opportunity.ends())), " is before it begins, ",
                                      WrittenMoment(MomentOf(opportunity.begins())), "; mend one of them"));
  }
  return absl::OkStatus();
}

absl::Status Check(const v1::CallForData& call, const NamedByNotice&, FileRemarks& remarks) {
  constexpr std::uint32_t kYearMin = 1900, kYearMax = 2200;
  if (call.has_due()) RemarkOn("due", call.due(), remarks);
  for (const std::uint32_t year : call.years()) {
    if (year >= kYearMin && year <= kYearMax) continue;
    return Wrong("years",
                 absl::StrCat(year, " is out of range; give a whole number from ", kYearMin, " to ", kYearMax));
  }
  std::set<std::string> ids;
  for (const v1::ReportQuestion& question : call.questions()) {
    const std::string where = absl::StrCat("questions ", ids.size() + 1);
    if (question.question().empty()) return Wrong(where, "question: it is not given; write it");
    if (question.id().empty()) return Wrong(where, "id: it is not given; write it");
    if (!ids.insert(question.id()).second) {
      return Wrong(where, absl::StrCat("id: ", Quoted(question.id()), " stands there twice; name it once"));
    }
  }
  return CheckDays("period_ends_on", call.period_starts_on(), call.period_ends_on());
}

absl::Status Check(const v1::Recognition& recognition, const NamedByNotice& named, FileRemarks&) {
  if (named.members.empty()) return Wrong("members", "nobody is recognized; name members by their slugs");
  if (!recognition.decided_by().empty()) return absl::OkStatus();
  return Wrong("decided_by", "it is not given; write which body or jury decided, never persons");
}

absl::Status Check(const v1::Cluster& cluster, const NamedByNotice&, FileRemarks&) {
  return CheckDays("ends_on", cluster.starts_on(), cluster.ends_on());
}

absl::Status CheckAsWhatItIs(NoticeKind kind, const google::protobuf::Message& notice, const NamedByNotice& named,
                             FileRemarks& remarks) {
  switch (kind) {
    case NoticeKind::kGuidance:
      return Check(dynamic_cast<const v1::Guidance&>(notice), named, remarks);
    case NoticeKind::kOpportunity:
      return Check(dynamic_cast<const v1::Opportunity&>(notice), named, remarks);
    case NoticeKind::kCall:
      return Check(dynamic_cast<const v1::CallForData&>(notice), named, remarks);
    case NoticeKind::kRecognition:
      return Check(dynamic_cast<const v1::Recognition&>(notice), named, remarks);
    case NoticeKind::kCluster:
      return Check(dynamic_cast<const v1::Cluster&>(notice), named, remarks);
  }
  return absl::OkStatus();
}

absl::Status Read(NoticeKind kind, const RecordFile& file, const catalogue::Catalogue& catalogue,
                  google::protobuf::Message& notice, NamedByNotice& named, FileRemarks& remarks) {
  const InClusters in_clusters = kind == NoticeKind::kOpportunity ? InClusters::kMaybe : InClusters::kNever;
  const absl::StatusOr<std::string> text = OpenRecordFile(file, OfferPlan(), catalogue, {}, remarks, in_clusters);
  HANSA_RETURN_IF_ERROR(text.status());
  Json object = Json::parse(*text);  // it was written just now
  if (kind == NoticeKind::kRecognition) HANSA_RETURN_IF_ERROR(CheckNoRank(object));
  HANSA_RETURN_IF_ERROR(TakeNamed(kind, object, named));
  SpreadMoments(object);
  PutAscending(object, "years");
  HANSA_RETURN_IF_ERROR(PutAudienceInOrder(object));
  if (kind == NoticeKind::kCall) HANSA_RETURN_IF_ERROR(PutCellsInOrder(catalogue, object));
  HANSA_RETURN_IF_ERROR(FillFromJson(object.dump(), notice));
  HANSA_RETURN_IF_ERROR(CheckRecordForm(notice));
  return CheckAsWhatItIs(kind, notice, named, remarks);
}

}  // namespace

absl::StatusOr<FileRemarks> ReadNoticeFile(NoticeKind kind, const RecordFile& file,
                                           const catalogue::Catalogue& catalogue, google::protobuf::Message& notice,
                                           NamedByNotice& named) {
  FileRemarks remarks;
  const absl::Status read = Read(kind, file, catalogue, notice, named, remarks);
  if (!read.ok()) return InRecordFile(file.name, read);
  return remarks;
}

absl::Status CheckDays(absl::string_view name_of_end, absl::string_view starts_on, absl::string_view ends_on) {
  if (starts_on.empty() || ends_on.empty() || starts_on <= ends_on) return absl::OkStatus();
  return Wrong(name_of_end, absl::StrCat(ends_on, " is before the first day, ", starts_on, "; mend one of them"));
}

}  // namespace hansa::node::domain
