#include "node/daemon/options.h"

#include <toml++/toml.h>
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/daemon/option_table.h"
#include "node/words/words.h"

namespace hansa::node {
namespace {

constexpr int kUsageExit = 2;
constexpr char kVersion[] = "hansad " HANSA_VERSION;

absl::Status ReadKeyValue(const std::string& path, const std::string& key, const toml::node& value,
                          ProgramOptions& options) {
  const std::string where = absl::StrCat(path, ":", value.source().begin.line, ":", value.source().begin.column);
  if (key == "http_open") {
    const auto is_open = value.value_exact<bool>();
    if (!is_open) return absl::InvalidArgumentError(absl::StrCat(where, ": 'http_open' must be true or false"));
    options.http_open = *is_open;
    return absl::OkStatus();
  }
  std::string* target = key == "data"        ? &options.daemon.folder
                        : key == "listen"    ? &options.daemon.listen
                        : key == "http"      ? &options.http
                        : key == "http_name" ? &options.http_names
                        : key == "web_dir"   ? &options.web_folder
                                             : nullptr;
  if (target == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat(where, ": unknown key '", key, "'; write data, listen, http, http_name, http_open or web_dir"));
  }
  const auto text = value.value<std::string>();
  if (!text) return absl::InvalidArgumentError(absl::StrCat(where, ": '", key, "' must be text in quotes"));
  *target = *text;
  return absl::OkStatus();
}

words::Words WordsOfTheReader() {
  return words::Words(words::LanguageOf([](const char* name) -> std::optional<std::string> {
    const char* value = std::getenv(name);  // read before any thread of ours is there
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  }));
}

CommandLine Fail(const std::string& what) {
  Complain(what);
  return {{}, kUsageExit};
}

// What the library says in English alone, in a sentence of ours.
std::string Misunderstood(const CLI::App& app, const CLI::Error& error) {
  const std::string said = error.what();
  std::string what = absl::StrCat("`hansad` does not understand ", said);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    const std::vector<std::string> extras = app.remaining(true);
    const std::string first = extras.empty() ? said : extras.front();
    what = absl::StrCat("`hansad` has no use for '", first, "'");
  } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const std::string name = said.substr(0, said.find(':'));
    what = absl::StrContains(said, "received") ? absl::StrCat(name, " is given twice")
                                               : absl::StrCat(name, " needs a value after it");
  }
  return absl::StrCat(what, "; `hansad --help` lists what there is");
}

}  // namespace

void Complain(absl::string_view what) { std::cerr << "hansad: " << WordsOfTheReader().Translated(what) << "\n"; }

absl::StatusOr<ProgramOptions> ReadConfig(const std::string& path) {
  ProgramOptions options;
  try {
    const toml::table table = toml::parse_file(path);
    for (const auto& [key, value] : table) {
      const absl::Status read = ReadKeyValue(path, std::string(key.str()), value, options);
      if (!read.ok()) return read;
    }
  } catch (const toml::parse_error& error) {
    if (error.source().begin.line == 0) {
      return absl::NotFoundError(absl::StrCat("cannot read the configuration ", path, "; check the name"));
    }
    return absl::InvalidArgumentError(
        absl::StrCat(path, ":", error.source().begin.line, ":", error.source().begin.column,
                     ": this is not TOML; write lines such as listen = \"0.0.0.0:7400\""));
  }
  return options;
}

CommandLine ParseCommandLine(int argc, const char* const* argv) {
  const words::Words words = WordsOfTheReader();
  CLI::App app(absl::StrCat("hansad: ", words("the node of one member of the network.")));
  app.footer(absl::StrCat(words("Example:"), "\n  ", kDaemonHelp.example, "\n\n",
                          words("Once it is ready DIR/run/endpoints.json names the addresses in use."), " ",
                          words("SIGTERM ends it in order.")));
  app.get_formatter()->label("Usage", words("Usage"));
  app.get_formatter()->label("OPTIONS", words("OPTIONS"));
  app.option_defaults()->group(words("Options"));
  app.set_help_flag("-h,--help", words("print this help and end"));
  std::string folder;
  std::string listen;
  std::string http;
  std::string http_names;
  std::string web_folder;
  bool http_open = false;
  std::string config;
  const auto take = [&app, &words](const DaemonOption& option, std::string& into) {
    app.add_option(option.name, into, words(option.help))->type_name(option.value);
  };
  take(kDataOption, folder);
  take(kListenOption, listen);
  take(kHttpOption, http);
  take(kHttpNameOption, http_names);
  app.add_flag(kHttpOpenOption.name, http_open, words(kHttpOpenOption.help));
  take(kWebDirOption, web_folder);
  take(kConfigOption, config);
  app.set_version_flag("--version", kVersion, words("print the version and end"));
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {
    return {{}, app.exit(done)};
  } catch (const CLI::Error& error) {
    return Fail(Misunderstood(app, error));
  }
  CommandLine line;
  if (!config.empty()) {
    absl::StatusOr<ProgramOptions> read = ReadConfig(config);
    if (!read.ok()) return Fail(std::string(read.status().message()));
    line.options = *std::move(read);
  }
  if (!folder.empty()) line.options.daemon.folder = folder;
  if (!listen.empty()) line.options.daemon.listen = listen;
  if (!http.empty()) line.options.http = http;
  if (!http_names.empty()) line.options.http_names = http_names;
  if (!web_folder.empty()) line.options.web_folder = web_folder;
  line.options.http_open = line.options.http_open || http_open;
  if (line.options.daemon.folder.empty()) return Fail("no data folder is given; say `hansad --data DIR`");
  // What others read in endpoints.json must not depend on where this process was started.
  line.options.daemon.folder = std::filesystem::absolute(line.options.daemon.folder).lexically_normal().string();
  return line;
}

}  // namespace hansa::node
