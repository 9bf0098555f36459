// What several tables of indicators say of one value.
#ifndef HANSA_NODE_CLI_INDICATOR_WORDS_H_
#define HANSA_NODE_CLI_INDICATOR_WORDS_H_

#include <string>

#include "node/words/words.h"

namespace hansa::v1 {
class IndicatorRow;
class ReadAs;
}  // namespace hansa::v1

namespace hansa::node::cli {

// The value as the city wrote it, or why there is none.
std::string ValueOf(const v1::IndicatorRow& row, const words::Words& words);
// A unit of the framework as people call it; another as it is.
std::string UnitOf(const std::string& id, const words::Words& words);
// Source kind and source; of a survey or a rating in a record of its own also whose word it is.
std::string SourceOf(const v1::IndicatorRow& row, const words::Words& words);
// Notes, attributes and how the value departs from the definition: they travel with it.
std::string NotesOf(const v1::IndicatorRow& row, const words::Words& words);
// The period it is about: the calendar year, unless the city named another.
std::string PeriodOf(const v1::IndicatorRow& row);
// How a file was read where that is not as usual: lines, each with its line end; empty if it is.
std::string ReadAsLines(const v1::ReadAs& read_as, const words::Words& words);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_INDICATOR_WORDS_H_
