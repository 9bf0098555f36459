#include "storage/rocks_log.h"

#include <rocksdb/env.h>

#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace hansa::storage {
namespace {

constexpr std::size_t kLineBytesMax = 2048;

class CappedLog final : public rocksdb::Logger {
 public:
  CappedLog(const std::string& path, std::size_t bytes_max)
      : rocksdb::Logger(rocksdb::InfoLogLevel::INFO_LEVEL), path_(path), bytes_max_(bytes_max) {
    absl::MutexLock lock(&mutex_);
    Begin();
  }

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override ABSL_LOCKS_EXCLUDED(mutex_) {
    char text[kLineBytesMax];
    std::vsnprintf(text, sizeof text, format, arguments);
    const std::string line =
        absl::StrCat(absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone()), " ", text, "\n");
    absl::MutexLock lock(&mutex_);
    if (bytes_ + line.size() > bytes_max_) TurnOver();
    file_ << line << std::flush;
    bytes_ += line.size();
    // A full disk costs this line, not the process; the next one is tried afresh.
    if (!file_) file_.clear();
  }

  // Some hundred lines of options at every opening; RocksDB's OPTIONS file has them.
  void LogHeader(const char*, va_list) override {}

 private:
  void Begin() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    file_.open(path_, std::ios::app);
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path_, error);
    bytes_ = error ? 0 : static_cast<std::size_t>(size);
  }

  void TurnOver() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    file_.close();
    file_.clear();
    std::error_code error;
    std::filesystem::rename(path_, absl::StrCat(path_, ".1"), error);
    if (error) std::filesystem::remove(path_, error);
    Begin();
  }

  const std::string path_;
  const std::size_t bytes_max_;
  absl::Mutex mutex_;
  std::ofstream file_ ABSL_GUARDED_BY(mutex_);
  std::size_t bytes_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace

std::shared_ptr<rocksdb::Logger> NewRocksLog(const std::string& path, std::size_t bytes_max) {
  return std::make_shared<CappedLog>(path, bytes_max);
}

}  // namespace hansa::storage
