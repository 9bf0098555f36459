// What a city's report of a year is made from: all of one city, as plain values. Who fills this in has read it from the
// city's feeds; nothing of any other member is in it, and so nothing of any other can get into a report.
#ifndef HANSA_NODE_REPORT_REPORT_INPUT_H_
#define HANSA_NODE_REPORT_REPORT_INPUT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "node/catalogue/catalogue.h"
#include "node/domain/observation.h"
#include "node/domain/series.h"

namespace hansa::node::report {

// Whose report it is.
struct ReportCity {
  std::string slug = {};
  std::string name = {};
  std::string country = {};       // ISO 3166-1 alpha-3
  std::string country_name = {};  // in the language of the report; empty: not known
  std::string network = {};       // name of the network
};

// The entry that the figures of the city's set rest on.
struct SignedSet {
  std::string record = {};         // record id, 32 hex digits
  std::uint64_t revision = 0;      // from 1
  std::uint64_t entry = 0;         // of the city's feed of indicators, from 1
  std::string entry_hash = {};     // 64 hex digits
  std::uint64_t published_ms = 0;  // Unix milliseconds by the city's own clock
};

// One cell of the city over the years, by one word: words are not joined into one series.
struct OwnSeries {
  const catalogue::Cell* cell = nullptr;  // of the catalogue; never null
  // Whose it is, as domain::InWords has it: 'entered by the city', 'signed by agency CODE', 'signed by expert CODE' for
  // answers of surveys and ratings; empty for those of the city's sets.
  std::string word = {};
  std::vector<domain::SeriesPoint> points = {};
};

// What the city means to reach in one cell.
struct OwnTarget {
  std::string cell = {};
  std::string value = {};        // decimal string
  int by_year = 0;               // by the end of which
  std::string note = {};         // may be empty
  std::string language = {};     // of the note, BCP 47; may be empty
  std::string approved_by = {};  // a role; may be empty
};

// A strategy or an action of the city. What is empty was not given.
struct OwnStrategy {
  std::string id = {};  // record id, 32 hex digits
  std::string title = {};
  std::string kind = {};       // strategy, action
  std::string state = {};      // planned, under way, finished, stopped; empty: as the dates say
  std::string starts_on = {};  // YYYY-MM-DD
  std::string ends_on = {};    // YYYY-MM-DD; empty: open
  std::string language = {};   // of the texts, BCP 47
  std::string responsible = {};
  std::string adopted_by = {};
  std::string adopted_on = {};  // YYYY-MM-DD
  std::string summary = {};
  std::string participation = {};
  std::string monitoring = {};
  std::string findings = {};
  std::string outcome = {};
  std::string funding = {};
  std::vector<std::string> features = {};  // that it serves, in the order of the framework
  std::vector<std::string> cells = {};     // on whose series it is drawn
};

// One expert's rating of one row, as the city published it. Several are never put into one.
struct ExpertRating {
  std::string measurement = {};  // row of the catalogue
  int rating = 0;                // 1 to 5
  std::string expert_code = {};
  std::string rated_on = {};  // YYYY-MM-DD; may be empty
  std::string reasons = {};
  std::string language = {};  // of the reasons, BCP 47
  std::string answer = {};    // the city's; may be empty
  std::string answer_language = {};
};

// One cell of a survey.
struct SurveyAnswer {
  std::string cell = {};
  std::string value = {};           // decimal string; empty: there is none
  std::string no_data_reason = {};  // where there is none
  std::string question = {};        // as it was put; may be empty
  std::string question_language = {};
  std::uint64_t respondents = 0;  // who answered this question; 0: as many as the survey
  std::string note = {};
};
struct SurveyOfYear {
  std::string agency = {};
  std::string agency_code = {};   // under which the list of members has its key; empty: the city entered the survey
  std::string starts_on = {};     // first day of asking, YYYY-MM-DD; may be empty
  std::string ends_on = {};       // last day
  std::uint64_t respondents = 0;  // 0: not given
  std::string method = {};
  std::string language = {};  // of the texts, BCP 47
  std::string note = {};      // the city's own account
  std::string note_language = {};
  std::vector<SurveyAnswer> answers = {};  // in catalogue order
};

// What the city wrote itself about the year: a report for review, or its progress report in words.
struct OwnAccount {
  struct Section {
    std::string heading = {};  // or the question as it was put; may be empty
    std::string text = {};     // Markdown, shown as it was written
  };
  std::string title = {};
  std::string language = {};  // BCP 47
  std::string summary = {};
  std::vector<Section> sections = {};
  std::string approved_by = {};  // a role; may be empty
};

struct ReportInput {
  ReportCity city = {};
  int year = 0;
  domain::IndicatorSet set = {};  // that stands for the year: published, never a draft; empty: none stands
  std::optional<SignedSet> signed_set = std::nullopt;  // absent: no set stands for the year
  std::uint64_t evidence_ms = 0;  // when the last of the ratings, surveys and accounts was published, Unix milliseconds
  // In catalogue order, of each cell that of the sets first; years after `year` are left out of the report.
  std::vector<OwnSeries> series = {};
  std::vector<OwnTarget> targets = {};
  std::vector<OwnStrategy> strategies = {};  // by first day and title
  std::vector<ExpertRating> ratings = {};    // about the year, in catalogue order
  std::vector<SurveyOfYear> surveys = {};    // about the year
  std::vector<OwnAccount> accounts = {};     // about the year, by title
};

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_REPORT_INPUT_H_
