#include "tests/learning/year.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "replication/check.h"
#include "replication/collections.h"
#include "tests/testing/fake_node.h"

namespace hansa::learning {

using replication::MemberKind;
using testing::Applicant;

namespace {

constexpr const char* kCountries[] = {"DEU", "FIN", "IRL", "KOR", "KEN", "BRA"};
constexpr std::size_t kDialledAtOnce = 30;  // fewer than a node lets in

}  // namespace

Year::Year(const YearShape& shape) : shape_(shape), chance_(shape.seed), acts_(chance_.Split(7)) {
  HANSA_CHECK(shape.nodes >= 12);
  testing::AdoptCurrentFramework(network_);
  AllowMore();
  loop_.Watch([this](const std::string& name, const replication::Effect& effect) {
    if (const auto at = by_slug_.find(name); at != by_slug_.end()) at->second->node.On(effect);
  });
  AddEverybody();
  MeetTheHub();
}

Year::~Year() { loop_.Watch(nullptr); }

void Year::AllowMore() {
  testing::LetWrite(network_, MemberKind::kSecretariat, replication::kDialogue);
  testing::LetWrite(network_, MemberKind::kAuthority, replication::kNotices);
  testing::LetWrite(network_, MemberKind::kAuthority, replication::kErasures);
  testing::LetWrite(network_, MemberKind::kPartner, replication::kOffers);
  testing::LetWrite(network_, MemberKind::kPartner, replication::kDialogue);
  testing::LetWrite(network_, MemberKind::kPartner, replication::kErasures);
}

Office& Year::Add(const Applicant& applicant, testing::Key roster_writer) {
  const std::string& slug = applicant.application.slug;
  testing::LoopNode& at = loop_.Add(slug, network_.roster().root(), applicant, std::move(roster_writer));
  offices_.push_back(std::make_unique<Office>(loop_, at, applicant, crypto_));
  by_slug_[slug] = offices_.back().get();
  members_.push_back(offices_.back().get());
  return *offices_.back();
}

// Two hubs, an authority for each country, a partner in twelve, and cities: one in twenty of them comes later.
void Year::AddEverybody() {
  const int countries = std::min<int>(static_cast<int>(std::size(kCountries)), shape_.nodes / 8);
  std::vector<Applicant> applicants;
  const Applicant other_hub = testing::ApplicantNamed("int-second", MemberKind::kSecretariat, "INT");
  replication::MemberAdd add = network_.AdmissionOf(other_hub);
  add.region.clear();
  HANSA_CHECK(network_.Append(network_.EntryOf(add, network_.approvers())).valid);
  applicants.push_back(other_hub);
  for (int i = 0; i < countries; ++i) {
    authorities_.push_back(testing::AuthorityOf(kCountries[i]));
    network_.AdmitAuthority(authorities_.back());
    applicants.push_back(authorities_.back());
  }
  for (int i = 0; static_cast<int>(applicants.size() + late_.size()) + 1 < shape_.nodes; ++i) {
    const std::size_t country = static_cast<std::size_t>(i % countries);
    const std::string slug = absl::StrCat(absl::AsciiStrToLower(kCountries[country]).substr(0, 2), "-city-", i);
    if (i % 12 == 5) {
      applicants.push_back(testing::ApplicantNamed(absl::StrCat("partner-", i), MemberKind::kPartner, "INT"));
      network_.AdmitPartner(applicants.back());
    } else if (i % 20 == 9) {
      late_.push_back(testing::CityNamed(slug, kCountries[country]));
    } else {
      applicants.push_back(testing::CityNamed(slug, kCountries[country]));
      network_.AdmitCity(applicants.back(), authorities_[country]);
    }
  }
  testing::LoopNode& hub = loop_[Add(network_.hub(), network_.writer()).slug()];
  for (const replication::VerifiedUnit& unit : network_.units()) HANSA_CHECK(hub.disk().Append({&unit, 1}).ok());
  hub.Start();
  for (const Applicant& applicant : applicants) Add(applicant);
}

// A few at a time, so that all get in.
void Year::MeetTheHub() {
  const std::string hub = offices_.front()->slug();
  for (std::size_t at = 1; at < offices_.size(); at += kDialledAtOnce) {
    for (std::size_t i = at; i < std::min(at + kDialledAtOnce, offices_.size()); ++i)
      loop_.Dial(offices_[i]->slug(), hub);
    Quiet();
    loop_.CutAll();
    Quiet();
  }
}

void Year::Admit(const Applicant& city) {
  const auto authority = std::find_if(authorities_.begin(), authorities_.end(), [&](const Applicant& candidate) {
    return candidate.application.country == city.application.country;
  });
  network_.AdmitCity(city, *authority);
  PublishLastOfRoster();
  const Office& office = Add(city);
  loop_.Dial(office.slug(), offices_.front()->slug());
  Quiet();
  loop_.CutAll();
}

void Year::PublishLastOfRoster() {
  const replication::Entry& entry = network_.units().back().unit().entries.front();
  const replication::EntryHeader header = testing::Must(replication::DecodeHeader(entry.header));
  replication::NewEntry fresh;
  fresh.kind = header.kind;
  fresh.schema_ver = header.schema_ver;
  fresh.record = header.record;
  fresh.payload = entry.payload;
  const std::string& hub = offices_.front()->slug();
  if (!loop_.PublishEntries(hub, {fresh}).ok()) {  // it may not sign before it has met others
    for (std::size_t i = 1; i < 5; ++i) loop_.Dial(offices_[i]->slug(), hub);
    Quiet();
    testing::Must(loop_.PublishEntries(hub, {fresh}));
  }
  HANSA_CHECK(offices_.front()->node.roster().position() == network_.roster().position());
}

void Year::Live() {
  for (int week = 0; week < shape_.weeks; ++week) Week(week);
}

void Year::Week(int week) {
  Disturb(week);
  Act(shape_.acts_a_week / 3);  // nobody is connected
  DialSome(week);
  Deliver(chance_.Below(400));
  for (const std::unique_ptr<Office>& office : offices_) office->node.SendOutbox();
  Act(shape_.acts_a_week - shape_.acts_a_week / 3 * 2);
  if (chance_.OneIn(3)) loop_.CutAll();  // in the middle of what they say
  DialSome(week);
  Act(shape_.acts_a_week / 3);
  ChangeRoster(week);
  Quiet();
  loop_.CutAll();
  Quiet();
  loop_.Sleep(absl::Hours(24 * 7));
  Quiet();
}

void Year::Deliver(std::uint64_t count) {
  for (std::uint64_t i = 0; i < count && loop_.RunOne(); ++i) {
  }
}

void Year::Quiet() {
  while (loop_.RunOne()) {
  }
  loop_.Settle();
  bool has_sent = false;
  for (const std::unique_ptr<Office>& office : offices_) has_sent = office->node.SendOutbox() || has_sent;
  if (has_sent) loop_.Settle();
}

// Some go away for weeks, some crash, some clocks run ahead, some lose their views, some keep less.
void Year::Disturb(int week) {
  for (const std::unique_ptr<Office>& office : offices_) {
    if (!IsHere(*office, week)) continue;
    if (chance_.OneIn(30)) office->back_in_week = week + static_cast<int>(chance_.Between(2, 8));
    if (chance_.OneIn(80)) office->node.ForgetViews();
    if (chance_.OneIn(60)) loop_[office->slug()].clock_ahead += absl::Minutes(chance_.Between(1, 600));
    if (office != offices_.front() && chance_.OneIn(80)) loop_.Crash(office->slug());
    const bool may_keep_less = office->kind() == MemberKind::kCity && office->node.Following().size() > 0;
    if (may_keep_less && chance_.OneIn(40)) HANSA_CHECK(office->following.SetKeep("followed").ok());
    if (office->node.keep() == node::Keep::kFollowed && chance_.OneIn(40)) {
      HANSA_CHECK(office->following.SetKeep("all").ok());
    }
  }
}

// Whoever is here dials a few others, rather its neighbours than the hub.
void Year::DialSome(int week) {
  std::map<std::string, std::size_t> dialled;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < offices_.size(); ++i) order.push_back(i);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[chance_.Below(i)]);
  for (const std::size_t i : order) {
    if (!IsHere(*offices_[i], week) || chance_.OneIn(4)) continue;
    const std::size_t other =
        chance_.OneIn(5) ? chance_.Below(2)
                         : (i + 1 + chance_.Below(chance_.OneIn(3) ? offices_.size() - 1 : 4)) % offices_.size();
    if (other == i || !IsHere(*offices_[other], week) || ++dialled[offices_[other]->slug()] > kDialledAtOnce) continue;
    loop_.Dial(offices_[i]->slug(), offices_[other]->slug());
  }
}

