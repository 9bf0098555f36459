#include "node/api/practice_answers.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "hansa/v1/node_document.pb.h"
#include "node/api/file_in.h"
#include "node/api/muting.h"
#include "node/api/published_record.h"
#include "node/api/record_shapes.h"
#include "node/desk/practice_desk.h"
#include "node/markdown/markdown.h"
#include "node/membership/erasure_item.h"
#include "replication/check.h"

namespace hansa::node::api {
namespace {

void Put(const desk::ListedPractice& practice, v1::PracticeSummary& out) {
  out.set_id(practice.id.hex());
  out.set_member(practice.member);
  out.set_title(practice.title);
  out.set_year(static_cast<std::uint32_t>(practice.year));
  out.set_language(practice.language);
  for (const std::string& feature : practice.features) out.add_features(feature);
  for (const std::string& action : practice.actions) out.add_actions(action);
  out.set_revision(static_cast<std::uint32_t>(practice.revision));
  out.set_summary(practice.summary);
  out.set_translated_title(practice.translated_title);
  out.set_translated_language(practice.translated_language);
}

template <typename Links>
void PutBuiltOn(const std::vector<desk::BuiltOnView>& all, Links& links) {
  for (const desk::BuiltOnView& each : all) {
    v1::BuiltOnLink& out = *links.Add();
    PutLink(each.practice, *out.mutable_practice());
    out.set_changed(each.changed);
    out.set_outcome(each.outcome);
    out.set_fault(each.fault);
  }
}

void Put(const desk::ErasedBy& erased, v1::ErasedBy& out) {
  out.set_member(erased.member);
  out.set_name(erased.name);
  out.set_ordered_ms(erased.claimed_time_ms);
  out.set_reason(membership::ErasureReasonName(erased.reason));
}

void Put(const desk::TranslationView& translation, v1::TranslationSummary& out) {
  PutLink(translation.translation, *out.mutable_translation());
  out.set_language(translation.language);
  out.set_method(translation.method);
  out.set_translated_by(translation.translated_by);
  out.set_is_of_earlier_revision(translation.is_of_earlier_revision);
}

}  // namespace

absl::Status Answer(ApiParts& parts, const v1::AddPracticeRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.practices.Add(FileIn(request));
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::RevisePracticeRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.practices.Revise(
      {.id = request.id(), .file = FileIn(request), .reason = request.reason(), .of_revision = request.of_revision()});
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::TranslatePracticeRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.practices.Translate(
      {.id = request.id(), .file = FileIn(request), .reason = request.reason(), .of_revision = request.of_revision()});
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::WithdrawPracticeRequest& request, v1::PublishedRecord& reply) {
  const auto entry = parts.practices.Withdraw(request.id(), request.reason());
  HANSA_RETURN_IF_ERROR(entry.status());
  Put(*entry, reply);
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::ListPracticesRequest& request, v1::ListPracticesReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto practices = parts.practices.List({.feature = request.feature(),
                                               .action = request.action(),
                                               .member = request.member(),
                                               .country = request.country(),
                                               .language = request.language(),
                                               .muting = MutingOf(request)});
  HANSA_RETURN_IF_ERROR(practices.status());
  reply.set_muted(static_cast<std::uint32_t>(practices->muted));
  for (const desk::ListedPractice& practice : practices->practices) Put(practice, *reply.add_practices());
  return absl::OkStatus();
}

absl::Status Answer(ApiParts& parts, const v1::GetPracticeRequest& request, v1::GetPracticeReply& reply) {
  HANSA_RETURN_IF_ERROR(parts.node.AwaitViews());
  const auto shown = parts.practices.Show(request.id(), request.revision(), request.language());
  HANSA_RETURN_IF_ERROR(shown.status());
  Put(shown->practice, *reply.mutable_practice());
  if (shown->content != nullptr) *reply.mutable_content() = *shown->content;
  for (const desk::PracticeRevision& revision : shown->revisions) api::Put(revision, *reply.add_revisions());
  reply.set_withdrawn(shown->withdrawn);
  reply.set_fault(shown->fault);
  if (shown->erased) Put(*shown->erased, *reply.mutable_erased());
  PutBuiltOn(shown->builds_on, *reply.mutable_builds_on());
  PutBuiltOn(shown->built_upon_by, *reply.mutable_built_upon_by());
  for (const desk::TranslationView& each : shown->translations) Put(each, *reply.add_translations());
  if (shown->shown_in) Put(*shown->shown_in, *reply.mutable_shown_in());
  for (const std::string& remark : shown->remarks) reply.add_remarks(remark);
  if (request.as_html() && shown->content != nullptr) {
    v1::PracticeHtml& html = *reply.mutable_html();
    html.set_problem(markdown::SafeHtml(shown->content->problem()));
    html.set_done(markdown::SafeHtml(shown->content->done()));
    html.set_outcome(markdown::SafeHtml(shown->content->outcome()));
  }
  return absl::OkStatus();
}

absl::Status Answer(ApiParts&, const v1::RenderMarkdownRequest& request, v1::RenderMarkdownReply& reply) {
  constexpr int kTextsMax = 200;
  if (request.texts_size() > kTextsMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("showing texts: ", request.texts_size(), " are too many; ask for ", kTextsMax, " at once"));
  }
  for (const std::string& text : request.texts()) reply.add_html(markdown::SafeHtml(text));
  return absl::OkStatus();
}

}  // namespace hansa::node::api
