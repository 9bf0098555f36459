#include "node/desk/news_words.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "hansa/v1/aggregates.pb.h"
#include "hansa/v1/dialogue.pb.h"
#include "hansa/v1/indicators.pb.h"
#include "hansa/v1/kinds.pb.h"
#include "hansa/v1/offers.pb.h"
#include "hansa/v1/practices.pb.h"
#include "hansa/v1/reviews.pb.h"
#include "hansa/v1/strategies.pb.h"
#include "node/desk/place_records.h"
#include "node/desk/summary_records.h"
#include "node/desk/target_records.h"
#include "node/domain/dialogue_reading.h"
#include "node/domain/indicator_codec.h"
#include "node/domain/notice_reading.h"
#include "node/domain/record_form.h"
#include "node/domain/review_reading.h"
#include "node/projection/entry_reading.h"
#include "node/search/record_text.h"
#include "replication/check.h"
#include "replication/collections.h"

namespace hansa::node::desk {
namespace {

using projection::RecordView;
using projection::Revision;
using replication::Kind;

std::string KindWords(Kind kind) {
  struct Named {
    Kind kind;
    const char* words;
  };
  constexpr Named kNames[] = {{replication::kIndicatorSet, "indicator set"},
                              {replication::kOwnTarget, "target"},
                              {replication::kCityPlace, "place"},
                              {replication::kStrategy, "strategy"},
                              {replication::kNetworkSummary, "network summary"},
                              {replication::kReviewReport, "report"},
                              {replication::kReviewRating, "rating"},
                              {replication::kSurveyResult, "survey result"},
                              {replication::kPractice, "practice"},
                              {replication::kPracticeTranslation, "translation"},
                              {replication::kPracticeWithdrawal, "withdrawal"},
                              {replication::kOffer, "offer"},
                              {replication::kOfferReply, "reply"},
                              {replication::kOfferAcceptance, "acceptance"},
                              {replication::kOfferLeaving, "leaving"},
                              {replication::kOfferConclusion, "conclusion"},
                              {replication::kOfferWithdrawal, "withdrawal"},
                              {replication::kOfferDecline, "decline"},
                              {Kind(v1::KIND_NOTICES_GUIDANCE), "guidance"},
                              {Kind(v1::KIND_NOTICES_OPPORTUNITY), "opportunity"},
                              {Kind(v1::KIND_NOTICES_CALL_FOR_DATA), "call for data"},
                              {Kind(v1::KIND_NOTICES_RECOGNITION), "recognition"},
                              {Kind(v1::KIND_NOTICES_CLUSTER), "cluster"},
                              {Kind(v1::KIND_DIALOGUE_TOPIC), "topic"},
                              {Kind(v1::KIND_DIALOGUE_QUESTION), "question"},
                              {Kind(v1::KIND_DIALOGUE_ANSWER), "answer"},
                              {Kind(v1::KIND_DIALOGUE_COMMENT), "comment"},
                              {Kind(v1::KIND_DIALOGUE_TAKEN_PART), "taken part"},
                              {Kind(v1::KIND_DIALOGUE_JOINS_CLUSTER), "joins cluster"}};
  for (const Named& named : kNames) {
    if (named.kind == kind) return named.words;
  }
  return absl::StrCat("kind ", kind.value());
}

bool TakesBack(const Revision& revision) {
  if (revision.retracted) return true;
  return revision.reading == projection::Reading::kUnderstood &&
         (revision.kind == replication::kPracticeWithdrawal || revision.kind == replication::kOfferWithdrawal);
}

// The message that `revision` holds; nullopt if it cannot be read.
template <typename Message>
std::optional<Message> Read(const storage::FeedStore& feeds, const Revision& revision) {
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  Message message;
  if (!payload.ok() || !message.ParseFromString(*payload)) return std::nullopt;
  return message;
}

std::string TitleIn(const v1::Acceptance& acceptance) {
  absl::string_view body = acceptance.statement().body();
  v1::AcceptanceBody text;
  const bool is_text = absl::ConsumePrefix(&body, replication::ByteWriter().Tag("hansa/accept/1").bytes());
  return is_text && domain::DecodeRecord(body, text).ok() ? text.title() : "";
}

// Titles of records, found by reference.
class Titles {
 public:
  Titles(const storage::FeedStore& feeds, const projection::Views& views) : feeds_(feeds), views_(views) {}

