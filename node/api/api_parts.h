// What the answers are drawn from. Everything is owned by whoever starts the server and outlives it.
#ifndef HANSA_NODE_API_API_PARTS_H_
#define HANSA_NODE_API_API_PARTS_H_

#include "node/catalogue/catalogue.h"
#include "node/running_node.h"

namespace hansa::node::projection {
class Views;
}
namespace hansa::node::desk {
class DialogueDesk;
class ExportDesk;
class FileDesk;
class IndicatorDesk;
class LearnDesk;
class PracticeDesk;
class FollowingDesk;
class NetworkDesk;
class NoticeDesk;
class OfferDesk;
class PlaceDesk;
class ProgressDesk;
class ReportDesk;
class ReviewDesk;
class SearchDesk;
class SimilarDesk;
class StrategyDesk;
class SummaryDesk;
class TakenPartDesk;
class TargetDesk;
class WebFeedDesk;
}  // namespace hansa::node::desk
namespace hansa::node::accounts {
class Reception;
}
namespace hansa::node::files {
class FileKeeper;
}
namespace hansa::node::webhooks {
class WebhookDesk;
}

namespace hansa::node::api {

struct ApiParts {
  RunningNode& node;
  const catalogue::Catalogue& catalogue;
  projection::Views& views;
  desk::IndicatorDesk& desk;
  desk::PracticeDesk& practices;
  desk::FollowingDesk& following;
  desk::OfferDesk& offers;
  desk::ProgressDesk& progress;
  desk::NetworkDesk& network;
  desk::ExportDesk& exports;
  desk::TargetDesk& targets;
  desk::PlaceDesk& places;
  desk::StrategyDesk& strategies;
  desk::ReviewDesk& reviews;
  desk::SummaryDesk& summaries;
  desk::ReportDesk& reports;
  desk::SearchDesk& search;
  desk::SimilarDesk& similar;
  desk::LearnDesk& learn;
  desk::WebFeedDesk& web_feeds;
  desk::NoticeDesk& notices;
  desk::TakenPartDesk& taken_part;
  desk::DialogueDesk& dialogue;
  desk::FileDesk& files;
  files::FileKeeper& file_keeper;
  webhooks::WebhookDesk* webhooks;  // null where nobody sends
  accounts::Reception* reception;   // null where nobody signs in
};

}  // namespace hansa::node::api

#endif  // HANSA_NODE_API_API_PARTS_H_
