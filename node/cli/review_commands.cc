// The chain of review: a city's report, an expert's rating, the city's answer.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/catalogue/current.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/peer_learning_json.h"
#include "node/cli/peer_learning_texts.h"
#include "node/cli/publishing_acts.h"
#include "node/cli/review_json.h"
#include "node/cli/review_texts.h"
#include "node/membership/review_statement.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

absl::StatusOr<int> Submit(Invocation& invocation) {
  const Values& values = invocation.values();
  const std::string file = values.Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::SubmitReportRequest request;
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  for (const std::string& list : values.Texts("--features")) {
    for (const absl::string_view feature : absl::StrSplit(list, absl::ByAnyChar(", "), absl::SkipEmpty())) {
      request.add_features(std::string(feature));
    }
  }
  request.set_revises(values.Text("--revises"));
  request.set_reason(values.Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> List(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const Values& values = invocation.values();
  v1::ListReviewsRequest request;
  request.set_member(values.Text("--member"));
  request.set_feature(values.Text("--feature"));
  if (const auto year = values.Number("--year")) request.set_year(*year);
  request.set_kind(values.Text("--kind"));
  v1::ListReviewsReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
  return kDone;
}

// The file that an expert gets.
absl::StatusOr<std::string> FileOf(const v1::GetReviewReply& reply) {
  if (!reply.has_report()) {
    return absl::FailedPreconditionError(
        absl::StrCat(reply.review().id(), " is no report that stands; -o saves a report for an expert"));
  }
  const v1::ReviewSummary& summary = reply.review();
  membership::ReportToRate report;
  const auto record = replication::RecordId::FromHexText(summary.id());
  const auto network = replication::NetworkId::FromHexText(reply.network());
  std::optional<replication::Hash> entry;
  for (const v1::RecordRevision& revision : reply.revisions()) {
    if (revision.revision() == summary.revision()) entry = replication::Hash::FromHexText(revision.entry_hash());
  }
  if (!record || !network || !entry) return absl::InternalError("the node gave an answer that cannot be read");
  report.network = *network;
  report.member = replication::Member(reply.member_number());
  report.slug = summary.member();
  report.record = *record;
  report.entry_hash = *entry;
  report.revision = summary.revision();
  report.title = summary.title();
  report.language = summary.language();
  report.year = static_cast<int>(summary.year());
  report.features = {summary.features().begin(), summary.features().end()};
  report.text = MarkdownOf(reply.report());
  return Encode(report);
}

absl::StatusOr<int> Show(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const Values& values = invocation.values();
  v1::GetReviewRequest request;
  request.set_id(values.Text("ID"));
  request.set_revision(values.Number("--revision").value_or(0));
  v1::GetReviewReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  if (!values.Has("-o")) {
    invocation.Show(JsonOf(reply), TextOf(reply, invocation.layout()));
    return kDone;
  }
  const absl::StatusOr<std::string> file = FileOf(reply);
  HANSA_RETURN_IF_ERROR(file.status());
  const std::string path = values.Text("-o");
  HANSA_RETURN_IF_ERROR(invocation.Write(path, *file));
  const words::Words words = invocation.words();
  invocation.Report(JsonOf(WrittenFile{.form = "review-report", .path = path}),
                    absl::StrCat(words("wrote the report {0}", path), "\n",
                                 words("next: send it to an expert, who rates it with hansa review rate"), "\n"));
  return kDone;
}

absl::StatusOr<int> Rate(Invocation& invocation) {
  const Values& values = invocation.values();
  const std::string file = values.Text("REPORT");
  const absl::StatusOr<std::string> report = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(report.status());
  membership::RatingGiven given;
  given.hand = {.folder = values.Has("--key") ? "" : invocation.DataFolder(),
                .key_file = values.Text("--key"),
                .code = values.Text("--code")};
  given.report = *report;
  given.feature = values.Text("--feature");
  given.measurement = values.Text("--measurement");
  given.rating = values.Number("--rating").value_or(0);
  given.reasons = values.Text("--reason");
  given.language = values.Text("--language");
  given.rated_on = absl::FormatTime("%Y-%m-%d", absl::Now(), absl::LocalTimeZone());
  const absl::StatusOr<std::string> rating = membership::SignRating(given, catalogue::CurrentCatalogue());
  if (!rating.ok()) return About(NameOf(file), rating.status());
  const std::string path = values.Text("-o");
  HANSA_RETURN_IF_ERROR(invocation.Write(path, *rating));
  const words::Words words = invocation.words();
  invocation.Report(
      JsonOf(WrittenFile{.form = "rating", .path = path}),
      absl::StrCat(words("wrote the rating {0}", path), "\n",
                   words("next: send it to the city, which publishes it with hansa review publish"), "\n"));
  return kDone;
}

absl::StatusOr<int> Publish(Invocation& invocation) {
  const Values& values = invocation.values();
  const std::string file = values.Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::PublishRatingRequest request;
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  request.set_answer(values.Text("--answer"));
  request.set_language(values.Text("--language"));
  request.set_approved_by(values.Text("--approved-by"));
  request.set_reason(values.Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Withdraw(Invocation& invocation) {
  v1::WithdrawReviewRequest request;
  request.set_id(invocation.values().Text("ID"));
  return PublishedBy(invocation, request, Act::kWithdrawn);
}

}  // namespace

std::vector<Command> ReviewCommands() {
  constexpr std::uint32_t kRevisionsMax = 1'000'000;
  constexpr std::uint32_t kRatingMin = 1, kRatingMax = 5;
  const Argument id{"ID", "record of a report, a rating or a survey, or its first 6 digits and more"};
  const Option reason{.name = "--reason", .value = "TEXT", .help = "why it is published again"};
  return {
      {.name = "review submit",
       .summary = "publish a report for experts to review: everyone in the network will see it",
       .details =
           "The file is a JSON object, or Markdown with a head between lines of +++ whose sections become those of "
           "the report; `hansa help files` shows one. Submitting the same file twice changes nothing.",
       .example = "hansa review submit report.md --features 2.6.1,3.1.1",
       .arguments = {{"FILE", "a JSON object, or Markdown with a TOML head; or '-'"}},
       .options = {{.name = "--features",
                    .value = "F,…",
                    .help = "features to be reviewed, beside those of the file",
                    .repeated = true},
                   {.name = "--revises", .value = "ID", .help = "a report of this city that it takes the place of"},
                   reason},
       .run = Submit},
      {.name = "review list",
       .summary = "reports, ratings and surveys held, by city, year and title",
       .example = "hansa review list --member gb-bristol --year 2025",
       .options = {{.name = "--member", .value = "MEMBER", .help = "of this city; its slug"},
                   {.name = "--feature", .value = "F", .help = "about this feature, such as 2.6.1"},
                   YearOption("about this year"),
                   {.name = "--kind", .value = "report|rating|survey", .help = "only reports, ratings or surveys"}},
       .run = List},
      {.name = "review show",
       .summary = "one report, rating or survey",
       .details = "With -o it saves a report as the file that an expert rates: the words to read, and the hash of the "
                  "revision, which is what is signed. The report of a survey agency is known by its hash; its bytes do "
                  "not travel.",
       .example = "hansa review show 8d1366908b71 -o report.json",
       .arguments = {id},
       .options = {{.name = "--revision",
                    .value = "N",
                    .help = "an earlier revision, from 1",
                    .number = NumberRange{1, kRevisionsMax}},
                   {.name = "-o", .value = "FILE", .help = "save the report for an expert"}},
       .run = Show},
      {.name = "review rate",
       .summary = "sign a rating of a city's report (experts)",
       .details =
           "Needs no running node. --data names the folder of the expert's key; or --key names the key alone, with "
           "the code that it is listed under. The rating is a file for the city; it is in the network once the "
           "city publishes it. Nobody rates a city of their own: the secretariat, which knows the names behind "
           "the codes, sees to that.",
       .example = "hansa review rate report.json --feature 2.6.1 --rating 4 --reason 'Wide and lasting' -o rating.json",
       .arguments = {{"REPORT", "the file that hansa review show -o saved"}},
       .options = {{.name = "--feature",
                    .value = "F",
                    .help = "the feature that is rated, such as 2.6.1",
                    .need = Need::kRequired},
                   {.name = "--measurement",
                    .value = "ROW",
                    .help = "which row, where experts rate several of a feature"},
                   {.name = "--rating",
                    .value = "1..5",
                    .help = "from 1 to 5, by the scale of the catalogue",
                    .need = Need::kRequired,
                    .number = NumberRange{kRatingMin, kRatingMax}},
                   {.name = "--reason",
                    .value = "TEXT",
                    .help = "why; everyone will be able to read it",
                    .need = Need::kRequired},
                   {.name = "--language", .value = "L", .help = "language of the reasons, such as ko"},
                   {.name = "--key", .value = "FILE", .help = "the expert's key, instead of the folder"},
                   {.name = "--code", .value = "CODE", .help = "with --key: the code that the key is listed under"},
                   {.name = "-o", .value = "FILE", .help = "where to write the rating", .need = Need::kRequired}},
       .run = Rate},
      {.name = "review publish",
       .summary = "publish a rating that an expert signed, with the city's answer",
       .details =
           "It is published as the expert signed it, or not at all. Only ratings of a report that this city has "
           "submitted are taken, and only by experts whom the network lists. The same file with another answer is "
           "a new revision; the same file again changes nothing.",
       .example = "hansa review publish rating.json --answer 'We take up the second point in 2026.'",
       .arguments = {{"FILE", "the file that hansa review rate wrote"}},
       .options = {{.name = "--answer", .value = "TEXT", .help = "what the city says to it"},
                   {.name = "--language", .value = "L", .help = "language of the answer, such as ko"},
                   {.name = "--approved-by",
                    .value = "ROLE",
                    .help = "role that approved the publication, never a person"},
                   reason},
       .run = Publish},
      {.name = "review withdraw",
       .summary = "take back a report, a rating or a survey; its history stays readable",
       .example = "hansa review withdraw 8d1366908b71",
       .arguments = {id},
       .run = Withdraw},
  };
}

}  // namespace hansa::node::cli