  // Of the offer, or of the offer behind a reply or an acceptance; of a record that is searched for, a report or a word
  // of the dialogue. Empty if it is not held.
  std::string Of(const v1::Reference& reference) const {
    const std::optional<Revision> revision = Find(reference);
    if (!revision) return "";
    if (revision->kind == replication::kOffer) {
      const auto offer = Read<v1::Offer>(feeds_, *revision);
      return offer ? offer->title() : "";
    }
    if (revision->kind == replication::kOfferAcceptance) {
      const auto acceptance = Read<v1::Acceptance>(feeds_, *revision);
      return acceptance ? TitleIn(*acceptance) : "";
    }
    if (revision->kind == replication::kReviewReport) {
      const auto report = Read<v1::ReviewReport>(feeds_, *revision);
      return report ? report->title() : "";
    }
    if (revision->kind != replication::kOfferReply) {
      const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds_, revision->position);
      if (!payload.ok()) return "";
      if (const auto word = domain::ReadWord(revision->kind, *payload)) return domain::TitleOf(*word);
      const auto text = search::ReadRecordText(revision->kind, *payload);
      return text ? text->title : "";
    }
    const auto reply = Read<v1::OfferReply>(feeds_, *revision);
    const std::optional<Revision> offer = reply ? Find(reply->offer()) : std::nullopt;
    if (!offer || offer->kind != replication::kOffer) return "";
    const auto content = Read<v1::Offer>(feeds_, *offer);
    return content ? content->title() : "";
  }

 private:
  // The revision that is meant.
  std::optional<Revision> Find(const v1::Reference& reference) const {
    const auto id = replication::RecordId::From(reference.record_id());
    const auto hash = replication::Hash::From(reference.entry_hash());
    if (!id || !hash) return std::nullopt;
    const absl::StatusOr<RecordView> record =
        views_.Record({replication::Member(reference.member()),
                       replication::Collection(static_cast<std::uint16_t>(reference.collection())), *id});
    if (!record.ok()) return std::nullopt;
    for (const Revision& revision : record->revisions) {
      if (revision.entry_hash == *hash && revision.reading == projection::Reading::kUnderstood) return revision;
    }
    return std::nullopt;
  }

