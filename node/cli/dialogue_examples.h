// A topic as people write it, to begin from, as file_examples.h.
#ifndef HANSA_NODE_CLI_DIALOGUE_EXAMPLES_H_
#define HANSA_NODE_CLI_DIALOGUE_EXAMPLES_H_

#include "node/cli/file_examples.h"

namespace hansa::node::cli {

// A record that it starts from is named by its id, as `about`.
inline constexpr FileExample kTopicExample = {.example = R"(+++
title = "Schools that are open in the evening"
language = "en"
features = ["2.1.3"]
action_points = ["BD1.2"]
links = [{ title = "What was said about it before", url = "https://learning.example/evenings" }]
+++

What is to be talked about, and what would help you.
)"};

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_DIALOGUE_EXAMPLES_H_
