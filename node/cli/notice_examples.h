// Notices as people write them, to begin from, as file_examples.h.
#ifndef HANSA_NODE_CLI_NOTICE_EXAMPLES_H_
#define HANSA_NODE_CLI_NOTICE_EXAMPLES_H_

#include "node/cli/file_examples.h"

namespace hansa::node::cli {

inline constexpr FileExample kGuidanceExample = {.example = R"(+++
title = "How to ask residents what they want to learn"
language = "en"
edition = "2"
summary = "In a few sentences, for those who read nothing else."
features = ["1.1.2", "3.2.1"]
links = [{ title = "The form", url = "https://learning.example/form" }]
+++

The guidance itself.
)"};

inline constexpr FileExample kOpportunityExample = {.example = R"({
  "title": "Course on planning for lifelong learning",
  "language": "en",
  "kind": "course",
  "summary": "Six weeks online, for offices that plan for a city.",
  "deadline": "2027-03-31 17:00 Europe/Berlin",
  "begins": "2027-04-12",
  "ends": "2027-05-21",
  "presence": "online",
  "working_languages": ["en", "fr"],
  "places": 40,
  "how_to_apply": "Write to the office by the deadline.",
  "audience": {"countries": ["KEN", "SEN"], "regions": ["Arab States"], "words": "Offices that plan for a city."},
  "contact": {"office": "Office for Learning Cities", "mailbox": "office@learning.example"},
  "features": ["3.1.2"]
}
)"};

inline constexpr FileExample kCallExample = {.example = R"(+++
title = "Figures of 2026"
language = "en"
due = "2027-06-30 23:59 Europe/Berlin"
years = [2025, 2026]
cells = ["1.1.1/adult-literacy-rate#total"]
questions = [{ id = "adult-learning", question = "What has changed for adults who learn?", words_max = 500 }]
audience = "All cities of the network."
+++

What is asked for, and why.
)"};

inline constexpr FileExample kClusterExample = {.example = R"(+++
title = "Literacy and reading"
language = "en"
starts_on = "2027-01-01"
features = ["1.1.1", "2.1.3"]
meetings = "Online, every three months."
+++

What cities work on together.
)"};

// Its members are named by their slugs.
inline constexpr FileExample kRecognitionExample = {.example = R"({
  "title": "Learning City Award 2027",
  "language": "en",
  "award": "Learning City Award",
  "year": 2027,
  "announced_on": "2027-10-01",
  "decided_by": "International jury of the award",
  "members": ["gb-swansea"],
  "text": "What is recognized, and why.",
  "features": ["3.3.5"]
}
)"};

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_NOTICE_EXAMPLES_H_
