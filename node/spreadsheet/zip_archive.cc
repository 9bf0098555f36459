#include "node/spreadsheet/zip_archive.h"

#include <zip.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/domain/problem_rules.h"
#include "node/domain/text.h"
#include "node/spreadsheet/workbook_fault.h"

namespace hansa::node::spreadsheet {
namespace {

constexpr std::uint64_t kMegabyte = 1024 * 1024;
constexpr char kAnother[] = "save the figures alone as a new workbook, or as CSV";

namespace rule_id = domain::rule_id;

absl::Status Damaged() {
  return WorkbookFault(rule_id::kUnreadableWorkbook, "the workbook is damaged; save it again, or as CSV");
}

absl::Status Unpacked(const ZipLimits& limits) {
  return WorkbookFault(
      rule_id::kWorkbookTooLarge,
      absl::StrCat("the workbook unpacks to more than ", limits.unpacked_bytes_max / kMegabyte, " MiB; ", kAnother));
}

}  // namespace

struct ZipArchive::Handle {
  zip_t* zip = nullptr;

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (zip != nullptr) zip_discard(zip);
  }
};

ZipArchive::ZipArchive(std::unique_ptr<Handle> handle, const ZipLimits& limits)
    : handle_(std::move(handle)), limits_(limits) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

absl::StatusOr<ZipArchive> ZipArchive::Open(absl::string_view bytes, const ZipLimits& limits) {
  zip_error_t error;
  zip_error_init(&error);
  auto handle = std::make_unique<Handle>();
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr) handle->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (source != nullptr && handle->zip == nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (handle->zip == nullptr) return Damaged();
  const zip_int64_t count = zip_get_num_entries(handle->zip, 0);
  if (count < 0) return Damaged();
  if (static_cast<std::uint64_t>(count) > limits.parts_max) {
    return WorkbookFault(rule_id::kWorkbookTooLarge, absl::StrCat("the workbook has ", count, " parts, and ",
                                                                  limits.parts_max, " are the most; ", kAnother));
  }
  ZipArchive archive(std::move(handle), limits);
  std::uint64_t total = 0;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t entry;
    zip_stat_init(&entry);
    if (zip_stat_index(archive.handle_->zip, static_cast<zip_uint64_t>(i), 0, &entry) != 0) return Damaged();
    const bool known = (entry.valid & ZIP_STAT_NAME) != 0 && (entry.valid & ZIP_STAT_SIZE) != 0;
    if (!known || !domain::IsUtf8(entry.name)) return Damaged();
    archive.parts_.emplace_back(entry.name);
    if ((entry.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && entry.encryption_method != ZIP_EM_NONE) {
      return WorkbookFault(rule_id::kWorkbookPassword,
                           "the workbook is protected by a password; save it again without one");
    }
    if (entry.size > limits.unpacked_bytes_max || (total += entry.size) > limits.unpacked_bytes_max) {
      return Unpacked(limits);
    }
    const std::uint64_t packed = std::max<std::uint64_t>(entry.comp_size, 1);
    if (entry.size > kMegabyte && entry.size / packed > limits.ratio_max) {
      return WorkbookFault(rule_id::kWorkbookTooLarge, absl::StrCat("a part of the workbook unpacks to more than ",
                                                                    limits.ratio_max, " times its size; ", kAnother));
    }
  }
  return archive;
}

bool ZipArchive::Has(absl::string_view part) const {
  return std::find(parts_.begin(), parts_.end(), part) != parts_.end();
}

absl::StatusOr<std::string> ZipArchive::Read(const std::string& part) {
  zip_file_t* const file = zip_fopen(handle_->zip, part.c_str(), 0);
  if (file == nullptr) {
    if (!Has(part))
      return absl::NotFoundError(absl::StrCat("the workbook has no part ", domain::Quoted(part), "; save it again"));
    return Damaged();
  }
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> closing(file, zip_fclose);
  std::string content;
  std::array<char, 64 * 1024> piece;
  for (;;) {
    const zip_int64_t size = zip_fread(file, piece.data(), piece.size());
    if (size < 0) return Damaged();
    if (size == 0) return content;
    read_bytes_ += static_cast<std::uint64_t>(size);
    if (read_bytes_ > limits_.unpacked_bytes_max) return Unpacked(limits_);
    content.append(piece.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace hansa::node::spreadsheet
