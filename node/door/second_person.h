// What takes a second person to publish: where this node asks for one, a request that publishes is put forward instead
// of done, and performed exactly as it was put forward once another account that may do the same agrees. It knows no
// method by its name: which of them publish is marked in the protos.
#ifndef HANSA_NODE_DOOR_SECOND_PERSON_H_
#define HANSA_NODE_DOOR_SECOND_PERSON_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "node/accounts/proposal_book.h"
#include "node/accounts/reception.h"
#include "node/door/caller.h"
#include "node/door/event_hub.h"
#include "node/door/gateway.h"
#include "node/door/http_server.h"

namespace hansa::node::door {

inline constexpr char kProposalsPath[] = "/proposals";
// On the refusal of what was put forward: its number.
inline constexpr char kPutForwardHead[] = "x-hansa-put-forward";

// Thread-safe. Blocks on disk, and as long as a method does.
class SecondPerson {
 public:
  struct Parts {
    accounts::Reception& reception;  // all outlive it
    accounts::ProposalBook& proposals;
    const Gateway& gateway;
    EventHub* events = nullptr;  // null: nobody is told
  };
  explicit SecondPerson(const Parts& parts) : parts_(parts) {}

  // Whether a call of `method` by `caller` is to be put forward now. Errors as AccountBook::FourEyes.
  absl::StatusOr<bool> IsNeeded(const std::string& method, const Caller& caller) const;
  // Puts the request forward that `caller` may make. The answer is always an error, ABORTED where it was put forward,
  // with kPutForwardHead: what was asked for is not done. What would mean another thing once somebody agrees is not put
  // forward.
  HttpResponse PutForward(const HttpRequest& request, const Caller& caller) const;

  // Whether Answer answers at this path.
  static bool IsOwnPath(absl::string_view path);
  // GET /proposals, GET /proposals/ID, GET /proposals/ID/file, POST /proposals/ID/agree, DELETE /proposals/ID. The site
  // has seen that what changes something comes from the node's own page.
  HttpResponse Answer(const HttpRequest& request, const Caller& caller) const;

 private:
  HttpResponse List(const Caller& caller) const;
  HttpResponse Show(const accounts::Proposal& proposal, const Caller& caller) const;
  HttpResponse File(const accounts::Proposal& proposal, const Caller& caller) const;
  HttpResponse Agree(const accounts::Proposal& proposal, const Caller& caller) const;
  HttpResponse TakeOut(const accounts::Proposal& proposal, const Caller& caller) const;
  // Whether whoever put it forward may still do it.
  //   FAILED_PRECONDITION  no account of theirs is there, or may not publish any more
  absl::Status CheckStillMay(const accounts::Proposal& proposal) const;
  void Note(const Caller& caller, const accounts::Proposal& proposal, const char* result) const;
  void Tell() const;

  const Parts parts_;
};

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_SECOND_PERSON_H_
