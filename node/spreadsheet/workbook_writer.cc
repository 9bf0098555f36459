#include "node/spreadsheet/workbook_writer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "node/spreadsheet/cell_form.h"

namespace hansa::node::spreadsheet {
namespace {

// 1 January 1980, as the dates inside the archive: the moment of writing stays out of the bytes.
constexpr std::time_t kCreated = 315'532'800;
// In points: of a line of the body text, Korean too, and what a row can have.
constexpr double kLineHeight = 16.5;
constexpr double kHeightMax = 409;

bool Wraps(Style style) { return style != Style::kPlain && style != Style::kTitle; }

void Dress(lxw_format& format, Style style) {
  format_set_align(&format, LXW_ALIGN_VERTICAL_TOP);
  if (Wraps(style)) format_set_text_wrap(&format);
  const auto ground = [&](lxw_color_t color) {
    format_set_bg_color(&format, color);
    format_set_border(&format, LXW_BORDER_THIN);
    format_set_border_color(&format, 0xBFBFBF);
  };
  switch (style) {
    case Style::kPlain:
    case Style::kWrapped:
      break;
    case Style::kTitle:
      format_set_bold(&format);
      format_set_font_size(&format, 14);
      break;
    case Style::kHeader:
      format_set_bold(&format);
      format_set_font_color(&format, LXW_COLOR_WHITE);
      ground(0x1F4E79);
      break;
    case Style::kCode:
      format_set_font_size(&format, 8);
      format_set_font_color(&format, 0x7F7F7F);
      ground(0xF2F2F2);
      break;
    case Style::kReference:
      format_set_font_color(&format, 0x404040);
      ground(0xF2F2F2);
      break;
    case Style::kInput:
      format_set_unlocked(&format);
      ground(0xFFFFFF);
      break;
    case Style::kClosed:
      ground(0xD9D9D9);
      break;
    case Style::kError:
      ground(0xF8CBAD);
      format_set_font_color(&format, 0x9C0006);
      break;
    case Style::kWarning:
      ground(0xFFE699);
      break;
  }
}

absl::Status StatusOf(lxw_error error, absl::string_view doing) {
  const std::string why = absl::StrCat(doing, ": ", lxw_strerror(error));
  switch (error) {
    case LXW_NO_ERROR:
      return absl::OkStatus();
    case LXW_ERROR_MEMORY_MALLOC_FAILED:
    case LXW_ERROR_CREATING_XLSX_FILE:
    case LXW_ERROR_CREATING_TMPFILE:
    case LXW_ERROR_READING_TMPFILE:
    case LXW_ERROR_ZIP_FILE_OPERATION:
    case LXW_ERROR_ZIP_INTERNAL_ERROR:
    case LXW_ERROR_ZIP_FILE_ADD:
    case LXW_ERROR_ZIP_CLOSE:
      return absl::ResourceExhaustedError(absl::StrCat(why, "; make room in the folder for temporary files"));
    default:
      return absl::InvalidArgumentError(absl::StrCat(why, "; write a CSV file instead"));
  }
}

absl::Status NoMemory() {
  return absl::ResourceExhaustedError("making a workbook: no memory for it; write a CSV file instead");
}

// A file that is memory, and has a name for as long as it is open.
class MemoryFile {
 public:
  MemoryFile() : file_(memfd_create("workbook", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (file_ >= 0) close(file_);
  }

  std::string name() const { return absl::StrCat("/proc/self/fd/", file_); }

  absl::StatusOr<std::string> Read() const {
    const off_t size = lseek(file_, 0, SEEK_END);
    if (size < 0) return NoMemory();
    std::string bytes(static_cast<std::size_t>(size), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t count = pread(file_, &bytes[done], bytes.size() - done, static_cast<off_t>(done));
      if (count <= 0) return NoMemory();
      done += static_cast<std::size_t>(count);
    }
    return bytes;
  }

 private:
  int file_;
};

lxw_row_t RowOf(Place place) { return static_cast<lxw_row_t>(place.row - 1); }
lxw_col_t ColumnOf(Place place) { return static_cast<lxw_col_t>(place.column - 1); }
bool Exists(Place place) {
  return place.row >= 1 && place.row <= LXW_ROW_MAX && place.column >= 1 && place.column <= LXW_COL_MAX;
}

// What is known of a sheet.
struct SheetState {
  lxw_worksheet* sheet = nullptr;             // nullptr after a failure.
  std::map<std::int64_t, double> widths;      // By column, where one was set.
  std::map<std::int64_t, std::size_t> lines;  // By row, where more than one line has to fit.
};

}  // namespace

struct Book {
  Book() : workbook(workbook_new(file.name().c_str())) {
    if (workbook == nullptr) {
      status = NoMemory();
      return;
    }
    lxw_doc_properties properties = {};
    properties.created = kCreated;
    Keep(workbook_set_properties(workbook, &properties), "making a workbook");
  }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;
  ~Book() {
    if (workbook != nullptr) lxw_workbook_free(workbook);
  }

