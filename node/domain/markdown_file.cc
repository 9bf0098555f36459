#include "node/domain/markdown_file.h"

#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "node/domain/text.h"
#include "replication/check.h"

namespace hansa::node::domain {
namespace {

using Json = nlohmann::ordered_json;

constexpr absl::string_view kFence = "+++";

struct Parts {
  std::string head;
  std::vector<absl::string_view> body;  // lines
  std::size_t body_line = 0;            // of the first, from 1
};

absl::StatusOr<Parts> Divide(absl::string_view content) {
  const std::vector<absl::string_view> lines = absl::StrSplit(content, '\n');
  Parts parts;
  if (absl::StripTrailingAsciiWhitespace(lines[0]) != kFence) {
    return absl::InvalidArgumentError(
        "1: the first line must be +++ and nothing else; put the head on lines of its own");
  }
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (absl::StripTrailingAsciiWhitespace(lines[i]) == kFence) {
      parts.body.assign(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end());
      parts.body_line = i + 2;
      return parts;
    }
    absl::StrAppend(&parts.head, absl::StripSuffix(lines[i], "\r"), "\n");
  }
  return absl::InvalidArgumentError("1: the head has no end; write a second line of +++ after it");
}

absl::StatusOr<Json> HeadOf(const std::string& head) {
  try {
    const toml::table table = toml::parse(head);
    std::ostringstream text;
    text << toml::json_formatter(table);
    return Json::parse(text.str());
  } catch (const toml::parse_error& error) {
    // The head begins on the second line of the file.
    const auto line = static_cast<std::size_t>(error.source().begin.line) + 1;
    const auto column = static_cast<std::size_t>(error.source().begin.column);
    return absl::InvalidArgumentError(absl::StrCat(line, ":", column,
                                                   ": this is not TOML; write lines such as "
                                                   "title = \"…\" there"));
  } catch (const Json::exception&) {
    return absl::InvalidArgumentError("1: the head holds a value that cannot be read; write texts in quotation marks");
  }
}

std::string Heading(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, "## ")) return "";
  return absl::AsciiStrToLower(absl::StripAsciiWhitespace(line));
}

const MarkdownPlan::Section* SectionOf(const MarkdownPlan& plan, const std::string& heading) {
  for (const MarkdownPlan::Section& section : plan.sections) {
    for (const std::string& known : section.headings) {
      if (absl::AsciiStrToLower(known) == heading) return &section;
    }
  }
  return nullptr;
}

std::string HeadingsOf(const MarkdownPlan& plan) {
  std::vector<std::string> names;
  for (const MarkdownPlan::Section& section : plan.sections) names.push_back(absl::StrCat("## ", section.headings[0]));
  return absl::StrJoin(names, ", ");
}

absl::StatusOr<std::map<std::string, std::string>> TextsOf(const Parts& parts, const MarkdownPlan& plan) {
  std::map<std::string, std::string> texts;
  std::string field = plan.field_of_rest;
  for (std::size_t i = 0; i < parts.body.size(); ++i) {
    const absl::string_view line = absl::StripSuffix(parts.body[i], "\r");
    const std::string heading = plan.sections.empty() ? "" : Heading(line);
    if (!heading.empty()) {
      const MarkdownPlan::Section* const section = SectionOf(plan, heading);
      if (section == nullptr) {
        return absl::InvalidArgumentError(absl::StrCat(parts.body_line + i, ": there is no section ", Quoted(heading),
                                                       "; there are: ", HeadingsOf(plan)));
      }
      field = section->field;
      if (!texts.emplace(field, "").second) {
        return absl::InvalidArgumentError(
            absl::StrCat(parts.body_line + i, ": the section ", Quoted(heading), " stands there twice; join the two"));
      }
      continue;
    }
    if (field.empty()) {
      if (absl::StripAsciiWhitespace(line).empty()) continue;
      return absl::InvalidArgumentError(absl::StrCat(
          parts.body_line + i, ": this text stands under no heading; write one of these above it: ", HeadingsOf(plan)));
    }
    absl::StrAppend(&texts[field], line, "\n");
  }
  return texts;
}

