// A workbook as tests look into one: the archive opened, its XML read. For what we wrote ourselves; it makes no more of
// the format than that.
#ifndef HANSA_TESTS_NODE_SPREADSHEET_WRITTEN_WORKBOOK_H_
#define HANSA_TESTS_NODE_SPREADSHEET_WRITTEN_WORKBOOK_H_

#include <zip.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace hansa::node::spreadsheet {

struct WrittenCell {
  std::string text;  // Of a number, as it stands in the file.
  bool is_number = false;
  bool is_formula = false;
  bool is_open = false;       // In a protected sheet.
  std::string number_format;  // Empty for the spreadsheet's own.
  std::string ground;         // Colour, such as 'FFF8CBAD'; empty for none.
};

struct WrittenRule {
  std::string type;  // 'list', 'decimal', 'whole', or empty for a prompt alone.
  std::string comparison;
  std::string first;
  std::string second;
  std::string prompt;
};

class WrittenWorkbook {
 public:
  explicit WrittenWorkbook(const std::string& bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (archive == nullptr) Fail("the bytes are no archive");
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
      zip_stat_t stat;
      if (zip_stat_index(archive, i, 0, &stat) != 0) Fail("a part has no name");
      std::string& part = parts_[stat.name];
      part.resize(stat.size);
      zip_file_t* file = zip_fopen_index(archive, i, 0);
      if (file == nullptr || zip_fread(file, part.data(), part.size()) < 0) Fail("a part cannot be read");
      zip_fclose(file);
    }
    zip_close(archive);
    if (Has("xl/sharedStrings.xml")) shared_ = Parse("xl/sharedStrings.xml");
    styles_ = Parse("xl/styles.xml");
    for (const pugi::xml_node string : shared_.child("sst").children("si")) {
      texts_.push_back(string.child("t").child_value());
    }
  }

  bool Has(const std::string& part) const { return parts_.count(part) > 0; }
  const std::string& Part(const std::string& name) const {
    const auto part = parts_.find(name);
    if (part == parts_.end()) Fail(absl::StrCat("there is no part ", name));
    return part->second;
  }

  std::vector<std::string> SheetNames() const {
    const pugi::xml_document workbook = Parse("xl/workbook.xml");
    std::vector<std::string> names;
    for (const pugi::xml_node sheet : workbook.child("workbook").child("sheets").children("sheet")) {
      names.push_back(sheet.attribute("name").value());
    }
    return names;
  }

  // By reference, such as 'B3'. The first sheet is 1.
  std::map<std::string, WrittenCell> Cells(int sheet) const {
    const pugi::xml_document document = Sheet(sheet);
    std::map<std::string, WrittenCell> cells;
    for (const pugi::xml_node row : document.child("worksheet").child("sheetData").children("row")) {
      for (const pugi::xml_node cell : row.children("c")) cells[cell.attribute("r").value()] = Read(cell);
    }
    return cells;
  }

  // By the first cell of the block that each is for.
  std::map<std::string, WrittenRule> Rules(int sheet) const {
    const pugi::xml_document document = Sheet(sheet);
    std::map<std::string, WrittenRule> rules;
    for (const pugi::xml_node rule : document.child("worksheet").child("dataValidations").children("dataValidation")) {
      const std::vector<std::string> block = absl::StrSplit(rule.attribute("sqref").value(), ':');
      rules[block.front()] = {rule.attribute("type").value(), rule.attribute("operator").value(),
                              rule.child_value("formula1"), rule.child_value("formula2"),
                              rule.attribute("prompt").value()};
    }
    return rules;
  }

  // What stands in 'xl/comments<sheet>.xml', by reference.
  std::map<std::string, std::string> Comments(int sheet) const {
    const pugi::xml_document document = Parse(absl::StrCat("xl/comments", sheet, ".xml"));
    std::map<std::string, std::string> comments;
    for (const pugi::xml_node comment : document.child("comments").child("commentList").children("comment")) {
      comments[comment.attribute("ref").value()] = comment.child("text").child("r").child("t").child_value();
    }
    return comments;
  }

  pugi::xml_document Sheet(int sheet) const { return Parse(absl::StrCat("xl/worksheets/sheet", sheet, ".xml")); }

 private:
  [[noreturn]] static void Fail(const std::string& what) {
    std::fprintf(stderr, "a test cannot go on: %s\n", what.c_str());
    std::abort();
  }

  pugi::xml_document Parse(const std::string& name) const {
    pugi::xml_document document;
    const std::string& text = Part(name);
    constexpr unsigned int kAll = pugi::parse_default | pugi::parse_ws_pcdata_single;
    if (!document.load_buffer(text.data(), text.size(), kAll)) Fail(absl::StrCat(name, " is no XML"));
    return document;
  }

  WrittenCell Read(const pugi::xml_node& cell) const {
    const std::string type = cell.attribute("t").value();
    const std::string value = cell.child_value("v");
    WrittenCell read;
    read.text = type == "s" ? texts_.at(static_cast<std::size_t>(std::atoi(value.c_str()))) : value;
    read.is_number = type.empty() && !value.empty();
    read.is_formula = static_cast<bool>(cell.child("f"));
    const pugi::xml_node format = Nth(styles_.child("styleSheet").child("cellXfs"), cell.attribute("s").as_int());
    read.is_open = std::string(format.child("protection").attribute("locked").value()) == "0";
    const std::string number_format = format.attribute("numFmtId").value();
    for (const pugi::xml_node known : styles_.child("styleSheet").child("numFmts").children()) {
      if (known.attribute("numFmtId").value() == number_format) {
        read.number_format = known.attribute("formatCode").value();
      }
    }
    const std::map<std::string, std::string> built_in = {{"1", "0"}, {"2", "0.00"}, {"49", "@"}};
    if (const auto known = built_in.find(number_format); known != built_in.end()) read.number_format = known->second;
    const pugi::xml_node fill = Nth(styles_.child("styleSheet").child("fills"), format.attribute("fillId").as_int());
    read.ground = fill.child("patternFill").child("fgColor").attribute("rgb").value();
    return read;
  }

  static pugi::xml_node Nth(const pugi::xml_node& parent, int number) {
    pugi::xml_node child = parent.first_child();
    for (int i = 0; i < number; ++i) child = child.next_sibling();
    return child;
  }

  std::map<std::string, std::string> parts_;
  pugi::xml_document shared_;
  pugi::xml_document styles_;
  std::vector<std::string> texts_;
};

// 'A' for 1, 'AB' for 28, as a spreadsheet names its columns.
inline std::string ColumnName(int column) {
  std::string name;
  for (; column > 0; column = (column - 1) / 26) name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
  return name;
}

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_TESTS_NODE_SPREADSHEET_WRITTEN_WORKBOOK_H_
