#include "node/exports/web_feed.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "node/exports/escaping.h"

namespace hansa::node::exports {
namespace {

// RFC 3339, in UTC.
std::string Stamp(absl::Time time) { return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone()); }

void AppendAttribute(absl::string_view name, absl::string_view value, std::string& out) {
  absl::StrAppend(&out, " ", name, "=\"");
  AppendXmlText(value, out);
  out += '"';
}

// Nothing where there is no text.
void AppendElement(absl::string_view name, absl::string_view text, std::string& out, absl::string_view type = "") {
  if (text.empty()) return;
  absl::StrAppend(&out, "<", name);
  if (!type.empty()) AppendAttribute("type", type, out);
  out += '>';
  AppendXmlText(text, out);
  absl::StrAppend(&out, "</", name, ">\n");
}

void AppendLink(absl::string_view relation, absl::string_view address, absl::string_view type, std::string& out) {
  if (address.empty()) return;
  out += "<link";
  AppendAttribute("rel", relation, out);
  AppendAttribute("type", type, out);
  AppendAttribute("href", address, out);
  out += "/>\n";
}

void AppendAuthor(absl::string_view name, std::string& out) {
  if (name.empty()) return;
  out += "<author><name>";
  AppendXmlText(name, out);
  out += "</name></author>\n";
}

void AppendEntry(const WebFeedEntry& entry, std::string& out) {
  out += "<entry";
  if (!entry.language.empty()) AppendAttribute("xml:lang", entry.language, out);
  out += ">\n";
  AppendElement("id", entry.id, out);
  AppendElement("title", entry.title, out, "text");
  AppendElement("published", Stamp(entry.published), out);
  AppendElement("updated", Stamp(entry.updated), out);
  AppendAuthor(entry.author, out);
  AppendLink("alternate", entry.address, "text/html", out);
  for (const std::string& category : entry.categories) {
    out += "<category";
    AppendAttribute("term", category, out);
    out += "/>\n";
  }
  // An entry without a page of its own needs content, be it empty (RFC 4287, 4.1.2).
  const bool needs_content = entry.address.empty() && entry.html.empty();
  if (!needs_content) AppendElement("summary", entry.summary, out, "text");
  if (!entry.html.empty()) {
    AppendElement("content", entry.html, out, "html");
  } else if (needs_content) {
    out += "<content type=\"text\">";
    AppendXmlText(entry.summary, out);
    out += "</content>\n";
  }
  out += "</entry>\n";
}

// One member of an object; nothing where there is no text.
void AppendMember(absl::string_view name, absl::string_view text, std::string& out) {
  if (text.empty()) return;
  if (out.back() != '{') out += ',';
  AppendJsonText(name, out);
  out += ':';
  AppendJsonText(text, out);
}

void AppendList(absl::string_view name, const std::vector<std::string>& items, std::string& out) {
  if (items.empty()) return;
  if (out.back() != '{') out += ',';
  AppendJsonText(name, out);
  out += ":[";
  for (const std::string& item : items) {
    if (out.back() != '[') out += ',';
    AppendJsonText(item, out);
  }
  out += ']';
}

void AppendAuthors(absl::string_view name, std::string& out) {
  if (name.empty()) return;
  out += ",\"authors\":[{";
  AppendMember("name", name, out);
  out += "}]";
}

void AppendItem(const WebFeedEntry& entry, std::string& out) {
  out += '{';
  AppendMember("id", entry.id, out);
  AppendMember("url", entry.address, out);
  AppendMember("title", entry.title, out);
  AppendMember("summary", entry.summary, out);
  AppendMember("content_html", entry.html, out);
  if (entry.html.empty()) {
    out += ",\"content_text\":";  // one of the two has to be there
    AppendJsonText(entry.summary, out);
  }
  AppendMember("date_published", Stamp(entry.published), out);
  AppendMember("date_modified", Stamp(entry.updated), out);
  AppendMember("language", entry.language, out);
  AppendAuthors(entry.author, out);
  AppendList("tags", entry.categories, out);
  out += '}';
}

}  // namespace

absl::Time UpdatedOf(const WebFeed& feed) {
  absl::Time updated = absl::UnixEpoch();
  for (const WebFeedEntry& entry : feed.entries) updated = std::max(updated, entry.updated);
  return updated;
}

std::string AtomFeed(const WebFeed& feed) {
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"";
  if (!feed.language.empty()) AppendAttribute("xml:lang", feed.language, out);
  out += ">\n";
  AppendElement("id", feed.id, out);
  AppendElement("title", feed.title, out, "text");
  AppendElement("subtitle", feed.subtitle, out, "text");
  AppendElement("updated", Stamp(UpdatedOf(feed)), out);
  AppendAuthor(feed.author, out);
  AppendLink("self", feed.own_address, kAtomMediaType, out);
  AppendLink("alternate", feed.address, "text/html", out);
  out += "<generator";
  AppendAttribute("version", feed.version, out);
  out += ">Hansa</generator>\n";
  for (const WebFeedEntry& entry : feed.entries) AppendEntry(entry, out);
  out += "</feed>\n";
  return out;
}

std::string JsonFeed(const WebFeed& feed) {
  std::string out = "{";
  AppendMember("version", "https://jsonfeed.org/version/1.1", out);
  AppendMember("title", feed.title, out);
  AppendMember("description", feed.subtitle, out);
  AppendMember("language", feed.language, out);
  AppendMember("home_page_url", feed.address, out);
  AppendMember("feed_url", feed.own_address, out);
  AppendAuthors(feed.author, out);
  out += ",\"items\":[";
  for (const WebFeedEntry& entry : feed.entries) {
    out += out.back() == '[' ? "\n" : ",\n";
    AppendItem(entry, out);
  }
  out += "\n]}\n";
  return out;
}

}  // namespace hansa::node::exports