void Year::Act(int count) {
  for (int i = 0; i < count; ++i) {
    if (chance_.OneIn(12)) {
      acts_.Countersign();
    } else if (chance_.OneIn(8)) {  // the few who are no cities
      acts_.One(*offices_[chance_.Below(2 + authorities_.size())], members_);
    } else {
      acts_.One(*chance_.Pick(offices_), members_);
    }
    Deliver(chance_.Below(30));
  }
}

// Somebody is admitted, suspended, or comes back.
void Year::ChangeRoster(int week) {
  if (!late_.empty() && week * 2 > shape_.weeks / 4 && chance_.OneIn(4)) {
    Admit(late_.front());
    late_.pop_front();
  }
  const bool is_time = week == shape_.weeks / 3 || week == shape_.weeks / 2 || week == shape_.weeks * 3 / 4;
  if (!is_time) return;
  Office& office = *offices_[offices_.size() - 1 - chance_.Below(4)];
  const bool resumes = office.is_suspended;
  const replication::Member member = network_.roster().state().Find(absl::string_view(office.slug()))->number;
  const replication::Standing change{member, "no word for long"};
  const auto kind = resumes ? replication::roster_kind::kResume : replication::roster_kind::kSuspend;
  HANSA_CHECK(network_.Append({kind, replication::Encode(change), network_.approvers(), std::nullopt}).valid);
  office.is_suspended = !resumes;
  PublishLastOfRoster();
}

void Year::Heal() {
  while (!late_.empty()) {
    Admit(late_.front());
    late_.pop_front();
  }
  // Twice, as what the last bring the first have not heard; and again, once every hold is over.
  for (int round = 0; round < 2; ++round) {
    MeetTheHub();
    MeetTheHub();
    loop_.Sleep(absl::Hours(24 * 21));
    Quiet();
  }
}

node::Charter Year::charter() const {
  return {"Test", *replication::DecodeSignedRoot(network_.roster().root().SignedFrom(1)[0]), {}};
}

}  // namespace hansa::learning
