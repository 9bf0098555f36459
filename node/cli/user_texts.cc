#include "node/cli/user_texts.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "hansa/v1/node_accounts.pb.h"
#include "node/accounts/audit_log.h"
#include "node/cli/record_page.h"
#include "node/cli/text_width.h"

namespace hansa::node::cli {
namespace {

// Whether its owner can sign in, and by what.
std::string SignsInBy(const v1::AccountSummary& account, const words::Words& words) {
  const bool has_link = account.link_until_ms() > static_cast<std::uint64_t>(absl::ToUnixMillis(absl::Now()));
  if (has_link) return words("a link, until {0}", ClockTime(account.link_until_ms()));
  if (account.password_ms() == 0) return words("nothing yet; run hansa user link");
  return account.has_code() ? words("a password and a code") : words("a password");
}

}  // namespace

std::string TextOf(const v1::ListAccountsReply& accounts, const Layout& layout) {
  const words::Words& words = layout.words;
  if (accounts.accounts().empty()) {
    return absl::StrCat(words("nobody has an account here; add one with hansa user add NAME --role administrator"),
                        "\n");
  }
  Table table({{words("name")}, {words("role")}, {words("departments")}, {words("signs in by")}, {words("added")}});
  for (const v1::AccountSummary& account : accounts.accounts()) {
    table.Add({Printable(account.name()), words(account.role()),
               account.departments().empty() ? "-" : Printable(absl::StrJoin(account.departments(), ", ")),
               SignsInBy(account, words), ClockTime(account.added_ms())});
  }
  return absl::StrCat(
      table.Text(layout),
      accounts.four_eyes() ? words("what one of them publishes on the page waits until another agrees") + "\n" : "");
}

std::string TextOf(const std::vector<accounts::AuditLine>& lines, const Layout& layout) {
  const words::Words& words = layout.words;
  if (lines.empty()) return absl::StrCat(words("nothing was written down yet"), "\n");
  const auto or_dash = [](const std::string& text) { return text.empty() ? std::string("-") : Printable(text); };
  Table table({{words("when")},
               {words("account")},
               {words("through")},
               {words("what")},
               {words("about")},
               {words("result")},
               {words("from")}});
  for (const accounts::AuditLine& line : lines) {
    table.Add({or_dash(line.at), or_dash(line.entry.account), words(line.entry.through),
               words.Translated(line.entry.what), or_dash(line.entry.about), words.Translated(line.entry.result),
               or_dash(line.entry.from)});
    if (!line.follows) {
      table.Under(words("this line does not follow on the one before it: something was changed or taken out"));
    }
  }
  return table.Text(layout);
}

}  // namespace hansa::node::cli
