// Workbooks for tests of reading, part by part: what a program for spreadsheets writes, and what an enemy might.
#ifndef HANSA_TESTS_NODE_SPREADSHEET_MAKE_WORKBOOK_H_
#define HANSA_TESTS_NODE_SPREADSHEET_MAKE_WORKBOOK_H_

#include <zip.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace hansa::node::spreadsheet {

using Parts = std::vector<std::pair<std::string, std::string>>;

// With a password, the parts are encrypted.
inline std::string ZipOf(const Parts& parts, const char* password = nullptr) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(source);
  zip_t* zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  for (const auto& [name, content] : parts) {
    zip_source_t* part = zip_source_buffer(zip, content.data(), content.size(), 0);
    const zip_int64_t added = zip_file_add(zip, name.c_str(), part, ZIP_FL_ENC_UTF_8);
    if (password != nullptr) {
      zip_file_set_encryption(zip, static_cast<zip_uint64_t>(added), ZIP_EM_AES_256, password);
    }
  }
  zip_close(zip);
  std::string bytes;
  zip_source_open(source);
  zip_source_seek(source, 0, SEEK_END);
  bytes.resize(static_cast<std::size_t>(zip_source_tell(source)));
  zip_source_seek(source, 0, SEEK_SET);
  zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  zip_source_free(source);
  zip_error_fini(&error);
  return bytes;
}

// The parts of a workbook whose one sheet, 'Figures', has these rows; styles as `formats`, from style 1 on.
inline Parts WorkbookParts(absl::string_view rows, const std::vector<std::string>& formats = {},
                           absl::string_view shared_texts = "") {
  std::string number_formats;
  std::string styles = "<xf numFmtId=\"0\"/>";
  for (std::size_t i = 0; i < formats.size(); ++i) {
    absl::StrAppend(&number_formats, "<numFmt numFmtId=\"", 164 + i, "\" formatCode=\"", formats[i], "\"/>");
    absl::StrAppend(&styles, "<xf numFmtId=\"", 164 + i, "\"/>");
  }
  constexpr char kTypes[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const auto relation = [&](absl::string_view id, absl::string_view type, absl::string_view target) {
    return absl::StrCat("<Relationship Id=\"", id, "\" Type=\"", kTypes, type, "\" Target=\"", target, "\"/>");
  };
  return {
      {"_rels/.rels",
       absl::StrCat("<Relationships>", relation("rId1", "officeDocument", "xl/workbook.xml"), "</Relationships>")},
      {"xl/workbook.xml",
       "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Figures\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       absl::StrCat("<Relationships>", relation("rId1", "worksheet", "worksheets/sheet1.xml"),
                    relation("rId2", "styles", "styles.xml"),
                    relation("rId3", "sharedStrings", "/xl/sharedStrings.xml"), "</Relationships>")},
      {"xl/styles.xml",
       absl::StrCat("<styleSheet><numFmts>", number_formats, "</numFmts><cellXfs>", styles, "</cellXfs></styleSheet>")},
      {"xl/sharedStrings.xml", absl::StrCat("<sst>", shared_texts, "</sst>")},
      {"xl/worksheets/sheet1.xml", absl::StrCat("<worksheet><sheetData>", rows, "</sheetData></worksheet>")},
  };
}

inline std::string WorkbookOf(absl::string_view rows, const std::vector<std::string>& formats = {},
                              absl::string_view shared_texts = "") {
  return ZipOf(WorkbookParts(rows, formats, shared_texts));
}

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_TESTS_NODE_SPREADSHEET_MAKE_WORKBOOK_H_
