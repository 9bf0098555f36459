// The parts of a workbook in its ZIP archive, read within limits. A part is unpacked only when it is asked for, and
// what it claims of its size is believed in neither direction.
#ifndef HANSA_NODE_SPREADSHEET_ZIP_ARCHIVE_H_
#define HANSA_NODE_SPREADSHEET_ZIP_ARCHIVE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hansa::node::spreadsheet {

struct ZipLimits {
  std::size_t parts_max = 200;
  std::uint64_t unpacked_bytes_max =
      100 * 1024 * 1024;          // Of all parts together, by what the archive says and by what is read.
  std::uint64_t ratio_max = 100;  // Unpacked to packed, of a part larger than a megabyte.
};

// Not thread-safe.
class ZipArchive {
 public:
  // `bytes` must outlive the archive.
  //   INVALID_ARGUMENT  not an archive, or one beyond the limits
  static absl::StatusOr<ZipArchive> Open(absl::string_view bytes, const ZipLimits& limits);
  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;
  ~ZipArchive();

  // Names of all parts, as they stand in the archive.
  const std::vector<std::string>& parts() const { return parts_; }
  bool Has(absl::string_view part) const;

  //   NOT_FOUND         there is no such part
  //   INVALID_ARGUMENT  damaged, encrypted, or beyond the limits
  absl::StatusOr<std::string> Read(const std::string& part);

 private:
  struct Handle;
  ZipArchive(std::unique_ptr<Handle> handle, const ZipLimits& limits);

  std::unique_ptr<Handle> handle_;
  ZipLimits limits_;
  std::vector<std::string> parts_;
  std::uint64_t read_bytes_ = 0;  // Of all parts so far.
};

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_ZIP_ARCHIVE_H_