// '2.6.1 Advocacy' begins with an id: digits, stops, and for a measurement a slash and its name.
bool IsIdOfFramework(absl::string_view word) {
  const absl::string_view feature = word.substr(0, word.find('/'));
  const bool has_form = std::all_of(feature.begin(), feature.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '.';
  });
  return has_form && absl::StrContains(feature, '.') && feature.front() != '.' && feature.back() != '.';
}

// One section for each heading of level 2; what stands before the first has no question.
Json SectionsOf(const Parts& parts) {
  Json sections = Json::array();
  std::string text;
  Json section = Json::object();
  const auto end_section = [&] {
    const absl::string_view trimmed = absl::StripAsciiWhitespace(text);
    if (!trimmed.empty()) section["text"] = std::string(trimmed);
    if (!section.empty()) sections.push_back(std::exchange(section, Json::object()));
    text.clear();
  };
  for (const absl::string_view each : parts.body) {
    absl::string_view line = absl::StripSuffix(each, "\r");
    if (!absl::ConsumePrefix(&line, "## ")) {
      absl::StrAppend(&text, line, "\n");
      continue;
    }
    end_section();
    const absl::string_view heading = absl::StripAsciiWhitespace(line);
    const absl::string_view word = heading.substr(0, heading.find(' '));
    const bool has_id = !word.empty() && IsIdOfFramework(word);
    if (has_id) section["id"] = std::string(word);
    section["question"] = std::string(absl::StripAsciiWhitespace(has_id ? heading.substr(word.size()) : heading));
  }
  end_section();
  return sections;
}

}  // namespace

const MarkdownPlan& PracticePlan() {
  static const auto* const plan = new MarkdownPlan{{{"problem", {"Problem", "문제"}},
                                                    {"done", {"What was done", "Done", "한 일"}},
                                                    {"outcome", {"What came of it", "Outcome", "결과"}}},
                                                   ""};
  return *plan;
}

const MarkdownPlan& StrategyPlan() {
  static const auto* const plan =
      new MarkdownPlan{{{"text", {"What it is", "Text", "내용"}},
                        {"participation", {"Who took part", "Participation", "참여"}},
                        {"monitoring", {"How it is monitored", "Monitoring", "점검"}},
                        {"findings", {"What monitoring has shown", "Findings", "점검 결과"}},
                        {"outcome", {"What came of it", "Outcome", "결과"}}},
                       ""};
  return *plan;
}

const MarkdownPlan& OfferPlan() {
  static const auto* const plan = new MarkdownPlan{{}, "text"};
  return *plan;
}

const MarkdownPlan& ReportPlan() {
  static const auto* const plan = new MarkdownPlan{{}, "", "sections"};
  return *plan;
}

absl::StatusOr<std::string> JsonOfMarkdown(absl::string_view content, const MarkdownPlan& plan) {
  const absl::StatusOr<Parts> parts = Divide(content);
  HANSA_RETURN_IF_ERROR(parts.status());
  absl::StatusOr<Json> object = HeadOf(parts->head);
  HANSA_RETURN_IF_ERROR(object.status());
  if (!plan.field_of_headings.empty()) {
    if (object->contains(plan.field_of_headings)) {
      return absl::InvalidArgumentError(
          absl::StrCat("1: ", plan.field_of_headings, " stands in the head and in the text; leave one of them out"));
    }
    (*object)[plan.field_of_headings] = SectionsOf(*parts);
    return object->dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  const auto texts = TextsOf(*parts, plan);
  HANSA_RETURN_IF_ERROR(texts.status());
  for (const auto& [field, text] : *texts) {
    const absl::string_view trimmed = absl::StripAsciiWhitespace(text);
    if (trimmed.empty()) continue;
    if (object->contains(field)) {
      return absl::InvalidArgumentError(
          absl::StrCat("1: ", field, " stands in the head and in the text; leave one of them out"));
    }
    (*object)[field] = std::string(trimmed);
  }
  return object->dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace hansa::node::domain
