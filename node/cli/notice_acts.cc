#include "node/cli/notice_acts.h"

#include <cstdint>
#include <utility>

#include "hansa/v1/node_notices.pb.h"
#include "node/cli/exit_code.h"
#include "node/cli/file_commands.h"
#include "node/cli/muted_words.h"
#include "node/cli/notice_json.h"
#include "node/cli/notice_texts.h"
#include "node/cli/publishing_acts.h"
#include "replication/check.h"

namespace hansa::node::cli {

absl::StatusOr<int> AddNotice(Invocation& invocation, const std::string& kind) {
  const std::string file = invocation.values().Text("FILE");
  absl::StatusOr<std::string> content = invocation.Read(file);
  HANSA_RETURN_IF_ERROR(content.status());
  v1::AddNoticeRequest request;
  request.set_kind(kind);
  request.set_file(NameOf(file));
  request.set_content(*std::move(content));
  return PublishedBy(invocation, request, Act::kPublished);
}

absl::StatusOr<int> ListNotices(Invocation& invocation, const std::string& kind) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  const Values& values = invocation.values();
  v1::ListNoticesRequest request;
  request.set_kind(kind);
  request.set_feature(values.Text("--feature"));
  request.set_action(values.Text("--action"));
  request.set_member(values.Text("--member"));
  request.set_language(values.Text("--lang"));
  request.set_for_us(values.Has("--for-us"));
  request.set_open_only(values.Has("--open"));
  request.set_with_muted(values.Has("--with-muted"));
  v1::ListNoticesReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  ShowList(invocation, JsonOf(reply), TextOf(reply, invocation.layout()), reply.muted());
  return kDone;
}

absl::StatusOr<int> ShowNotice(Invocation& invocation) {
  absl::StatusOr<NodeClient> node = invocation.Node();
  HANSA_RETURN_IF_ERROR(node.status());
  v1::GetNoticeRequest request;
  request.set_id(invocation.values().Text("ID"));
  request.set_revision(invocation.values().Number("--revision").value_or(0));
  v1::GetNoticeReply reply;
  HANSA_RETURN_IF_ERROR(node->Ask(request, reply));
  HANSA_RETURN_IF_ERROR(ShowWithFiles(
      invocation, *node, {reply.notice().id(), request.revision(), JsonOf(reply), TextOf(reply, invocation.layout())}));
  return kDone;
}

std::vector<Option> NoticeFilters() {
  return {{.name = "--feature", .value = "F", .help = "about this feature, such as 2.1.3"},
          {.name = "--action", .value = "BDx.y", .help = "about this action point, such as BD1.2"},
          {.name = "--member", .value = "MEMBER", .help = "published by this member; its slug"},
          {.name = "--lang", .value = "L", .help = "written in this language, such as ko"},
          {.name = "--for-us", .help = "only those that this node's member is among the audience of"},
          {.name = "--open", .help = "only those whose deadline or last day has not passed, or that have none"},
          WithMutedOption()};
}

Option NoticeRevisionOption() {
  constexpr std::uint32_t kRevisionsMax = 1'000'000;
  return {.name = "--revision",
          .value = "N",
          .help = "an earlier revision, from 1",
          .number = NumberRange{1, kRevisionsMax}};
}

}  // namespace hansa::node::cli
