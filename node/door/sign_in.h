// Signing in by HTTP: /session, /session/link, /session/password and /session/code, the cookie, and who it is that
// asks.
#ifndef HANSA_NODE_DOOR_SIGN_IN_H_
#define HANSA_NODE_DOOR_SIGN_IN_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "node/accounts/account.h"
#include "node/accounts/reception.h"
#include "node/door/caller.h"
#include "node/door/http_server.h"
#include "node/door/same_origin.h"

namespace hansa::node::door {

inline constexpr char kSessionPath[] = "/session";
// What a page sends with every request but GETs and the ones that sign in: "csrf" of the session.
inline constexpr char kCsrfHead[] = "x-hansa-csrf";

// What whoever asks is told of the node, signed in or not.
struct NodeCard {
  std::string slug;  // empty while no node is set up
  std::string name;
  std::string role;
  std::string network;
};

struct SignInOptions {
  std::function<NodeCard()> node;
  bool is_open = false;  // what is published is shown to who is not signed in
};

// Thread-safe. Blocks on disk, and for a password.
class SignIn {
 public:
  // `reception` must outlive it.
  SignIn(accounts::Reception& reception, SignInOptions options) : reception_(reception), options_(std::move(options)) {}

  // Whether it answers at this path.
  static bool IsOwnPath(absl::string_view path);
  // Answers a request to one of its paths, by a name that the node is known by.
  HttpResponse Answer(const HttpRequest& request, Reached reached) const;

  // What a session is known by; empty: none. It may have ended.
  static absl::string_view TokenOf(const HttpRequest& request, Reached reached);
  // Who asks, by the session of the cookie.
  Caller CallerOf(const HttpRequest& request, Reached reached) const;
  // Whether the session goes on that the request was made in, at any time later.
  std::function<bool()> GoesOn(const HttpRequest& request, Reached reached) const;
  // Whether the request carries what belongs to the session of its cookie.
  static bool HasCsrf(const HttpRequest& request, Reached reached);
  // What is said where it does not.
  static absl::Status NoCsrf();
  // Writes down that `caller` called `method`, and what came of it.
  void Note(const Caller& caller, const std::string& method, int http_status) const;

 private:
  HttpResponse Show(const HttpRequest& request, Reached reached) const;
  HttpResponse Enter(const HttpRequest& request, Reached reached) const;
  HttpResponse EnterByLink(const HttpRequest& request, Reached reached) const;
  HttpResponse ChangePassword(const accounts::Account& account, const HttpRequest& request, Reached reached) const;
  HttpResponse OfferOrConfirmCodes(const accounts::Account& account, const HttpRequest& request, Reached reached) const;
  HttpResponse EndCodes(const accounts::Account& account, const HttpRequest& request, Reached reached) const;
  HttpResponse Leave(const HttpRequest& request, Reached reached) const;
  HttpResponse Entered(const accounts::SignInAnswer& answer, const HttpRequest& request, Reached reached) const;
  std::optional<accounts::Account> AccountOf(const HttpRequest& request, Reached reached) const;

  accounts::Reception& reception_;
  const SignInOptions options_;
};

}  // namespace hansa::node::door

#endif  // HANSA_NODE_DOOR_SIGN_IN_H_
