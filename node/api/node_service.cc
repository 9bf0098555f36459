#include "node/api/node_service.h"

#include <grpcpp/server_context.h>

#include "hansa/v1/node.grpc.pb.h"
#include "node/api/answers.h"
#include "node/api/dialogue_answers.h"
#include "node/api/following_answers.h"
#include "node/api/grpc_status.h"
#include "node/api/member_life_answers.h"
#include "node/api/notice_answers.h"
#include "node/api/offer_answers.h"
#include "node/api/practice_answers.h"
#include "node/api/report_answers.h"
#include "node/api/review_answers.h"
#include "node/api/search_answers.h"
#include "node/api/strategy_answers.h"
#include "node/api/target_answers.h"
#include "node/api/web_feed_answers.h"

namespace hansa::node::api {
namespace {

class NodeService final : public v1::Node::Service {
 public:
  explicit NodeService(ApiParts& parts) : parts_(parts) {}

  grpc::Status GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest* request,
                         v1::GetStatusReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListMembers(grpc::ServerContext* context, const v1::ListMembersRequest* request,
                           v1::ListMembersReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetMember(grpc::ServerContext* context, const v1::GetMemberRequest* request,
                         v1::GetMemberReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListRosterEntries(grpc::ServerContext* context, const v1::ListRosterEntriesRequest* request,
                                 v1::ListRosterEntriesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListPeers(grpc::ServerContext* context, const v1::ListPeersRequest* request,
                         v1::ListPeersReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status AddPeer(grpc::ServerContext* context, const v1::AddPeerRequest* request,
                       v1::AddPeerReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status RemovePeer(grpc::ServerContext* context, const v1::RemovePeerRequest* request,
                          v1::RemovePeerReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListFeeds(grpc::ServerContext* context, const v1::ListFeedsRequest* request,
                         v1::ListFeedsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Verify(grpc::ServerContext* context, const v1::VerifyRequest* request, v1::VerifyReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Admit(grpc::ServerContext* context, const v1::AdmitRequest* request, v1::AdmitReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status SuspendMember(grpc::ServerContext* context, const v1::SuspendMemberRequest* request,
                             v1::RosterChangeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ResumeMember(grpc::ServerContext* context, const v1::ResumeMemberRequest* request,
                            v1::RosterChangeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status RevokeMember(grpc::ServerContext* context, const v1::RevokeMemberRequest* request,
                            v1::RosterChangeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListRecoveries(grpc::ServerContext* context, const v1::ListRecoveriesRequest* request,
                              v1::ListRecoveriesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ReinstateMember(grpc::ServerContext* context, const v1::ReinstateMemberRequest* request,
                               v1::RosterChangeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status SealMember(grpc::ServerContext* context, const v1::SealMemberRequest* request,
                          v1::RosterChangeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetOwnLife(grpc::ServerContext* context, const v1::GetOwnLifeRequest* request,
                          v1::GetOwnLifeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status EndFeeds(grpc::ServerContext* context, const v1::EndFeedsRequest* request,
                        v1::EndFeedsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ConfirmFeed(grpc::ServerContext* context, const v1::ConfirmFeedRequest* request,
                           v1::ConfirmFeedReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status EraseRecord(grpc::ServerContext* context, const v1::EraseRecordRequest* request,
                           v1::EraseRecordReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetRoot(grpc::ServerContext* context, const v1::GetRootRequest* request,
                       v1::GetRootReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ProposeRoot(grpc::ServerContext* context, const v1::ProposeRootRequest* request,
                           v1::ProposeRootReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status TakeRoot(grpc::ServerContext* context, const v1::TakeRootRequest* request,
                        v1::TakeRootReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ImportIndicators(grpc::ServerContext* context, const v1::ImportIndicatorsRequest* request,
                                v1::ImportIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ShowIndicators(grpc::ServerContext* context, const v1::ShowIndicatorsRequest* request,
                              v1::ShowIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status CheckIndicators(grpc::ServerContext* context, const v1::CheckIndicatorsRequest* request,
                               v1::CheckIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status PublishIndicators(grpc::ServerContext* context, const v1::PublishIndicatorsRequest* request,
                                 v1::PublishIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status EditIndicator(grpc::ServerContext* context, const v1::EditIndicatorRequest* request,
                             v1::ImportIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status MakeTemplate(grpc::ServerContext* context, const v1::MakeTemplateRequest* request,
                            v1::MakeTemplateReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status AssignCells(grpc::ServerContext* context, const v1::AssignCellsRequest* request,
                           v1::AssignCellsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListDepartments(grpc::ServerContext* context, const v1::ListDepartmentsRequest* request,
                               v1::ListDepartmentsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ExportIndicators(grpc::ServerContext* context, const v1::ExportIndicatorsRequest* request,
                                v1::ExportIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status DiscardIndicators(grpc::ServerContext* context, const v1::DiscardIndicatorsRequest* request,
                                 v1::DiscardIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status WithdrawIndicators(grpc::ServerContext* context, const v1::WithdrawIndicatorsRequest* request,
                                  v1::PublishedSet* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status CompareIndicators(grpc::ServerContext* context, const v1::CompareIndicatorsRequest* request,
                                 v1::CompareIndicatorsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListProgress(grpc::ServerContext* context, const v1::ListProgressRequest* request,
                            v1::ListProgressReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListBeside(grpc::ServerContext* context, const v1::ListBesideRequest* request,
                          v1::ListBesideReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetCoverage(grpc::ServerContext* context, const v1::GetCoverageRequest* request,
                           v1::GetCoverageReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetSummary(grpc::ServerContext* context, const v1::GetSummaryRequest* request,
                          v1::GetSummaryReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListIndicatorHistory(grpc::ServerContext* context, const v1::ListIndicatorHistoryRequest* request,
                                    v1::ListIndicatorHistoryReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Examine(grpc::ServerContext* context, const v1::ExamineRequest* request,
                       v1::ExamineReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Reindex(grpc::ServerContext* context, const v1::ReindexRequest* request,
                       v1::ReindexReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Backup(grpc::ServerContext* context, const v1::BackupRequest* request, v1::BackupReply* reply) override {
    if (context->IsCancelled()) return grpc::Status::CANCELLED;
    return ToGrpc(Answer(
        parts_, *request, [context] { return context->IsCancelled(); }, *reply));
  }
  grpc::Status AddPractice(grpc::ServerContext* context, const v1::AddPracticeRequest* request,
                           v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status RevisePractice(grpc::ServerContext* context, const v1::RevisePracticeRequest* request,
                              v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status WithdrawPractice(grpc::ServerContext* context, const v1::WithdrawPracticeRequest* request,
                                v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListPractices(grpc::ServerContext* context, const v1::ListPracticesRequest* request,
                             v1::ListPracticesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetPractice(grpc::ServerContext* context, const v1::GetPracticeRequest* request,
                           v1::GetPracticeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status TranslatePractice(grpc::ServerContext* context, const v1::TranslatePracticeRequest* request,
                                 v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Follow(grpc::ServerContext* context, const v1::FollowRequest* request, v1::FollowReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Unfollow(grpc::ServerContext* context, const v1::UnfollowRequest* request,
                        v1::UnfollowReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListFollowing(grpc::ServerContext* context, const v1::ListFollowingRequest* request,
                             v1::ListFollowingReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListNews(grpc::ServerContext* context, const v1::ListNewsRequest* request,
                        v1::ListNewsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status AwaitNews(grpc::ServerContext* context, const v1::AwaitNewsRequest* request,
                         v1::AwaitNewsReply* reply) override {
    return ToGrpc(Answer(
        parts_, *request, [context] { return context->IsCancelled(); }, *reply));
  }
  grpc::Status SetKeep(grpc::ServerContext* context, const v1::SetKeepRequest* request,
                       v1::SetKeepReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status PublishOffer(grpc::ServerContext* context, const v1::PublishOfferRequest* request,
                            v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListOffers(grpc::ServerContext* context, const v1::ListOffersRequest* request,
                          v1::ListOffersReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetOffer(grpc::ServerContext* context, const v1::GetOfferRequest* request,
                        v1::GetOfferReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status FindMatches(grpc::ServerContext* context, const v1::FindMatchesRequest* request,
                           v1::FindMatchesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ReplyToOffer(grpc::ServerContext* context, const v1::ReplyToOfferRequest* request,
                            v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status AcceptOffer(grpc::ServerContext* context, const v1::AcceptOfferRequest* request,
                           v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status DeclineOffer(grpc::ServerContext* context, const v1::DeclineOfferRequest* request,
                            v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status LeavePartnership(grpc::ServerContext* context, const v1::LeavePartnershipRequest* request,
                                v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ConcludeOffer(grpc::ServerContext* context, const v1::ConcludeOfferRequest* request,
                             v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status WithdrawOffer(grpc::ServerContext* context, const v1::WithdrawOfferRequest* request,
                             v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListPartnerships(grpc::ServerContext* context, const v1::ListPartnershipsRequest* request,
                                v1::ListPartnershipsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status VerifyPartnership(grpc::ServerContext* context, const v1::VerifyPartnershipRequest* request,
                                 v1::VerifyPartnershipReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ExportBundle(grpc::ServerContext* context, const v1::ExportBundleRequest* request,
                            v1::ExportBundleReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status PublishSummary(grpc::ServerContext* context, const v1::PublishSummaryRequest* request,
                              v1::PublishSummaryReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status VerifySummary(grpc::ServerContext* context, const v1::VerifySummaryRequest* request,
                             v1::VerifySummaryReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status MakeReport(grpc::ServerContext* context, const v1::MakeReportRequest* request,
                          v1::MakeReportReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status SetTarget(grpc::ServerContext* context, const v1::SetTargetRequest* request,
                         v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status WithdrawTarget(grpc::ServerContext* context, const v1::WithdrawTargetRequest* request,
                              v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListTargets(grpc::ServerContext* context, const v1::ListTargetsRequest* request,
                           v1::ListTargetsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status AddStrategy(grpc::ServerContext* context, const v1::AddStrategyRequest* request,
                           v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ReviseStrategy(grpc::ServerContext* context, const v1::ReviseStrategyRequest* request,
                              v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status WithdrawStrategy(grpc::ServerContext* context, const v1::WithdrawStrategyRequest* request,
                                v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Search(grpc::ServerContext* context, const v1::SearchRequest* request, v1::SearchReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status FindSimilar(grpc::ServerContext* context, const v1::FindSimilarRequest* request,
                           v1::FindSimilarReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status MakeWebFeed(grpc::ServerContext* context, const v1::MakeWebFeedRequest* request,
                           v1::MakeWebFeedReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status AddNotice(grpc::ServerContext* context, const v1::AddNoticeRequest* request,
                         v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ReviseNotice(grpc::ServerContext* context, const v1::ReviseNoticeRequest* request,
                            v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status WithdrawNotice(grpc::ServerContext* context, const v1::WithdrawNoticeRequest* request,
                              v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListNotices(grpc::ServerContext* context, const v1::ListNoticesRequest* request,
                           v1::ListNoticesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetNotice(grpc::ServerContext* context, const v1::GetNoticeRequest* request,
                         v1::GetNoticeReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status TakePart(grpc::ServerContext* context, const v1::TakePartRequest* request,
                        v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status WithdrawTakenPart(grpc::ServerContext* context, const v1::WithdrawTakenPartRequest* request,
                                 v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListTakenPart(grpc::ServerContext* context, const v1::ListTakenPartRequest* request,
                             v1::ListTakenPartReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status JoinCluster(grpc::ServerContext* context, const v1::JoinClusterRequest* request,
                           v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status LeaveCluster(grpc::ServerContext* context, const v1::LeaveClusterRequest* request,
                            v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Ask(grpc::ServerContext* context, const v1::AskRequest* request, v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status AnswerQuestion(grpc::ServerContext* context, const v1::AnswerQuestionRequest* request,
                              v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status AddComment(grpc::ServerContext* context, const v1::AddCommentRequest* request,
                          v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status OpenTopic(grpc::ServerContext* context, const v1::OpenTopicRequest* request,
                         v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status WithdrawWord(grpc::ServerContext* context, const v1::WithdrawWordRequest* request,
                            v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListTopics(grpc::ServerContext* context, const v1::ListTopicsRequest* request,
                          v1::ListTopicsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListQuestions(grpc::ServerContext* context, const v1::ListQuestionsRequest* request,
                             v1::ListQuestionsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetThread(grpc::ServerContext* context, const v1::GetThreadRequest* request,
                         v1::GetThreadReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Mute(grpc::ServerContext* context, const v1::MuteRequest* request, v1::MuteReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Unmute(grpc::ServerContext* context, const v1::UnmuteRequest* request, v1::MuteReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListMuted(grpc::ServerContext* context, const v1::ListMutedRequest* request,
                         v1::MuteReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status Learn(grpc::ServerContext* context, const v1::LearnRequest* request, v1::LearnReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListStrategies(grpc::ServerContext* context, const v1::ListStrategiesRequest* request,
                              v1::ListStrategiesReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetStrategy(grpc::ServerContext* context, const v1::GetStrategyRequest* request,
                           v1::GetStrategyReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListChecklist(grpc::ServerContext* context, const v1::ListChecklistRequest* request,
                             v1::ListChecklistReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status SubmitReport(grpc::ServerContext* context, const v1::SubmitReportRequest* request,
                            v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status PublishRating(grpc::ServerContext* context, const v1::PublishRatingRequest* request,
                             v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status EnterSurvey(grpc::ServerContext* context, const v1::EnterSurveyRequest* request,
                           v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status WithdrawReview(grpc::ServerContext* context, const v1::WithdrawReviewRequest* request,
                              v1::PublishedRecord* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status ListReviews(grpc::ServerContext* context, const v1::ListReviewsRequest* request,
                           v1::ListReviewsReply* reply) override {
    return Reply(context, *request, *reply);
  }
  grpc::Status GetReview(grpc::ServerContext* context, const v1::GetReviewRequest* request,
                         v1::GetReviewReply* reply) override {
    return Reply(context, *request, *reply);
  }

 private:
  // A question whose asker has gone meanwhile is not begun.
  template <typename Request, typename Answered>
  grpc::Status Reply(grpc::ServerContext* context, const Request& request, Answered& reply) {
    if (context->IsCancelled()) return grpc::Status::CANCELLED;
    return ToGrpc(Answer(parts_, request, reply));
  }

  ApiParts& parts_;
};

}  // namespace

std::shared_ptr<grpc::Service> MakeNodeService(ApiParts& parts) { return std::make_shared<NodeService>(parts); }

}  // namespace hansa::node::api
