// Results of surveys: entered by a city, or signed by an agency.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hansa/v1/node.pb.h"
#include "node/catalogue/current.h"
#include "node/cli/command.h"
#include "node/cli/exit_code.h"
#include "node/cli/invocation.h"
#include "node/cli/json_of.h"
#include "node/cli/peer_learning_json.h"
#include "node/cli/peer_learning_texts.h"
#include "node/cli/publishing_acts.h"
#include "node/domain/attachment.h"
#include "node/membership/review_statement.h"
#include "node/node_folder.h"
#include "replication/check.h"
#include "replication/files.h"

namespace hansa::node::cli {
namespace {

// The agency's report by its hashes; absent if none was named.
absl::StatusOr<std::optional<v1::Attachment>> ReportOf(const Invocation& invocation) {
  if (!invocation.values().Has("--report")) return std::optional<v1::Attachment>();
  const std::string file = invocation.values().Text("--report");
  const absl::StatusOr<std::string> content = invocation.Read(file, replication::kFileBytesMax);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::Attachment report;
  const absl::Status attached = domain::Attach(
      replication::SodiumCrypto(),
      {.name = std::filesystem::path(file).filename().string(), .content = *content, .salt = RandomSalt().str()},
      report);
  if (!attached.ok()) return About(NameOf(file), attached);
  return std::optional<v1::Attachment>(std::move(report));
}

absl::StatusOr<int> Enter(Invocation& invocation) {
  const Values& values = invocation.values();
  const std::string file = values.Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  absl::StatusOr<std::optional<v1::Attachment>> report = ReportOf(invocation);
  HANSA_RETURN_IF_ERROR(report.status());
  v1::EnterSurveyRequest request;
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  request.set_note(values.Text("--note"));
  request.set_language(values.Text("--language"));
  request.set_approved_by(values.Text("--approved-by"));
  if (*report) *request.mutable_report() = **std::move(report);
  request.set_revises(values.Text("--revises"));
  request.set_reason(values.Text("--reason"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Deliver(Invocation& invocation) {
  const Values& values = invocation.values();
  const std::string file = values.Text("FILE");
  const absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  const absl::StatusOr<std::optional<v1::Attachment>> report = ReportOf(invocation);
  HANSA_RETURN_IF_ERROR(report.status());
  membership::DeliveryGiven given;
  given.hand = {.folder = values.Has("--key") ? "" : invocation.DataFolder(),
                .key_file = values.Text("--key"),
                .code = values.Text("--code"),
                .charter_file = values.Text("--charter")};
  given.file = {.name = NameOf(file), .content = *content};
  given.member = replication::Member(values.Number("--member").value_or(0));
  if (*report) given.report = &**report;
  std::vector<std::string> warnings;
  const absl::StatusOr<std::string> delivery = membership::SignDelivery(given, catalogue::CurrentCatalogue(), warnings);
  HANSA_RETURN_IF_ERROR(delivery.status());
  const std::string path = values.Text("-o");
  HANSA_RETURN_IF_ERROR(invocation.Write(path, *delivery));
  const words::Words words = invocation.words();
  invocation.Report(JsonOf(WrittenFile{.form = "survey", .path = path}),
                    absl::StrCat(words("wrote the survey {0}", path), "\n",
                                 words("next: send it to the city, which publishes it with hansa survey enter"), "\n"));
  for (const std::string& warning : warnings) invocation.Warn(warning);
  return kDone;
}

}  // namespace

std::vector<Command> SurveyCommands() {
  constexpr std::uint32_t kCityMin = 10, kCityMax = 4'294'967'294;
  const Option report{.name = "--report",
                      .value = "FILE",
                      .help = "the agency's report; its hash is published, its bytes do not travel"};
  return {
      {.name = "survey enter",
       .summary = "publish what a survey found: everyone in the network will see it",
       .details =
           "The file is a JSON object with agency, year, fieldwork_starts_on and fieldwork_ends_on, respondents and "
           "values, each with its question and the question's language; `hansa help files` shows one. It is shown "
           "as entered by the city. Or it is the file that an agency signed: that is shown as the agency's word, "
           "and no city edits it. The same file twice changes nothing. hansa review list shows surveys, and hansa "
           "review withdraw takes one back.",
       .example = "hansa survey enter survey.json --report agency-report.pdf --approved-by 'head of education'",
       .arguments = {{"FILE", "a JSON object, or what hansa survey deliver wrote; or '-'"}},
       .options = {report,
                   {.name = "--note", .value = "TEXT", .help = "the city's own account, beside the values everywhere"},
                   {.name = "--language", .value = "L", .help = "language of the note, such as ko"},
                   {.name = "--approved-by",
                    .value = "ROLE",
                    .help = "role that approved the publication, never a person"},
                   {.name = "--revises", .value = "ID", .help = "a survey of this city that it takes the place of"},
                   {.name = "--reason", .value = "TEXT", .help = "why it is published again"}},
       .run = Enter},
      {.name = "survey deliver",
       .summary = "sign what a survey found (survey agencies)",
       .details =
           "Needs no running node. --data names the folder of the agency's key; or --key names the key alone, with "
           "the code that it is listed under and the network's charter. The file is the same as for hansa survey "
           "enter. What is written is for the city, which publishes it as it is.",
       .example = "hansa survey deliver survey.json --member 12 -o delivery.json",
       .arguments = {{"FILE", "a JSON object; or '-'"}},
       .options = {{.name = "--member",
                    .value = "N",
                    .help = "number of the city, as hansa member shows it; the file may say it instead",
                    .number = NumberRange{kCityMin, kCityMax}},
                   report,
                   {.name = "--key", .value = "FILE", .help = "the agency's key, instead of the folder"},
                   {.name = "--code", .value = "CODE", .help = "with --key: the code that the key is listed under"},
                   {.name = "--charter", .value = "FILE", .help = "with --key: the network's charter.json"},
                   {.name = "-o", .value = "FILE", .help = "where to write what is signed", .need = Need::kRequired}},
       .run = Deliver},
  };
}

}  // namespace hansa::node::cli
