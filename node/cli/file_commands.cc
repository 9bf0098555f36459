#include "node/cli/file_commands.h"

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "hansa/v1/node.pb.h"
#include "node/cli/exit_code.h"
#include "node/cli/file_texts.h"
#include "node/cli/invocation.h"
#include "node/cli/output_file.h"
#include "node/cli/practice_json.h"
#include "node/cli/publishing_acts.h"
#include "replication/check.h"

namespace hansa::node::cli {
namespace {

constexpr std::uint32_t kWaitDefault = 60;
constexpr std::uint32_t kWaitMax = 86'400;
constexpr absl::Duration kBetweenLooks = absl::Milliseconds(300);

absl::StatusOr<int> Attach(Invocation& invocation) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::AttachFileRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  request.set_description(invocation.values().Text("--description"));
  request.set_language(invocation.values().Text("--language"));
  request.set_licence(invocation.values().Text("--licence"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> Detach(Invocation& invocation) {
  v1::DetachFileRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_name(invocation.values().Text("NAME"));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> List(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::ListFilesRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_revision(invocation.values().Number("--revision").value_or(0));
  v1::ListFilesReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  invocation.Show(JsonOf(reply), reply.files().empty()
                                     ? absl::StrCat(invocation.words()("this record names no files"), "\n")
                                     : ListText(reply, invocation.layout()));
  return kDone;
}

// Until it is here, or the time is over.
absl::StatusOr<v1::FileSummary> Fetch(Invocation& invocation, NodeClient& node) {
  v1::FetchFileRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_name(invocation.values().Text("NAME"));
  request.set_revision(invocation.values().Number("--revision").value_or(0));
  const absl::Duration patience = absl::Seconds(invocation.values().Number("--wait").value_or(kWaitDefault));
  std::string told;
  for (absl::Duration waited; true; waited += kBetweenLooks) {
    v1::FetchFileReply reply;
    HANSA_RETURN_IF_ERROR(node.Ask(request, reply));
    if (reply.file().state() == "here" || waited >= patience) return reply.file();
    const std::string standing = StandingText(reply.file(), invocation.words());
    if (standing != told) invocation.Progress(standing);
    told = standing;
    absl::SleepFor(kBetweenLooks);
  }
}

absl::Status Save(Invocation& invocation, NodeClient& node, const v1::FileSummary& file, const std::string& path) {
  absl::StatusOr<OutputFile> output = OutputFile::Begin(path);
  HANSA_RETURN_IF_ERROR(output.status());
  v1::ReadFilePartRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_name(file.name());
  request.set_revision(invocation.values().Number("--revision").value_or(0));
  for (std::uint32_t index = 0; index < file.chunks(); ++index) {
    request.set_index(index);
    v1::ReadFilePartReply reply;
    HANSA_RETURN_IF_ERROR(node.Ask(request, reply));
    HANSA_RETURN_IF_ERROR(output->Add(reply.bytes()));
  }
  return output->Done();
}

absl::StatusOr<int> GiveFile(Invocation& invocation) {
  HANSA_RETURN_IF_ERROR(invocation.CheckOutput(invocation.values().Text("-o")));
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const absl::StatusOr<v1::FileSummary> file = Fetch(invocation, *node);
  HANSA_RETURN_IF_ERROR(file.status());
  if (file->state() != "here") {
    return absl::UnavailableError(absl::StrCat(file->name(), ": ", file->chunks_here(), " of ", file->chunks(),
                                               " parts are here; the node goes on fetching it: ask again later"));
  }
  const bool is_named = invocation.values().Has("-o");
  const std::string path = is_named ? invocation.values().Text("-o") : file->name();
  std::error_code error;
  // Its name is another's choice: nothing of this computer is replaced by it.
  if (!is_named && std::filesystem::exists(std::filesystem::symlink_status(path, error))) {
    return absl::AlreadyExistsError(absl::StrCat(path, ": there is such a file here already; say where with -o"));
  }
  HANSA_RETURN_IF_ERROR(Save(invocation, *node, *file, path));
  if (path != "-") invocation.Report(JsonOf(*file), absl::StrCat(invocation.words()("saved as {0}", path), "\n"));
  return kDone;
}

}  // namespace

namespace {

// What `practices` and `files` say of the same act.
struct AboutFiles {
  Command attach, detach, save;
};

AboutFiles AboutPractices() {
  const Argument own{"ID", "record of a practice, or its first 6 digits and more"};
  return {
      .attach = {.name = "practices attach",
                 .summary = "publish a file with a practice of your own",
                 .details =
                     "Makes a new revision of the practice. A file has at most 25 MiB, a practice at most 10 files. "
                     "Whoever follows you gets it by itself, others when they ask for it.",
                 .example = "hansa practices attach 8d1366908b71 report.pdf --description 'the evaluation of 2025'",
                 .arguments = {own, {"FILE", "the file"}}},
      .detach = {.name = "practices detach",
                 .summary = "publish a practice of your own without one of its files",
                 .details = "Earlier revisions still name the file; `hansa erase` takes them back.",
                 .example = "hansa practices detach 8d1366908b71 report.pdf",
                 .arguments = {own, {"NAME", "of the file, as it is shown with the practice"}}},
      .save = {.name = "practices file",
               .summary = "save a file of a practice, fetched if it is not here",
               .details =
                   "Every part is checked against what its city signed. The file is saved, and never opened. What is "
                   "not here in time is fetched all the same: ask again later.",
               .example = "hansa practices file 8d1366908b71 report.pdf -o report.pdf",
               .arguments = {{"ID", "record of a practice or a translation, or its first 6 digits and more"},
                             {"NAME", "of the file, as it is shown with the practice"}}}};
}

AboutFiles AboutRecords() {
  const Argument own{"ID",
                     "a practice, offer, notice, strategy, topic or answer of yours, or its first 6 digits and more"};
  return {
      .attach = {.name = "files attach",
                 .summary = "publish a file with a record of your own",
                 .details = "Makes a new revision of the record: a practice, an offer, a notice, a strategy, a topic "
                            "or an answer. A file has at most 25 MiB, a record at most 10 files. Whoever follows you "
                            "gets it by itself, others when they ask for it.",
                 .example = "hansa files attach 8d1366908b71 programme.pdf --language ko",
                 .arguments = {own, {"FILE", "the file"}}},
      .detach = {.name = "files detach",
                 .summary = "publish a record of your own without one of its files",
                 .details = "Earlier revisions still name the file; `hansa erase` takes them back.",
                 .example = "hansa files detach 8d1366908b71 programme.pdf",
                 .arguments = {own, {"NAME", "of the file, as the list of files names it"}}},
      .save = {.name = "files save",
               .summary = "save a file of a record, fetched if it is not here",
               .details =
                   "Every part is checked against what its author signed. The file is saved, and never opened. What is "
                   "not here in time is fetched all the same: ask again later.",
               .example = "hansa files save 8d1366908b71 programme.pdf -o programme.pdf",
               .arguments = {{"ID", "a record of any kind, or its first 6 digits and more"},
                             {"NAME", "of the file, as the list of files names it"}}}};
}

Option RevisionOption() {
  constexpr std::uint32_t kRevisionsMax = 1'000'000;
  return {.name = "--revision",
          .value = "N",
          .help = "an earlier revision, from 1",
          .number = NumberRange{1, kRevisionsMax}};
}

Command Attaching(Command command) {
  command.options = {{.name = "--description", .value = "TEXT", .help = "what it shows, at most 200 characters"},
                     {.name = "--language", .value = "L", .help = "its language, such as ko"},
                     {.name = "--licence", .value = "TEXT", .help = "its licence, if not that of the record"}};
  command.run = Attach;
  return command;
}

Command Detaching(Command command) {
  command.run = Detach;
  return command;
}

Command Saving(Command command) {
  command.options = {{.name = "-o", .value = "FILE", .help = "where to save it, or '-'; else by its name, here"},
                     {.name = "--wait",
                      .value = "SECONDS",
                      .help = "how long to wait for it, if not 60",
                      .number = NumberRange{0, kWaitMax}},
                     RevisionOption()};
  command.run = GiveFile;
  return command;
}

}  // namespace

Command AttachCommand() { return Attaching(AboutPractices().attach); }

Command DetachCommand() { return Detaching(AboutPractices().detach); }

Command FileCommand() { return Saving(AboutPractices().save); }

std::vector<Command> FileCommands() {
  return {{.name = "files list",
           .summary = "the files that a record names, and which are here",
           .details = "Practices, offers and their conclusions, notices, strategies, reports for review, topics and "
                      "answers may name files. `hansa files save` saves one.",
           .example = "hansa files list 8d1366908b71",
           .arguments = {{"ID", "a record of any kind, or its first 6 digits and more"}},
           .options = {RevisionOption()},
           .run = List},
          Saving(AboutRecords().save),
          Attaching(AboutRecords().attach),
          Detaching(AboutRecords().detach)};
}

absl::Status ShowWithFiles(Invocation& invocation, NodeClient& node, const ShownRecord& shown) {
  v1::ListFilesRequest request;
  request.set_id(shown.id);
  request.set_revision(shown.revision);
  v1::ListFilesReply files;
  HANSA_RETURN_IF_ERROR(node.Ask(request, files));
  invocation.Show(WithFiles(shown.json, files),
                  absl::StrCat(shown.text, TextOf(files, invocation.layout()), shown.below));
  return absl::OkStatus();
}

}  // namespace hansa::node::cli