  void Keep(lxw_error error, absl::string_view doing) {
    if (status.ok()) status = StatusOf(error, doing);
  }

  // The sheet, if all went well so far and `place` is on it; else nullptr, and `status` says why.
  lxw_worksheet* At(std::size_t number, Place place) {
    if (!Exists(place)) Keep(LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE, "writing a sheet");
    return status.ok() ? sheets[number].sheet : nullptr;
  }

  // Makes room for `text` in its row.
  void Fit(std::size_t number, Place place, absl::string_view text) {
    SheetState& state = sheets[number];
    const auto width = state.widths.find(place.column);
    const std::size_t lines = LinesIn(text, width == state.widths.end() ? LXW_DEF_COL_WIDTH : width->second);
    if (lines < 2) return;
    std::size_t& known = state.lines[place.row];
    known = std::max(known, lines);
  }

  // Sets the heights of rows that need more than one line.
  void SetHeights() {
    for (const SheetState& state : sheets) {
      for (const auto& [row, lines] : state.lines) {
        const double height = std::min(kLineHeight * static_cast<double>(lines), kHeightMax);
        Keep(worksheet_set_row(state.sheet, RowOf({row, 1}), height, nullptr), "setting a height");
      }
    }
  }

  lxw_format* Format(Style style, const std::string& number_format) {
    lxw_format*& format = formats[{style, number_format}];
    if (format == nullptr) {
      format = workbook_add_format(workbook);
      Dress(*format, style);
      if (!number_format.empty()) format_set_num_format(format, number_format.c_str());
    }
    return format;
  }

  MemoryFile file;
  lxw_workbook* workbook;
  std::vector<SheetState> sheets;
  std::map<std::pair<Style, std::string>, lxw_format*> formats;  // By style and form of number.
  absl::Status status;                                           // The first thing that failed.
};

namespace {

// What the library is told of one rule; lives as long as the texts it points to.
class Validation {
 public:
  explicit Validation(const Rule& rule)
      : title_(CutTo(rule.prompt.title, kPromptTitleMax)),
        text_(CutTo(rule.prompt.text, kPromptTextMax)),
        refusal_title_(CutTo(rule.refusal.title, kPromptTitleMax)),
        refusal_(CutTo(rule.refusal.text, kPromptTextMax)) {
    data_.ignore_blank = LXW_VALIDATION_ON;
    data_.show_input = LXW_VALIDATION_ON;
    data_.show_error = LXW_VALIDATION_ON;
    data_.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
    data_.input_title = text_.empty() ? nullptr : title_.data();
    data_.input_message = text_.empty() ? nullptr : text_.data();
    data_.error_title = refusal_.empty() ? nullptr : refusal_title_.data();
    data_.error_message = refusal_.empty() ? nullptr : refusal_.data();
  }
  Validation(const Validation&) = delete;
  Validation& operator=(const Validation&) = delete;

  lxw_data_validation& data() { return data_; }

  void Within(Bounds bounds) {
    data_.minimum_number = static_cast<double>(bounds.min);
    data_.value_number = static_cast<double>(bounds.min);
    data_.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
    if (!bounds.max) return;
    data_.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    data_.maximum_number = static_cast<double>(*bounds.max);
  }

  void Apply(Book& book, std::size_t number, Block block) {
    lxw_worksheet* const sheet = book.At(number, block.last);
    if (sheet == nullptr) return;
    book.Keep(worksheet_data_validation_range(sheet, RowOf(block.first), ColumnOf(block.first), RowOf(block.last),
                                              ColumnOf(block.last), &data_),
              "writing what a cell allows");
  }

