#include "node/daemon/options.h"

#include <toml++/toml.h>
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "absl/strings/str_cat.h"

namespace hansa::node {
namespace {

constexpr int kUsageExit = 2;
constexpr char kVersion[] = "hansad " HANSA_VERSION;

absl::Status ReadKeyValue(const std::string& path, const std::string& key, const toml::node& value,
                          DaemonOptions& options) {
  const std::string where = absl::StrCat(path, ":", value.source().begin.line, ":", value.source().begin.column);
  std::string* target = key == "data" ? &options.folder : key == "listen" ? &options.listen : nullptr;
  if (target == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(where, ": unknown key '", key, "'; known are data, listen"));
  }
  const auto text = value.value<std::string>();
  if (!text) return absl::InvalidArgumentError(absl::StrCat(where, ": '", key, "' must be text in quotes"));
  *target = *text;
  return absl::OkStatus();
}

CommandLine Fail(const std::string& what) {
  std::cerr << "hansad: " << what << "\n";
  return {{}, kUsageExit};
}

}  // namespace

absl::StatusOr<DaemonOptions> ReadConfig(const std::string& path) {
  DaemonOptions options;
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
    return absl::InvalidArgumentError(absl::StrCat(path, ":", error.source().begin.line, ":",
                                                   error.source().begin.column, ": ", std::string(error.description()),
                                                   "; write lines such as listen = \"0.0.0.0:7400\""));
  }
  return options;
}

CommandLine ParseCommandLine(int argc, const char* const* argv) {
  CLI::App app("hansad: the node of one member of the network.");
  app.footer(
      "Example:\n  hansad --data /var/lib/hansa --listen 0.0.0.0:7400\n\n"
      "Once it is ready DIR/run/endpoints.json names the addresses in use. SIGTERM ends it in order.");
  std::string folder;
  std::string listen;
  std::string config;
  app.add_option("--data", folder, "The node's data folder, made by `hansa init` or `hansa network found`")
      ->type_name("DIR");
  app.add_option("--listen", listen,
                 "Where other members may reach this node; port 0 picks a free one. May be left out: a city needs no "
                 "inbound port")
      ->type_name("HOST:PORT");
  app.add_option("--config", config, "A TOML file with the same options, by the names data and listen")
      ->type_name("FILE");
  app.set_version_flag("--version", kVersion);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& done) {
    return {{}, app.exit(done)};
  } catch (const CLI::Error& error) {
    return Fail(absl::StrCat(error.what(), "; `hansad --help` lists what there is"));
  }
  CommandLine line;
  if (!config.empty()) {
    absl::StatusOr<DaemonOptions> read = ReadConfig(config);
    if (!read.ok()) return Fail(std::string(read.status().message()));
    line.options = *std::move(read);
  }
  if (!folder.empty()) line.options.folder = folder;
  if (!listen.empty()) line.options.listen = listen;
  if (line.options.folder.empty()) return Fail("which data folder? Say `hansad --data DIR`");
  // What others read in endpoints.json must not depend on where this process was started.
  line.options.folder = std::filesystem::absolute(line.options.folder).lexically_normal().string();
  return line;
}

}  // namespace hansa::node
