#include "node/api/node_service.h"

#include <grpcpp/server_context.h>

#include "hansa/v1/node.grpc.pb.h"
#include "node/api/account_answers.h"
#include "node/api/answers.h"
#include "node/api/asker.h"
#include "node/api/dialogue_answers.h"
#include "node/api/file_answers.h"
#include "node/api/following_answers.h"
#include "node/api/grpc_status.h"
#include "node/api/indicator_answers.h"
#include "node/api/member_life_answers.h"
#include "node/api/notice_answers.h"
#include "node/api/offer_answers.h"
#include "node/api/place_answers.h"
#include "node/api/practice_answers.h"
#include "node/api/report_answers.h"
#include "node/api/review_answers.h"
#include "node/api/search_answers.h"
#include "node/api/strategy_answers.h"
#include "node/api/target_answers.h"
#include "node/api/web_feed_answers.h"
#include "node/api/webhook_answers.h"

namespace hansa::node::api {
namespace {

using Context = grpc::ServerContext;
using Published = v1::PublishedRecord;
using grpc::Status;

class NodeService final : public v1::Node::Service {
 public:
  explicit NodeService(ApiParts& parts) : parts_(parts) {}

  Status GetStatus(Context* context, const v1::GetStatusRequest* request, v1::GetStatusReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListMembers(Context* context, const v1::ListMembersRequest* request, v1::ListMembersReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetMember(Context* context, const v1::GetMemberRequest* request, v1::GetMemberReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListRosterEntries(Context* context, const v1::ListRosterEntriesRequest* request,
                           v1::ListRosterEntriesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListPeers(Context* context, const v1::ListPeersRequest* request, v1::ListPeersReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status AddPeer(Context* context, const v1::AddPeerRequest* request, v1::AddPeerReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status RemovePeer(Context* context, const v1::RemovePeerRequest* request, v1::RemovePeerReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListFeeds(Context* context, const v1::ListFeedsRequest* request, v1::ListFeedsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Verify(Context* context, const v1::VerifyRequest* request, v1::VerifyReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Admit(Context* context, const v1::AdmitRequest* request, v1::AdmitReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status SuspendMember(Context* context, const v1::SuspendMemberRequest* request,
                       v1::RosterChangeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ResumeMember(Context* context, const v1::ResumeMemberRequest* request, v1::RosterChangeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status RevokeMember(Context* context, const v1::RevokeMemberRequest* request, v1::RosterChangeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListRecoveries(Context* context, const v1::ListRecoveriesRequest* request,
                        v1::ListRecoveriesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ReinstateMember(Context* context, const v1::ReinstateMemberRequest* request,
                         v1::RosterChangeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status SealMember(Context* context, const v1::SealMemberRequest* request, v1::RosterChangeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetOwnLife(Context* context, const v1::GetOwnLifeRequest* request, v1::GetOwnLifeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status EndFeeds(Context* context, const v1::EndFeedsRequest* request, v1::EndFeedsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ConfirmFeed(Context* context, const v1::ConfirmFeedRequest* request, v1::ConfirmFeedReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status EraseRecord(Context* context, const v1::EraseRecordRequest* request, v1::EraseRecordReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetRoot(Context* context, const v1::GetRootRequest* request, v1::GetRootReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ProposeRoot(Context* context, const v1::ProposeRootRequest* request, v1::ProposeRootReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status TakeRoot(Context* context, const v1::TakeRootRequest* request, v1::TakeRootReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ImportIndicators(Context* context, const v1::ImportIndicatorsRequest* request,
                          v1::ImportIndicatorsReply* reply) override {
    return ReplyTo(context, *request, *reply);
  }
  Status ShowIndicators(Context* context, const v1::ShowIndicatorsRequest* request,
                        v1::ShowIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ShowPublishedIndicators(Context* context, const v1::ShowPublishedIndicatorsRequest* request,
                                 v1::ShowIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status CheckIndicators(Context* context, const v1::CheckIndicatorsRequest* request,
                         v1::CheckIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status PublishIndicators(Context* context, const v1::PublishIndicatorsRequest* request,
                           v1::PublishIndicatorsReply* reply) override {
    return ReplyTo(context, *request, *reply);
  }
  Status EditIndicator(Context* context, const v1::EditIndicatorRequest* request,
                       v1::ImportIndicatorsReply* reply) override {
    return ReplyTo(context, *request, *reply);
  }
  Status MakeTemplate(Context* context, const v1::MakeTemplateRequest* request, v1::MakeTemplateReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status AssignCells(Context* context, const v1::AssignCellsRequest* request, v1::AssignCellsReply* reply) override {
    return ReplyTo(context, *request, *reply);
  }
  Status ListDepartments(Context* context, const v1::ListDepartmentsRequest* request,
                         v1::ListDepartmentsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ExportIndicators(Context* context, const v1::ExportIndicatorsRequest* request,
                          v1::ExportIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status DiscardIndicators(Context* context, const v1::DiscardIndicatorsRequest* request,
                           v1::DiscardIndicatorsReply* reply) override {
    return ReplyTo(context, *request, *reply);
  }
  Status WithdrawIndicators(Context* context, const v1::WithdrawIndicatorsRequest* request,
                            v1::PublishedSet* reply) override {
    return Reply(context, *request, *reply);
  }
  Status CompareIndicators(Context* context, const v1::CompareIndicatorsRequest* request,
                           v1::CompareIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListProgress(Context* context, const v1::ListProgressRequest* request, v1::ListProgressReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListBeside(Context* context, const v1::ListBesideRequest* request, v1::ListBesideReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetCoverage(Context* context, const v1::GetCoverageRequest* request, v1::GetCoverageReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetSummary(Context* context, const v1::GetSummaryRequest* request, v1::GetSummaryReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListIndicatorHistory(Context* context, const v1::ListIndicatorHistoryRequest* request,
                              v1::ListIndicatorHistoryReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Examine(Context* context, const v1::ExamineRequest* request, v1::ExamineReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Reindex(Context* context, const v1::ReindexRequest* request, v1::ReindexReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Backup(Context* context, const v1::BackupRequest* request, v1::BackupReply* reply) override {
    if (context->IsCancelled()) return Status::CANCELLED;
    return ToGrpc(Answer(
        parts_, *request, [context] { return context->IsCancelled(); }, *reply));
  }
  Status AttachFile(Context* context, const v1::AttachFileRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status DetachFile(Context* context, const v1::DetachFileRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListFiles(Context* context, const v1::ListFilesRequest* request, v1::ListFilesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status FetchFile(Context* context, const v1::FetchFileRequest* request, v1::FetchFileReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ReadFilePart(Context* context, const v1::ReadFilePartRequest* request, v1::ReadFilePartReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status AddPractice(Context* context, const v1::AddPracticeRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status RevisePractice(Context* context, const v1::RevisePracticeRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status WithdrawPractice(Context* context, const v1::WithdrawPracticeRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListPractices(Context* context, const v1::ListPracticesRequest* request,
                       v1::ListPracticesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetPractice(Context* context, const v1::GetPracticeRequest* request, v1::GetPracticeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status TranslatePractice(Context* context, const v1::TranslatePracticeRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Follow(Context* context, const v1::FollowRequest* request, v1::FollowReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Unfollow(Context* context, const v1::UnfollowRequest* request, v1::UnfollowReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListFollowing(Context* context, const v1::ListFollowingRequest* request,
                       v1::ListFollowingReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListNews(Context* context, const v1::ListNewsRequest* request, v1::ListNewsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status AwaitNews(Context* context, const v1::AwaitNewsRequest* request, v1::AwaitNewsReply* reply) override {
    return ToGrpc(Answer(
        parts_, AskerOf(*context), *request, [context] { return context->IsCancelled(); }, *reply));
  }
  Status ListAccounts(Context* context, const v1::ListAccountsRequest* request, v1::ListAccountsReply* reply) override {
    return ReplyOfAccounts(context, *request, *reply);
  }
  Status AddAccount(Context* context, const v1::AddAccountRequest* request, v1::AccountReply* reply) override {
    return ReplyOfAccounts(context, *request, *reply);
  }
  Status ChangeAccount(Context* context, const v1::ChangeAccountRequest* request, v1::AccountReply* reply) override {
    return ReplyOfAccounts(context, *request, *reply);
  }
  Status LinkAccount(Context* context, const v1::LinkAccountRequest* request, v1::LinkAccountReply* reply) override {
    return ReplyOfAccounts(context, *request, *reply);
  }
  Status RemoveAccount(Context* context, const v1::RemoveAccountRequest* request, v1::AccountReply* reply) override {
    return ReplyOfAccounts(context, *request, *reply);
  }
  Status EndAccountCode(Context* context, const v1::EndAccountCodeRequest* request, v1::AccountReply* reply) override {
    return ReplyOfAccounts(context, *request, *reply);
  }
  Status SetFourEyes(Context* context, const v1::SetFourEyesRequest* request, v1::SetFourEyesReply* reply) override {
    return ReplyOfAccounts(context, *request, *reply);
  }
  Status SetKeep(Context* context, const v1::SetKeepRequest* request, v1::SetKeepReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status PublishOffer(Context* context, const v1::PublishOfferRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListOffers(Context* context, const v1::ListOffersRequest* request, v1::ListOffersReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetOffer(Context* context, const v1::GetOfferRequest* request, v1::GetOfferReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status FindMatches(Context* context, const v1::FindMatchesRequest* request, v1::FindMatchesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ReplyToOffer(Context* context, const v1::ReplyToOfferRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status AcceptOffer(Context* context, const v1::AcceptOfferRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status DeclineOffer(Context* context, const v1::DeclineOfferRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status LeavePartnership(Context* context, const v1::LeavePartnershipRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ConcludeOffer(Context* context, const v1::ConcludeOfferRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status WithdrawOffer(Context* context, const v1::WithdrawOfferRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListPartnerships(Context* context, const v1::ListPartnershipsRequest* request,
                          v1::ListPartnershipsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status VerifyPartnership(Context* context, const v1::VerifyPartnershipRequest* request,
                           v1::VerifyPartnershipReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ExportBundle(Context* context, const v1::ExportBundleRequest* request, v1::ExportBundleReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status PublishSummary(Context* context, const v1::PublishSummaryRequest* request,
                        v1::PublishSummaryReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status VerifySummary(Context* context, const v1::VerifySummaryRequest* request,
                       v1::VerifySummaryReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status MakeReport(Context* context, const v1::MakeReportRequest* request, v1::MakeReportReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status SetTarget(Context* context, const v1::SetTargetRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status WithdrawTarget(Context* context, const v1::WithdrawTargetRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListTargets(Context* context, const v1::ListTargetsRequest* request, v1::ListTargetsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetPlace(Context* context, const v1::GetPlaceRequest* request, v1::GetPlaceReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status SetPlace(Context* context, const v1::SetPlaceRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status WithdrawPlace(Context* context, const v1::WithdrawPlaceRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status AddStrategy(Context* context, const v1::AddStrategyRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ReviseStrategy(Context* context, const v1::ReviseStrategyRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status WithdrawStrategy(Context* context, const v1::WithdrawStrategyRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Search(Context* context, const v1::SearchRequest* request, v1::SearchReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status FindSimilar(Context* context, const v1::FindSimilarRequest* request, v1::FindSimilarReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status RenderMarkdown(Context* context, const v1::RenderMarkdownRequest* request,
                        v1::RenderMarkdownReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status MakeWebFeed(Context* context, const v1::MakeWebFeedRequest* request, v1::MakeWebFeedReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status AddWebhook(Context* context, const v1::AddWebhookRequest* request, v1::AddWebhookReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListWebhooks(Context* context, const v1::ListWebhooksRequest* request, v1::ListWebhooksReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status CountFiles(Context* context, const v1::CountFilesRequest* request, v1::FileCount* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListHolders(Context* context, const v1::ListHoldersRequest* request, v1::ListHoldersReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ReviseOffer(Context* context, const v1::ReviseOfferRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status RemoveWebhook(Context* context, const v1::RemoveWebhookRequest* request,
                       v1::RemoveWebhookReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status TestWebhook(Context* context, const v1::TestWebhookRequest* request, v1::TestWebhookReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status RotateWebhookSecret(Context* context, const v1::RotateWebhookSecretRequest* request,
                             v1::RotateWebhookSecretReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status AddNotice(Context* context, const v1::AddNoticeRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ReviseNotice(Context* context, const v1::ReviseNoticeRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status WithdrawNotice(Context* context, const v1::WithdrawNoticeRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListNotices(Context* context, const v1::ListNoticesRequest* request, v1::ListNoticesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetNotice(Context* context, const v1::GetNoticeRequest* request, v1::GetNoticeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status TakePart(Context* context, const v1::TakePartRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status WithdrawTakenPart(Context* context, const v1::WithdrawTakenPartRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListTakenPart(Context* context, const v1::ListTakenPartRequest* request,
                       v1::ListTakenPartReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status JoinCluster(Context* context, const v1::JoinClusterRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status LeaveCluster(Context* context, const v1::LeaveClusterRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Ask(Context* context, const v1::AskRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status AnswerQuestion(Context* context, const v1::AnswerQuestionRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status AddComment(Context* context, const v1::AddCommentRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status OpenTopic(Context* context, const v1::OpenTopicRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status WithdrawWord(Context* context, const v1::WithdrawWordRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListTopics(Context* context, const v1::ListTopicsRequest* request, v1::ListTopicsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListQuestions(Context* context, const v1::ListQuestionsRequest* request,
                       v1::ListQuestionsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetThread(Context* context, const v1::GetThreadRequest* request, v1::GetThreadReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Mute(Context* context, const v1::MuteRequest* request, v1::MuteReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Unmute(Context* context, const v1::UnmuteRequest* request, v1::MuteReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListMuted(Context* context, const v1::ListMutedRequest* request, v1::MuteReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status Learn(Context* context, const v1::LearnRequest* request, v1::LearnReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListStrategies(Context* context, const v1::ListStrategiesRequest* request,
                        v1::ListStrategiesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetStrategy(Context* context, const v1::GetStrategyRequest* request, v1::GetStrategyReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListChecklist(Context* context, const v1::ListChecklistRequest* request,
                       v1::ListChecklistReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status SubmitReport(Context* context, const v1::SubmitReportRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status PublishRating(Context* context, const v1::PublishRatingRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status EnterSurvey(Context* context, const v1::EnterSurveyRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status WithdrawReview(Context* context, const v1::WithdrawReviewRequest* request, Published* reply) override {
    return Reply(context, *request, *reply);
  }
  Status ListReviews(Context* context, const v1::ListReviewsRequest* request, v1::ListReviewsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  Status GetReview(Context* context, const v1::GetReviewRequest* request, v1::GetReviewReply* reply) override {
    return Reply(context, *request, *reply);
  }

 private:
  // A question whose asker has gone meanwhile is not begun.
  Status Reply(Context* context, const auto& request, auto& reply) {
    return context->IsCancelled() ? Status::CANCELLED : ToGrpc(Answer(parts_, request, reply));
  }
  // Of what depends on who asks.
  Status ReplyTo(Context* context, const auto& request, auto& reply) {
    return context->IsCancelled() ? Status::CANCELLED : ToGrpc(Answer(parts_, AskerOf(*context), request, reply));
  }
  Status ReplyOfAccounts(Context* context, const auto& request, auto& reply) {
    return context->IsCancelled() ? Status::CANCELLED
                                  : ToGrpc(AnswerOfAccounts(parts_, AskerOf(*context), request, reply));
  }

  ApiParts& parts_;
};

}  // namespace

std::shared_ptr<grpc::Service> MakeNodeService(ApiParts& parts) { return std::make_shared<NodeService>(parts); }

}  // namespace hansa::node::api