 private:
  std::string title_;
  std::string text_;
  std::string refusal_title_;
  std::string refusal_;
  lxw_data_validation data_ = {};
};

}  // namespace

void Sheet::Text(Place place, absl::string_view text, Style style) {
  lxw_worksheet* const sheet = book_->At(number_, place);
  if (sheet == nullptr) return;
  const std::string cut = CutTo(text, kCellTextMax);
  lxw_format* const format = book_->Format(style, style == Style::kInput ? "@" : "");
  book_->Keep(worksheet_write_string(sheet, RowOf(place), ColumnOf(place), cut.c_str(), format), "writing a text");
  if (Wraps(style) && style != Style::kCode) book_->Fit(number_, place, cut);
}

void Sheet::Blank(Place place, Style style) {
  lxw_worksheet* const sheet = book_->At(number_, place);
  if (sheet == nullptr) return;
  book_->Keep(worksheet_write_blank(sheet, RowOf(place), ColumnOf(place), book_->Format(style, "")), "writing a cell");
}

void Sheet::Number(Place place, const domain::Decimal& value, Style style) {
  const std::optional<double> number = KeptNumber(value.text());
  if (!number) return Text(place, value.text(), style);
  lxw_worksheet* const sheet = book_->At(number_, place);
  if (sheet == nullptr) return;
  const std::string number_format =
      style == Style::kInput ? KeepsDecimalsOf(value.text()) : ShowsDecimalsOf(value.text());
  lxw_format* const format = book_->Format(style, number_format);
  book_->Keep(worksheet_write_number(sheet, RowOf(place), ColumnOf(place), *number, format), "writing a number");
}

void Sheet::Comment(Place place, absl::string_view text) {
  constexpr std::size_t kCharactersOfLine = 40;
  lxw_worksheet* const sheet = book_->At(number_, place);
  if (sheet == nullptr || text.empty()) return;
  const std::string cut = CutTo(text, kCellTextMax);
  const auto breaks = static_cast<std::size_t>(std::count(cut.begin(), cut.end(), '\n'));
  const std::size_t lines = std::min<std::size_t>(2 + breaks + cut.size() / kCharactersOfLine, 30);
  lxw_comment_options options = {};
  options.width = 300;
  options.height = static_cast<std::uint16_t>(18 * lines);
  book_->Keep(worksheet_write_comment_opt(sheet, RowOf(place), ColumnOf(place), cut.c_str(), &options),
              "writing a remark");
}

void Sheet::AllowChoices(Block block, absl::Span<const std::string> choices, const Rule& rule) {
  Validation validation(rule);
  std::vector<std::string> texts(choices.begin(), choices.end());
  std::vector<char*> list;
  list.reserve(texts.size() + 1);
  for (std::string& text : texts) list.push_back(text.data());
  list.push_back(nullptr);
  validation.data().validate = LXW_VALIDATION_TYPE_LIST;
  validation.data().value_list = list.data();
  validation.Apply(*book_, number_, block);
}

void Sheet::AllowDecimals(Block block, Bounds bounds, const Rule& rule) {
  Validation validation(rule);
  validation.data().validate = LXW_VALIDATION_TYPE_DECIMAL;
  validation.Within(bounds);
  validation.Apply(*book_, number_, block);
}

void Sheet::AllowWhole(Block block, Bounds bounds, const Rule& rule) {
  Validation validation(rule);
  validation.data().validate = LXW_VALIDATION_TYPE_INTEGER;
  validation.Within(bounds);
  validation.Apply(*book_, number_, block);
}

void Sheet::Explain(Block block, const Prompt& prompt) {
  if (prompt.text.empty()) return;
  Validation validation({prompt, {}});
  validation.data().validate = LXW_VALIDATION_TYPE_ANY;
  validation.Apply(*book_, number_, block);
}

void Sheet::Width(std::int64_t column, double characters) {
  const Place place{1, column};
  lxw_worksheet* const sheet = book_->At(number_, place);
  if (sheet == nullptr) return;
  book_->Keep(worksheet_set_column(sheet, ColumnOf(place), ColumnOf(place), characters, nullptr), "setting a width");
  book_->sheets[number_].widths[column] = characters;
}

void Sheet::Hide(std::int64_t column) {
  const Place place{1, column};
  lxw_worksheet* const sheet = book_->At(number_, place);
  if (sheet == nullptr) return;
  lxw_row_col_options options = {};
  options.hidden = LXW_TRUE;
  book_->Keep(worksheet_set_column_opt(sheet, ColumnOf(place), ColumnOf(place), LXW_DEF_COL_WIDTH, nullptr, &options),
              "hiding a column");
}

void Sheet::Height(std::int64_t row, double points) {
  const Place place{row, 1};
  lxw_worksheet* const sheet = book_->At(number_, place);
  if (sheet == nullptr) return;
  book_->Keep(worksheet_set_row(sheet, RowOf(place), points, nullptr), "setting a height");
  book_->sheets[number_].lines.erase(row);
}

void Sheet::Freeze(Place place) {
  lxw_worksheet* const sheet = book_->At(number_, place);
  if (sheet != nullptr) worksheet_freeze_panes(sheet, RowOf(place), ColumnOf(place));
}

void Sheet::Filter(Block block) {
  lxw_worksheet* const sheet = book_->At(number_, block.last);
  if (sheet == nullptr) return;
  book_->Keep(
      worksheet_autofilter(sheet, RowOf(block.first), ColumnOf(block.first), RowOf(block.last), ColumnOf(block.last)),
      "setting a filter");
}

void Sheet::Protect() {
  lxw_worksheet* const sheet = book_->At(number_, {});
  if (sheet == nullptr) return;
  lxw_protection allowed = {};
  allowed.format_columns = LXW_TRUE;
  allowed.format_rows = LXW_TRUE;
  allowed.autofilter = LXW_TRUE;
  worksheet_protect(sheet, nullptr, &allowed);
}

void Sheet::Print(const Paper& paper) {
  constexpr std::uint8_t kA4 = 9;
  lxw_worksheet* const sheet = book_->At(number_, {});
  if (sheet == nullptr) return;
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, kA4);
  worksheet_fit_to_pages(sheet, static_cast<std::uint16_t>(paper.pages_wide), 0);
  if (paper.rows_above > 0) {
    book_->Keep(worksheet_repeat_rows(sheet, 0, static_cast<lxw_row_t>(paper.rows_above - 1)), "setting how it prints");
  }
  if (paper.columns_left > 0) {
    book_->Keep(worksheet_repeat_columns(sheet, 0, static_cast<lxw_col_t>(paper.columns_left - 1)),
                "setting how it prints");
  }
}

WorkbookWriter::WorkbookWriter() : book_(std::make_unique<Book>()) {}
WorkbookWriter::WorkbookWriter(WorkbookWriter&&) noexcept = default;
WorkbookWriter& WorkbookWriter::operator=(WorkbookWriter&&) noexcept = default;
WorkbookWriter::~WorkbookWriter() = default;

Sheet WorkbookWriter::AddSheet(absl::string_view name) {
  const std::string text(name);
  if (book_->status.ok()) book_->Keep(workbook_validate_sheet_name(book_->workbook, text.c_str()), "adding a sheet");
  lxw_worksheet* sheet = nullptr;
  if (book_->status.ok()) {
    sheet = workbook_add_worksheet(book_->workbook, text.c_str());
    if (sheet == nullptr) {
      book_->status = NoMemory();
    } else {
      worksheet_set_default_row(sheet, kLineHeight, LXW_FALSE);
    }
  }
  book_->sheets.push_back({sheet, {}, {}});
  return Sheet(book_.get(), book_->sheets.size() - 1);
}

absl::StatusOr<std::string> WorkbookWriter::Bytes() && {
  if (book_->status.ok()) book_->SetHeights();
  if (!book_->status.ok()) return book_->status;
  // Closing frees the workbook, whether or not it could be written.
  if (const absl::Status status =
          StatusOf(workbook_close(std::exchange(book_->workbook, nullptr)), "making a workbook");
      !status.ok()) {
    return status;
  }
  return book_->file.Read();
}

}  // namespace hansa::node::spreadsheet
