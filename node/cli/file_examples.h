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
+++

## Problem
What was wrong, and for whom.

## What was done
By whom, since when, with what means.

## What came of it
What changed, and how that is known.
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

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_FILE_EXAMPLES_H_
