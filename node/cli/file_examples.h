// Files as people write them, to begin from: `hansa help files` shows them, and a test holds that they are taken.
#ifndef HANSA_NODE_CLI_FILE_EXAMPLES_H_
#define HANSA_NODE_CLI_FILE_EXAMPLES_H_

namespace hansa::node::cli {

struct FileExample {
  const char* example;
};

inline constexpr FileExample kPracticeExample = {.example = R"(+++
title = "A learning festival in every street"
language = "en"
year = 2025
summary = "In a few sentences, for those who read nothing else."
features = ["2.6.1"]
action_points = ["BD9.1"]
tags = ["festival"]
contact = { role = "coordinator for adult learning", office = "Department of Education" }
links = [{ title = "The festival", url = "https://learning.example/festival" }]

[[built_on]]
practice = "8d1366908b71"
changed = "Streets instead of schools, and in spring."
outcome = "Twice as many neighbours came."
+++

## Problem
What was wrong, and for whom.

## What was done
By whom, since when, with what means.

## What came of it
What changed, and how that is known.
)"};

inline constexpr FileExample kTranslationExample = {.example = R"(+++
title = "모든 거리의 학습 축제"
language = "ko"
method = "people"
translated_by = "Office for international learning"
summary = "짧게 요약합니다."
+++

## 문제
무엇이, 누구에게 문제였는지 씁니다.

## 한 일
누가, 언제부터, 무엇으로 했는지 씁니다.

## 결과
무엇이 달라졌는지 씁니다.
)"};

inline constexpr FileExample kOfferExample = {.example = R"({
  "title": "Exchange on learning festivals",
  "language": "en",
  "kind": "exchange",
  "partners": "several",
  "deadline": "2027-03-31 17:00 Asia/Seoul",
  "summary": "Two cities visit each other's festival.",
  "aim": "Each festival takes over something of the other.",
  "terms": "Each party sends three people and writes down what it learned.",
  "how_to_apply": "Reply to the offer.",
  "features": ["2.6.1"]
}
)"};

inline constexpr FileExample kStrategyExample = {.example = R"(+++
title = "Reading city"
language = "en"
kind = "strategy"
state = "under way"
summary = "In a few sentences, for those who read nothing else."
starts_on = "2021-03-01"
ends_on = "2027-12-31"
features = ["1.1.1", "2.1.3"]
action_points = ["BD1.2"]
cells = ["1.1.1/adult-literacy-rate#total"]
responsible = "Department of Education"
adopted_by = "City council"
adopted_on = "2021-01-20"
funding = "EUR 200,000 a year from the city's budget, as of 2021"
+++

## What it is
What is done, for whom, where.

## Who took part
How residents and groups took part in making it.

## How it is monitored
By which office, how often.

## What monitoring has shown
What is known so far.

## What came of it
What changed, once it is over.
)"};

inline constexpr FileExample kReportExample = {.example = R"(+++
title = "Learning in every street, 2024 and 2025"
language = "en"
period_starts_on = "2024-01-01"
period_ends_on = "2025-12-31"
summary = "In a few sentences, for those who read nothing else."
features = ["2.6.1", "3.1.1"]
approved_by = "Mayor's office"
+++

## 2.6.1 How does the city speak for learning?
What is done, by whom, and how it is known that it works.

## 3.1.1 Who leads?
Which body decides, who sits in it, what it has decided.
)"};

inline constexpr FileExample kSurveyExample = {.example = R"({
  "agency": {"name": "Institute for Surveys", "kind": "survey agency", "country": "GBR"},
  "year": 2025,
  "fieldwork_starts_on": "2025-03-03",
  "fieldwork_ends_on": "2025-04-11",
  "respondents": 1204,
  "mode": "mixed",
  "method": "All residents aged 15 and over, drawn from the register, weighted by age and sex.",
  "language": "en",
  "question_language": "en",
  "values": [
    {
      "cell": "2.5.2/learning-to-live-together",
      "value": "61.4",
      "question": "Have you learned with people of another background in the last year?"
    },
    {"cell": "2.6.2/information-and-services", "no_data_reason": "too few answers"}
  ]
}
)"};

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_FILE_EXAMPLES_H_
