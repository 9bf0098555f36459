// What `hansad` may be told: its parser and its manual page both read it here.
#ifndef HANSA_NODE_DAEMON_OPTION_TABLE_H_
#define HANSA_NODE_DAEMON_OPTION_TABLE_H_

namespace hansa::node {

// An option of the command line.
struct DaemonOption {
  const char* name;   // such as "--data"
  const char* value;  // what stands for its value in help; empty: it takes none
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
inline constexpr DaemonOption kHttpOption = {
    .name = "--http",
    .value = "ADDRESS:PORT",
    .help =
        "Where browsers and programs of this machine may ask by HTTP, such as 127.0.0.1:8080; port 0 picks a free one. "
        "Without it there is no such door"};
inline constexpr DaemonOption kHttpNameOption = {
    .name = "--http-name",
    .value = "NAMES",
    .help = "Names by which a proxy before that door is known, with commas between"};
inline constexpr DaemonOption kHttpOpenOption = {
    .name = "--http-open",
    .value = "",
    .help = "Shows figures and feeds at that door to whoever asks, without signing in"};
inline constexpr DaemonOption kWebDirOption = {
    .name = "--web-dir",
    .value = "DIR",
    .help = "A folder with the page as node/page/build makes it, instead of the page that hansad carries"};
inline constexpr DaemonOption kConfigOption = {
    .name = "--config",
    .value = "FILE",
    .help = "A TOML file with the same options, by the names data, listen, http, http_name, http_open and web_dir"};

// All of them, in the order of the help.
inline constexpr DaemonOption kDaemonOptions[] = {kDataOption,     kListenOption, kHttpOption,  kHttpNameOption,
                                                  kHttpOpenOption, kWebDirOption, kConfigOption};

struct DaemonHelp {
  const char* example;
};
inline constexpr DaemonHelp kDaemonHelp = {.example = "hansad --data /var/lib/hansa --listen 0.0.0.0:7400"};

}  // namespace hansa::node

#endif  // HANSA_NODE_DAEMON_OPTION_TABLE_H_
