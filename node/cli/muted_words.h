// What answers say that leave out what is by members whom this node mutes.
#ifndef HANSA_NODE_CLI_MUTED_WORDS_H_
#define HANSA_NODE_CLI_MUTED_WORDS_H_

#include <cstdint>
#include <string>

#include "node/cli/command.h"
#include "node/cli/invocation.h"
#include "node/words/words.h"

namespace hansa::node::cli {

// --with-muted
Option WithMutedOption();

// A line on how many are left out and how to see them; empty for none.
std::string MutedLine(std::uint32_t muted, const words::Words& words);

// As Invocation::Show, of a list of which `muted` are left out. `json` is an array, which cannot say so: then standard
// error does.
void ShowList(Invocation& invocation, const std::string& json, const std::string& text, std::uint32_t muted);

}  // namespace hansa::node::cli

#endif  // HANSA_NODE_CLI_MUTED_WORDS_H_
