#include "node/search/record_text.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/kinds.pb.h"
#include "hansa/v1/notices.pb.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/domain/record_form.h"
#include "node/search/word_forms.h"

namespace hansa::node::search {
namespace {

constexpr std::size_t kTitleCharactersMax = 80;

void Add(absl::string_view text, RecordText& record) {
  if (!text.empty()) record.parts.emplace_back(text);
}
// What comes before everything else.
void AddMarkdown(absl::string_view text, RecordText& record) {
  Add(text, record);
  record.markdown = record.parts.size();
}
void AddAll(const google::protobuf::RepeatedPtrField<std::string>& texts, RecordText& record) {
  for (const std::string& text : texts) Add(text, record);
}
void AddNames(const google::protobuf::RepeatedPtrField<v1::Organization>& organizations, RecordText& record) {
  for (const v1::Organization& organization : organizations) Add(organization.name(), record);
}

// The year that a day begins with; 0 for none.
int YearOf(absl::string_view day) {
  int year = 0;
  return day.size() >= 4 && absl::SimpleAtoi(day.substr(0, 4), &year) ? year : 0;
}
void AddYear(int year, RecordText& record) {
  if (year == 0) return;
  const auto place = std::lower_bound(record.years.begin(), record.years.end(), year);
  if (place == record.years.end() || *place != year) record.years.insert(place, year);
}

template <typename Message>
RecordText Begun(const char* kind, const Message& message) {
  RecordText record;
  record.kind = kind;
  record.language = message.language();
  record.title = message.title();
  record.features.assign(message.subjects().features().begin(), message.subjects().features().end());
  record.actions.assign(message.subjects().action_points().begin(), message.subjects().action_points().end());
  return record;
}
// What all of them end with: free words, and who speaks.
template <typename Message>
RecordText Ended(RecordText record, const Message& message) {
  AddAll(message.subjects().tags(), record);
  if (message.has_on_behalf_of()) Add(message.on_behalf_of().name(), record);
  return record;
}

RecordText TextOf(const v1::Practice& practice) {
  RecordText record = Begun("practice", practice);
  record.summary = practice.summary();
  for (const std::string* text : {&practice.problem(), &practice.done(), &practice.outcome()}) {
    AddMarkdown(*text, record);
  }
  for (const std::string* text : {&practice.people(), &practice.cost(), &practice.area()}) Add(*text, record);
  for (const v1::BuiltOn& built : practice.built_on()) {
    Add(built.changed(), record);
    Add(built.outcome(), record);
  }
  AddNames(practice.organizations(), record);
  AddYear(static_cast<int>(practice.year()), record);
  const int area = practice.area_kind();
  if (area > 0 && area <= static_cast<int>(AreaKinds().size())) {
    record.area_kind = AreaKinds()[static_cast<std::size_t>(area - 1)];
  }
  return Ended(std::move(record), practice);
}

std::optional<RecordText> TextOf(const v1::PracticeTranslation& translation) {
  const auto id = replication::RecordId::From(translation.original().record_id());
  if (!id) return std::nullopt;
  RecordText record;
  record.kind = "practice";
  record.language = translation.language();
  record.title = translation.title();
  record.summary = translation.summary();
  for (const std::string* text : {&translation.problem(), &translation.done(), &translation.outcome()}) {
    AddMarkdown(*text, record);
  }
  for (const std::string* text : {&translation.people(), &translation.cost()}) Add(*text, record);
  AddAll(translation.tags(), record);
  const v1::Reference& original = translation.original();
  record.original =
      projection::RecordKey{replication::Member(original.member()),
                            replication::Collection(static_cast<std::uint16_t>(original.collection())), *id};
  return record;
}

RecordText TextOf(const v1::Offer& offer) {
  RecordText record = Begun("offer", offer);
  record.summary = offer.summary();
  AddMarkdown(offer.text(), record);
  for (const std::string* text :
       {&offer.aim(), &offer.for_whom(), &offer.how_to_apply(), &offer.place(), &offer.kind_words(), &offer.terms()}) {
    Add(*text, record);
  }
  AddNames(offer.organizations(), record);
  AddYear(static_cast<int>(offer.year()), record);
  AddYear(YearOf(offer.starts_on()), record);
  record.first_day = offer.starts_on();
  record.last_day = offer.valid_until();
  return Ended(std::move(record), offer);
}

RecordText TextOf(const v1::Strategy& strategy) {
  RecordText record = Begun("strategy", strategy);
  record.summary = strategy.summary();
  AddMarkdown(strategy.text(), record);
  for (const std::string* text :
       {&strategy.participation(), &strategy.monitoring(), &strategy.findings(), &strategy.outcome(),
        &strategy.responsible(), &strategy.funding(), &strategy.adopted_by()}) {
    Add(*text, record);
  }
  AddNames(strategy.participants(), record);
  AddYear(YearOf(strategy.starts_on()), record);
  record.first_day = strategy.starts_on();
  record.last_day = strategy.ends_on();
  for (const std::string& tag : strategy.subjects().tags()) Add(tag, record);
  return record;
}

RecordText TextOf(const v1::Guidance& guidance) {
  RecordText record = Begun("guidance", guidance);
  record.summary = guidance.summary();
  AddMarkdown(guidance.text(), record);
  Add(guidance.audience().words(), record);
  return Ended(std::move(record), guidance);
}

RecordText TextOf(const v1::Opportunity& opportunity) {
  RecordText record = Begun("opportunity", opportunity);
  record.summary = opportunity.summary();
  AddMarkdown(opportunity.text(), record);
  for (const std::string* text :
       {&opportunity.how_to_apply(), &opportunity.place(), &opportunity.cost(), &opportunity.audience().words()}) {
    Add(*text, record);
  }
  AddNames(opportunity.organizers(), record);
  AddYear(YearOf(opportunity.begins().date()), record);
  if (record.years.empty()) AddYear(YearOf(opportunity.deadline().date()), record);
  record.first_day = opportunity.has_begins() ? opportunity.begins().date() : opportunity.deadline().date();
  // What can still be gone to has not passed, even where its deadline has.
  record.last_day = opportunity.has_ends()     ? opportunity.ends().date()
                    : opportunity.has_begins() ? opportunity.begins().date()
                                               : opportunity.deadline().date();
  return Ended(std::move(record), opportunity);
}

RecordText TextOf(const v1::CallForData& call) {
  RecordText record = Begun("call", call);
  AddMarkdown(call.text(), record);
  for (const v1::ReportQuestion& question : call.questions()) Add(question.question(), record);
  for (const std::uint32_t year : call.years()) AddYear(static_cast<int>(year), record);
  record.last_day = call.due().date();
  return Ended(std::move(record), call);
}

RecordText TextOf(const v1::Recognition& recognition) {
  RecordText record = Begun("recognition", recognition);
  AddMarkdown(recognition.text(), record);
  Add(recognition.award(), record);
  Add(recognition.decided_by(), record);
  AddYear(static_cast<int>(recognition.year()), record);
  return Ended(std::move(record), recognition);
}

RecordText TextOf(const v1::Cluster& cluster) {
  RecordText record = Begun("cluster", cluster);
  AddMarkdown(cluster.text(), record);
  Add(cluster.meetings(), record);
  record.first_day = cluster.starts_on();
  record.last_day = cluster.ends_on();
  return Ended(std::move(record), cluster);
}

RecordText TextOf(const v1::Topic& topic) {
  RecordText record = Begun("topic", topic);
  AddMarkdown(topic.text(), record);
  return Ended(std::move(record), topic);
}

RecordText TextOf(const v1::Question& question) {
  RecordText record = Begun("question", question);
  if (record.title.empty()) {
    const std::string line = question.text().substr(0, question.text().find('\n'));
    const std::vector<std::string> characters = CharactersOf(line);
    for (std::size_t i = 0; i < std::min(characters.size(), kTitleCharactersMax); ++i) record.title += characters[i];
    if (characters.size() > kTitleCharactersMax) record.title += "…";
  }
  AddMarkdown(question.text(), record);
  return Ended(std::move(record), question);
}

template <typename Message>
std::optional<RecordText> ReadAs(const replication::Bytes& payload) {
  Message message;
  if (!domain::DecodeRecord(payload, message).ok()) return std::nullopt;
  return TextOf(message);
}

}  // namespace

const std::vector<std::string>& SearchKinds() {
  static const auto* const kinds =
      new std::vector<std::string>{"practice", "offer",       "strategy", "guidance", "opportunity",
                                   "call",     "recognition", "cluster",  "topic",    "question"};
  return *kinds;
}

const std::vector<std::string>& AreaKinds() {
  static const auto* const kinds = new std::vector<std::string>{
      "city", "district", "town", "rural", "metropolitan-area", "region", "island", "other"};
  return *kinds;
}

std::optional<RecordText> ReadRecordText(replication::Kind kind, const replication::Bytes& payload) {
  switch (kind.value()) {
    case v1::KIND_PRACTICES_PRACTICE:
      return ReadAs<v1::Practice>(payload);
    case v1::KIND_PRACTICES_TRANSLATION:
      return ReadAs<v1::PracticeTranslation>(payload);
    case v1::KIND_OFFERS_OFFER:
      return ReadAs<v1::Offer>(payload);
    case v1::KIND_STRATEGIES_STRATEGY:
      return ReadAs<v1::Strategy>(payload);
    case v1::KIND_NOTICES_GUIDANCE:
      return ReadAs<v1::Guidance>(payload);
    case v1::KIND_NOTICES_OPPORTUNITY:
      return ReadAs<v1::Opportunity>(payload);
    case v1::KIND_NOTICES_CALL_FOR_DATA:
      return ReadAs<v1::CallForData>(payload);
    case v1::KIND_NOTICES_RECOGNITION:
      return ReadAs<v1::Recognition>(payload);
    case v1::KIND_NOTICES_CLUSTER:
      return ReadAs<v1::Cluster>(payload);
    case v1::KIND_DIALOGUE_TOPIC:
      return ReadAs<v1::Topic>(payload);
    case v1::KIND_DIALOGUE_QUESTION:
      return ReadAs<v1::Question>(payload);
    default:
      return std::nullopt;
  }
}

}  // namespace hansa::node::search
