#include "node/daemon/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <memory>

namespace hansa::node {
namespace {

constexpr std::size_t kFileBytesMax = 10 * 1024 * 1024;
constexpr std::size_t kFilesMax = 5;
constexpr std::size_t kLineMax = 8 * 1024;

spdlog::level::level_enum LevelOf(LogLevel level) {
  if (level == LogLevel::kInfo) return spdlog::level::info;
  return level == LogLevel::kWarning ? spdlog::level::warn : spdlog::level::err;
}

// What a peer sent may stand in a line: it must stay one line.
std::string OneLine(std::string line) {
  line.resize(std::min(line.size(), kLineMax));
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return line;
}

}  // namespace

absl::Status StartLog(const std::string& folder) {
  try {
    auto file =
        std::make_shared<spdlog::sinks::rotating_file_sink_mt>(folder + "/hansad.log", kFileBytesMax, kFilesMax);
    auto screen = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    screen->set_level(spdlog::level::warn);
    auto logger = std::make_shared<spdlog::logger>("hansad", spdlog::sinks_init_list{file, screen});
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(logger);
  } catch (const spdlog::spdlog_ex& failed) {
    return absl::UnavailableError(absl::StrFormat("cannot write the log in %s: %s", folder, failed.what()));
  }
  return absl::OkStatus();
}

void FlushLog() { spdlog::default_logger()->flush(); }

void LogLine(LogLevel level, const std::string& line) { spdlog::log(LevelOf(level), "{}", OneLine(line)); }

}  // namespace hansa::node