  const storage::FeedStore& feeds_;
  const projection::Views& views_;
};

// `known` with `words` before it, or `unknown` if there is no title.
std::string Phrase(absl::string_view words, const std::string& title, absl::string_view unknown) {
  return title.empty() ? std::string(unknown) : absl::StrCat(words, title);
}

std::string SetTitle(const storage::FeedStore& feeds, const Revision& revision) {
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  if (!payload.ok()) return "";
  const absl::StatusOr<domain::IndicatorSet> set = domain::DecodeIndicatorSet(*payload);
  if (!set.ok()) return "";
  const auto values = std::count_if(set->observations.begin(), set->observations.end(),
                                    [](const domain::Observation& each) { return each.value.has_value(); });
  const auto without = static_cast<std::ptrdiff_t>(set->observations.size()) - values;
  if (without > 0) {
    return values == 1 ? absl::StrCat("1 value for ", set->year, ", ", without, " without data")
                       : absl::StrCat(values, " values for ", set->year, ", ", without, " without data");
  }
  return values == 1 ? absl::StrCat("1 value for ", set->year) : absl::StrCat(values, " values for ", set->year);
}

// Empty if what was signed cannot be read.
std::string RatingTitle(const v1::Rating& rating) {
  v1::RatingBody body;
  if (!domain::ReadRatingBody(rating.statement().body(), body).ok()) return "";
  return absl::StrCat("rating of ", body.measurement().empty() ? body.feature() : body.measurement());
}
std::string SurveyTitle(const v1::SurveyResult& result) {
  v1::SurveyBody body = result.entered();
  if (result.has_delivered() && !domain::ReadSurveyBody(result.delivered().body(), body).ok()) return "";
  return absl::StrCat("survey for ", body.year(), " by ", body.agency().name());
}

// What a comment says with a mark, before the title of the record.
absl::string_view MarkPhrase(v1::Mark mark) {
  switch (mark) {
    case v1::MARK_ANSWERED:
      return "marked as answered: ";
    case v1::MARK_OUTDATED:
      return "marked as outdated: ";
    case v1::MARK_DISPUTED:
      return "marked as disputed: ";
    case v1::MARK_OFF_TOPIC:
      return "marked as off-topic: ";
    case v1::MARK_DUPLICATE:
      return "marked as a duplicate: ";
    case v1::MARK_AGAINST_RULES:
      return "marked as against the rules: ";
    case v1::MARK_LIFTED:
      return "no longer marked: ";
    default:
      return "commented on ";
  }
}

// Empty if the content cannot be read.
std::string WordTitle(const storage::FeedStore& feeds, const Titles& titles, const Revision& revision) {
  if (revision.kind.value() == v1::KIND_DIALOGUE_ANSWER) {
    const auto answer = Read<v1::Answer>(feeds, revision);
    return answer ? Phrase("answered ", titles.Of(answer->question()), "answered a question that is not held here")
                  : "";
  }
  if (revision.kind.value() == v1::KIND_DIALOGUE_COMMENT) {
    const auto comment = Read<v1::Comment>(feeds, revision);
    if (!comment) return "";
    const std::string about = titles.Of(comment->about());
    return about.empty() ? "commented on a record" : absl::StrCat(MarkPhrase(comment->mark()), about);
  }
  const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
  const auto word = payload.ok() ? domain::ReadWord(revision.kind, *payload) : std::nullopt;
  return word ? domain::TitleOf(*word) : "";
}

// Empty if the content cannot be read.
std::string TitleOf(const storage::FeedStore& feeds, const Titles& titles, const Revision& revision) {
  if (revision.kind == replication::kIndicatorSet) return SetTitle(feeds, revision);
  if (revision.kind == replication::kOwnTarget) {
    const auto target = Read<v1::OwnTarget>(feeds, revision);
    return target ? desk::TitleOf(*target) : "";
  }
  if (revision.kind == replication::kCityPlace) {
    const auto place = Read<v1::CityPlace>(feeds, revision);
    return place ? kPlaceNewsTitle : "";
  }
  if (revision.kind == replication::kStrategy) {
    const auto strategy = Read<v1::Strategy>(feeds, revision);
    return strategy ? strategy->title() : "";
  }
  if (revision.kind == replication::kNetworkSummary) {
    const auto summary = Read<v1::NetworkSummary>(feeds, revision);
    return summary ? SummaryTitle(static_cast<int>(summary->year())) : "";
  }
  if (revision.kind == replication::kReviewReport) {
    const auto report = Read<v1::ReviewReport>(feeds, revision);
    return report ? report->title() : "";
  }
  if (revision.kind == replication::kReviewRating) {
    const auto rating = Read<v1::Rating>(feeds, revision);
    return rating ? RatingTitle(*rating) : "";
  }
  if (revision.kind == replication::kSurveyResult) {
    const auto survey = Read<v1::SurveyResult>(feeds, revision);
    return survey ? SurveyTitle(*survey) : "";
  }
  if (revision.kind == replication::kPractice) {
    const auto practice = Read<v1::Practice>(feeds, revision);
    return practice ? practice->title() : "";
  }
  if (revision.kind == replication::kPracticeTranslation) {
    const auto translation = Read<v1::PracticeTranslation>(feeds, revision);
    if (!translation) return "";
    return translation->title().empty() ? absl::StrCat("a translation, language ", translation->language())
                                        : translation->title();
  }
  if (revision.kind == replication::kOffer) {
    const auto offer = Read<v1::Offer>(feeds, revision);
    return offer ? offer->title() : "";
  }
  if (revision.kind == replication::kOfferReply) {
    const auto reply = Read<v1::OfferReply>(feeds, revision);
    return reply ? Phrase("reply to ", titles.Of(reply->offer()), "reply to an offer that is not held here") : "";
  }
  if (revision.kind == replication::kOfferAcceptance) {
    const auto acceptance = Read<v1::Acceptance>(feeds, revision);
    return acceptance ? Phrase("accepted ", TitleIn(*acceptance), "accepted a text that cannot be read here") : "";
  }
  if (revision.kind == replication::kOfferLeaving) {
    const auto leaving = Read<v1::Leaving>(feeds, revision);
    return leaving ? Phrase("left ", titles.Of(leaving->acceptance()), "left a partnership that is not held here") : "";
  }
  if (revision.kind == replication::kOfferConclusion) {
    const auto conclusion = Read<v1::Conclusion>(feeds, revision);
    if (!conclusion) return "";
    return Phrase("concluded ", titles.Of(conclusion->offer()), "concluded a partnership");
  }
  if (revision.kind == replication::kOfferDecline) {
    const auto decline = Read<v1::Decline>(feeds, revision);
    return decline ? Phrase("declined ", titles.Of(decline->declined()), "declined an offer that is not held here")
                   : "";
  }
  if (const std::optional<domain::NoticeKind> kind = domain::NoticeKindOf(revision.kind)) {
    const absl::StatusOr<replication::Bytes> payload = projection::ReadPayload(feeds, revision.position);
    const std::unique_ptr<google::protobuf::Message> notice = domain::NewNotice(*kind);
    const bool is_read = payload.ok() && notice->ParseFromString(*payload);
    return is_read ? domain::FactsOf(*kind, *notice).title : "";
  }
  if (domain::WordKindOf(revision.kind)) return WordTitle(feeds, titles, revision);
  if (revision.kind.value() == v1::KIND_DIALOGUE_TAKEN_PART) {
    const auto part = Read<v1::TakenPart>(feeds, revision);
    if (!part) return "";
    const std::string event = part->title().empty() ? titles.Of(part->event()) : part->title();
    return Phrase("took part in ", event, "took part in what is not held here");
  }
  if (revision.kind.value() == v1::KIND_DIALOGUE_JOINS_CLUSTER) {
    const auto joins = Read<v1::JoinsCluster>(feeds, revision);
    return joins ? Phrase("joined ", titles.Of(joins->cluster()), "joined a cluster that is not held here") : "";
  }
  return "";
}

}  // namespace

NewsWords WordsOf(const storage::FeedStore& feeds, const projection::Views& views, const RecordView& record,
                  std::size_t index) {
  NewsWords words;
  const Revision* told = &record.revisions.at(index);
  words.withdrawn = TakesBack(*told);
  // What was taken back is named by what it was.
  for (std::size_t before = index; words.withdrawn && before > 0 && TakesBack(*told); --before) {
    told = &record.revisions[before - 1];
  }
  words.kind = KindWords(told->kind);
  const Titles titles(feeds, views);
  if (!TakesBack(*told) && told->reading == projection::Reading::kUnderstood) {
    words.title = TitleOf(feeds, titles, *told);
  }
  if (words.title.empty()) {
    words.title = TakesBack(*told) ? "its earlier revisions are not held here" : "its content cannot be shown here";
  }
  return words;
}

}  // namespace hansa::node::desk
