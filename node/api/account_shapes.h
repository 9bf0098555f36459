// Officers' accounts in the messages of the API: for the server, and for the command line where no node runs.
#ifndef HANSA_NODE_API_ACCOUNT_SHAPES_H_
#define HANSA_NODE_API_ACCOUNT_SHAPES_H_

#include "absl/status/status.h"
#include "node/accounts/account_acts.h"

namespace hansa::v1 {
class AccountReply;
class AddAccountRequest;
class ChangeAccountRequest;
class EndAccountCodeRequest;
class LinkAccountReply;
class LinkAccountRequest;
class ListAccountsReply;
class ListAccountsRequest;
class RemoveAccountRequest;
class SetFourEyesReply;
class SetFourEyesRequest;
}  // namespace hansa::v1

namespace hansa::node::api {

// Each does what its request asks for. Errors as AccountBook, and INVALID_ARGUMENT for a role that there is not.
absl::Status Do(const accounts::AccountActs& acts, const v1::ListAccountsRequest& request,
                v1::ListAccountsReply& reply);
absl::Status Do(const accounts::AccountActs& acts, const v1::AddAccountRequest& request, v1::AccountReply& reply);
absl::Status Do(const accounts::AccountActs& acts, const v1::ChangeAccountRequest& request, v1::AccountReply& reply);
absl::Status Do(const accounts::AccountActs& acts, const v1::LinkAccountRequest& request, v1::LinkAccountReply& reply);
absl::Status Do(const accounts::AccountActs& acts, const v1::RemoveAccountRequest& request, v1::AccountReply& reply);
absl::Status Do(const accounts::AccountActs& acts, const v1::EndAccountCodeRequest& request, v1::AccountReply& reply);
absl::Status Do(const accounts::AccountActs& acts, const v1::SetFourEyesRequest& request, v1::SetFourEyesReply& reply);

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_ACCOUNT_SHAPES_H_
