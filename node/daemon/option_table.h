// What `hansad` may be told: its parser and its manual page both read it here.
#ifndef HANSA_NODE_DAEMON_OPTION_TABLE_H_
#define HANSA_NODE_DAEMON_OPTION_TABLE_H_

namespace hansa::node {

// An option of the command line that takes a value.
struct DaemonOption {
  const char* name;   // such as "--data"
  const char* value;  // what stands for it in help
  const char* help;   // a sentence of the catalogue of strings
};

inline constexpr DaemonOption kDataOption = {
    .name = "--data", .value = "DIR", .help = "The node's data folder, made by `hansa init` or `hansa network found`"};
inline constexpr DaemonOption kListenOption = {
    .name = "--listen",
    .value = "HOST:PORT",
    .help =
        "Where other members may reach this node; port 0 picks a free one. May be left out: a city needs no "
        "inbound port"};
inline constexpr DaemonOption kConfigOption = {
    .name = "--config", .value = "FILE", .help = "A TOML file with the same options, by the names data and listen"};

// All of them, in the order of the help.
inline constexpr DaemonOption kDaemonOptions[] = {kDataOption, kListenOption, kConfigOption};

struct DaemonHelp {
  const char* example;
};
inline constexpr DaemonHelp kDaemonHelp = {.example = "hansad --data /var/lib/hansa --listen 0.0.0.0:7400"};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_OPTION_TABLE_H_
