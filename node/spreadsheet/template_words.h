// Every word of ours in a template or a table of problems, in English and Korean. The framework's own words (titles,
// definitions, units) are in the catalogue; codes are the same in every language.
#ifndef HANSA_NODE_SPREADSHEET_TEMPLATE_WORDS_H_
#define HANSA_NODE_SPREADSHEET_TEMPLATE_WORDS_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "node/catalogue/catalogue.h"

namespace hansa::node::spreadsheet {

using catalogue::Text;

// A column, or a code that may stand in one.
struct NamedCode {
  std::string code;
  Text label;
  Text meaning;
};

// 'ko' for Korean, such as 'ko-KR'; 'en' for every other language.
absl::string_view TemplateLanguage(absl::string_view language);

// Columns of the template before its attributes, in order, and those after.
const std::vector<NamedCode>& ColumnsBeforeAttributes();
const std::vector<NamedCode>& ColumnsAfterAttributes();
// Codes with what they mean: of 'match' and of 'level'.
const std::vector<NamedCode>& MatchCodes();
const std::vector<NamedCode>& LevelCodes();
// A choice of the catalogue's attributes with its name, such as 'filed: Applications filed'; one that we have no word
// for as it is.
std::string ChoiceLine(absl::string_view choice, absl::string_view language);
// How the template is filled in: number, topic, what to do.
const std::vector<NamedCode>& HelpTopics();

struct TemplateWords {
  // Names of sheets: at most 31 characters, none of []:*?/\.
  Text fill_in_sheet;
  Text definitions_sheet;
  Text help_sheet;
  Text table_sheet;
  Text problems_sheet;
  // Of the sheet to fill in.
  Text title;
  Text department;
  Text by_experts;
  Text no_data;
  Text choose;
  Text refused;
  Text four_digits;
  // Of the definitions.
  Text feature;
  Text cell;
  Text measurement;
  Text definition;
  Text counted;
  Text population;
  Text denominator;
  Text reference_period;
  Text unit;
  Text range;
  Text source_kinds;
  Text direction;
  Text checks;
  Text notes;
  Text rise;
  Text fall;
  Text total_between_members;
  Text sum_at_most_100;
  Text whole_number;
  // 'from 0 to 100', 'at least 0': what stands before, between and after the numbers.
  Text from;
  Text to;
  Text up_to;
  Text at_least;
  Text or_more;
  // Of the help.
  Text how_to;
  Text other_language;
  Text columns;
  Text codes_of;
  Text attributes_meaning;
  Text scale;
  // Of the problems.
  Text row;
  Text column;
  Text what;
  Text remedy;
  Text rule;
  Text kind;
  Text error;
  Text warning;
  Text problems;
};
const TemplateWords& Words();

// What a row may hold, such as 'from 0 to 100' or 'a whole number, at least 0'.
std::string RangeText(const catalogue::Measurement& measurement, absl::string_view language);

}  // namespace hansa::node::spreadsheet

#endif  // HANSA_NODE_SPREADSHEET_TEMPLATE_WORDS_H_
