#include "node/running_node.h"

namespace hansa::node {

const char* FenceName(Fence fence) {
  switch (fence) {
    case Fence::kLocked:
      return "locked";
    case Fence::kOpen:
      return "open";
    case Fence::kUnconfirmed:
      return "unconfirmed";
    case Fence::kRecover:
      return "recover";
    case Fence::kReadonly:
      return "readonly";
    case Fence::kSuperseded:
      return "superseded";
  }
  return "locked";
}

const char* FenceWords(const NodeView& view) {
  if (view.key_waits) {
    return "the new key of this member lies in this node's folder, and is taken into use when the node starts again; "
           "restart hansad";
  }
  if (view.list_signed_to && view.fence == Fence::kLocked) {
    return "the disk of this node lost the end of the list of members, which it writes; members give it back as they "
           "connect, and `hansa status` says how far; if nothing comes, add the address of a member with `hansa peer "
           "add`";
  }
  switch (view.fence) {
    case Fence::kRecover:
      if (view.told_clone) {
        return "a hub has met another machine under this node's key, as from a copied folder, so neither signs "
               "anything "
               "more; stop the other one for good, then run `hansa recover` here";
      }
      return "this node's store is behind what it has published before (a restored copy, or a lost disk); it signs "
             "nothing, so that no second history comes into being: ask the secretariat for a new key";
    case Fence::kReadonly:
      return "the disk refused a write; nothing is signed until the node is started again with space on its disk";
    case Fence::kSuperseded:
      return "this member goes on under a newer key on another machine, and this one must not be used any more; stop "
             "it "
             "for good, or ask the secretariat at once if there is no other machine";
    case Fence::kLocked:
      return "this node is not a member yet, or waits until the hub or enough members have confirmed that nothing is "
             "missing here; what is published meanwhile is queued";
    case Fence::kOpen:
    case Fence::kUnconfirmed:
      break;
  }
  return "";
}

const char* KeepName(Keep keep) { return keep == Keep::kAll ? "all" : "followed"; }

std::optional<Keep> KeepNamed(const std::string& name) {
  if (name == "all") return Keep::kAll;
  if (name == "followed") return Keep::kFollowed;
  return std::nullopt;
}

}  // namespace hansa::node
