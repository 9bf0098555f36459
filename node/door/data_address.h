// Addresses of figures: /data/WHOSE[-YEAR].ENDING, such as /data/gb-bristol.csv and /data/network-2023.sdmx.csv. Pure.
#ifndef HANSA_NODE_DOOR_DATA_ADDRESS_H_
#define HANSA_NODE_DOOR_DATA_ADDRESS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "node/desk/export_desk.h"

namespace hansa::node::door {

struct DataAddress {
  desk::ExportRequest request;
  std::string file;        // the last part of the address of the figures themselves
  bool is_beside = false;  // what tells how to read them is asked for: the file's name and `-metadata.json`, or
                           // `-structures.xml` for those of SDMX
};

// `path` begins with "/data/". nullopt: no address of figures.
std::optional<DataAddress> ReadDataAddress(absl::string_view path);

// The value of `name` in the part of an address behind '?', decoded; empty: it is not there. Not thread-bound, pure.
std::string QueryValue(absl::string_view query, absl::string_view name);

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_DATA_ADDRESS_H_
