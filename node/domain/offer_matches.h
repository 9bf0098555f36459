// Which offers and requests fit each other, and why, in words. Pure. There is no score: an offer fits or it does not,
// and lists are by name.
//
// Two fit if one offers and the other asks, two members wrote them, and they have a subject in common, or one is
// addressed to the author of the other. They do not if one is addressed to others alone, or if both name days that do
// not meet.
#ifndef HANSA_NODE_DOMAIN_OFFER_MATCHES_H_
#define HANSA_NODE_DOMAIN_OFFER_MATCHES_H_

#include <set>
#include <string>
#include <vector>

#include "node/domain/offers_book.h"

namespace hansa::node::domain {

// What is known of an open offer. Empty: not given.
struct OpenOffer {
  OffersRecord record;
  std::string member_name;  // of its author, as in the roster
  std::string title;
  bool is_request = false;
  bool is_example = false;            // for a demonstration
  std::string kind;                   // such as 'study visit'
  std::vector<std::string> features;  // in the order of the framework
  std::vector<std::string> actions;   // in the order of the Declaration
  std::vector<std::string> topics;    // free words
  std::vector<std::string> working_languages;
  std::set<replication::Member> addressed_to;  // none: all
  std::string starts_on, ends_on;              // YYYY-MM-DD
};

struct FittingOffer {
  OffersRecord record;
  std::vector<std::string> reasons;  // sentences
};

// Those of `others` that fit `offer`, by member name, title and record. Itself is left out.
std::vector<FittingOffer> MatchesOf(const OpenOffer& offer, const std::vector<OpenOffer>& others);

}  // namespace hansa::node::domain

#endif  // HANSA_NODE_DOMAIN_OFFER_MATCHES_H_
