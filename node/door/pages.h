// The page as files: those that were built into hansad, or those of a folder while somebody works on them. Which view
// an address shows is the page's part; here every address that is no file is answered with the page itself.
#ifndef HANSA_NODE_DOOR_PAGES_H_
#define HANSA_NODE_DOOR_PAGES_H_

#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/door/http_server.h"

namespace hansa::node::door {

// Thread-safe.
class Pages {
 public:
  // Of an archive as node/page/build makes it, which must outlive the pages. An empty one is of a build without a page:
  // every address then says so.
  //   DATA_LOSS  it is no such archive
  static absl::StatusOr<Pages> FromArchive(absl::string_view archive);
  // Read anew for each request, so that what is built there shows at once.
  //   NOT_FOUND  there is no folder with an index.html of that name
  static absl::StatusOr<Pages> FromFolder(const std::string& folder);

  // Whether the page answers that address: not what is data, a feed, an event, a method or the state of the node.
  static bool Has(absl::string_view path);

  // Answers a GET or HEAD of such an address.
  HttpResponse Answer(const HttpRequest& request) const;

 private:
  // One file, and how its bytes are known from others that had its name.
  struct File {
    std::string bytes;
    std::string tag;
  };
  struct Place {
    absl::string_view bytes;
    std::string tag;
  };

  std::optional<File> Find(const std::string& name) const;
  std::optional<File> FindInFolder(const std::string& name) const;
  HttpResponse Send(const std::string& name, const HttpRequest& request) const;

  std::map<std::string, Place> places_ = {};  // by name, such as "assets/index-1a2b.js"
  std::string folder_ = {};                   // empty: of the archive
};

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_PAGES_H_
