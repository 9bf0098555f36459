// Markdown as HTML: what it becomes, and what nobody can smuggle through it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "node/markdown/markdown.h"

namespace hansa::node::markdown {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Reads HTML as strictly as XML and knows every element and attribute that there may be. The first thing that is wrong;
// empty: nothing.
class Inspector {
 public:
  explicit Inspector(absl::string_view html) : rest_(html) {}

  std::string Fault() {
    while (!rest_.empty()) {
      std::string fault = rest_[0] == '<' ? Tag() : Letter();
      if (!fault.empty()) return fault;
    }
    return open_.empty() ? "" : absl::StrCat("<", open_.back(), "> has no end");
  }

 private:
  std::string Letter() {
    const char c = rest_[0];
    if (c == '&') {
      for (const char* entity : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"}) {
        if (absl::ConsumePrefix(&rest_, entity)) return "";
      }
      return "an & that is no entity of ours";
    }
    if (c == '>' || c == '"' || (static_cast<unsigned char>(c) < 0x20 && c != '\n'))
      return absl::StrCat("a bare '", std::string(1, c), "'");
    rest_.remove_prefix(1);
    return "";
  }

  std::string Tag() {
    const std::size_t end = rest_.find('>');
    if (end == absl::string_view::npos) return "a tag without an end";
    absl::string_view tag = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    if (absl::ConsumePrefix(&tag, "/")) {
      if (open_.empty() || open_.back() != tag) return absl::StrCat("</", tag, "> out of place");
      open_.pop_back();
      return "";
    }
    if (tag == "br/" || tag == "hr/") return "";
    static const auto* const plain =
        new std::set<std::string>{"p",     "h3",    "h4", "h5", "h6", "blockquote", "ul",  "ol",   "li",
                                  "table", "thead", "tr", "td", "em", "strong",     "del", "code", "pre"};
    if (plain->contains(std::string(tag))) return Opened(tag);
    if (tag == "th scope=\"col\"") return Opened("th");
    absl::string_view in = tag;
    if (absl::ConsumePrefix(&in, "ol start=\"") && absl::ConsumeSuffix(&in, "\"")) {
      for (const char c : in) {
        if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return "a list that begins with no number";
      }
      return Opened("ol");
    }
    in = tag;
    if (!absl::ConsumePrefix(&in, "a href=\"") || !absl::ConsumeSuffix(&in, "\" rel=\"nofollow noopener\"")) {
      return absl::StrCat("<", tag, "> is none of ours");
    }
    for (const std::string& name : open_) {
      if (name == "a") return "a link in a link";
    }
    if (absl::StrContains(in, '"') || absl::StrContains(in, ' ')) return "an address that ends early";
    const bool may_be =
        absl::StartsWith(in, "https://") || absl::StartsWith(in, "http://") || absl::StartsWith(in, "mailto:");
    return may_be ? Opened("a") : absl::StrCat("a link to ", in);
  }
  std::string Opened(absl::string_view name) {
    open_.emplace_back(name);
    return "";
  }

  absl::string_view rest_;
  std::vector<std::string> open_;
};

std::string Repeated(absl::string_view part, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) absl::StrAppend(&text, part);
  return text;
}

// What others have tried on readers of Markdown, and what we thought of.
std::vector<std::string> HostileTexts() {
  return {
      "<script>alert(1)</script>",
      "text <script>alert(1)</script> text",
      "<img src=x onerror=alert(1)>",
      "<svg/onload=alert(1)>",
      "<a href=\"javascript:alert(1)\">x</a>",
      "<iframe src=\"https://evil.example\"></iframe>",
      "<style>body{display:none}</style>",
      "<!-- --><script>alert(1)</script>",
      "<![CDATA[<script>alert(1)</script>]]>",
      "<?php echo 1 ?>",
      "</p></div></body></html>",
      "[x](javascript:alert(1))",
      "[x](JaVaScRiPt:alert(1))",
      "[x](java&#115;cript:alert(1))",
      "[x](&#106;avascript&colon;alert(1))",
      "[x](javascript&#x3A;alert(1))",
      "[x](<javascript:alert(1)>)",
      "[x](<java\tscript:alert(1)>)",
      "[x](\x01javascript:alert(1))",
      "[x]( javascript:alert(1))",
      "[x](vbscript:msgbox(1))",
      "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
      "[x](file:///etc/passwd)",
      "[x](//evil.example/x)",
      "[x](/local)",
      "[x](https:alert(1))",
      "[x](http:///x)",
      "[x][y]\n\n[y]: javascript:alert(1)",
      "<javascript:alert(1)>",
      "<data:text/html,x>",
      "![x](javascript:alert(1))",
      "![x](https://evil.example/pixel.png)",
      "[![x](https://evil.example/a.png)](https://good.example)",
      "![[x](https://a.example)](https://b.example)",
      "![\" onerror=\"alert(1)](https://a.example/x.png)",
      "[x](https://a.example/\"onmouseover=\"alert(1))",
      "[x](https://a.example 'title\" onmouseover=\"alert(1)')",
      "[x](<https://a.example/\" onclick=alert(1)>)",
      "[x](https://a.example/&quot;onclick=&quot;alert(1))",
      "[<script>](https://a.example)",
      "`<script>alert(1)</script>`",
      "```html\" onclick=\"alert(1)\n<script>\n```",
      "    <script>alert(1)</script>",
      "&lt;script&gt;alert(1)&lt;/script&gt;",
      "&#60;script&#62;",
      "&#0; &#27;[31m &#x202E;abc &#x2028; &#xFEFF; &#xFFFF; &#x110000;",
      "\xE2\x80\xAE reversed",
      "\xFF\xFE not UTF-8 \xC3",
      "a\0b",
      "| <b> | x |\n|---|---|\n| <script> | [x](javascript:1) |",
      "|a|\n|-|\n|[x](https://a.example)|y|z|",
      "* [ ] <input onfocus=alert(1) autofocus>",
      "999999999. x\n0. y",
      "-1. x",
      "~~<s>~~ ~~~~ ***x** y*",
      "[a](https://[::1]/x) [b](mailto:nobody) [c](mailto:office@city.example?subject=<x>)",
      "# <h1 onclick=x>\n\nx\n===",
  };
}

TEST(SafeHtml, IsWhatTheTextSays) {
  EXPECT_EQ(SafeHtml("A *festival* in **every** ~~big~~ street.\nAnd `more`."),
            "<p>A <em>festival</em> in <strong>every</strong> <del>big</del> street.\nAnd <code>more</code>.</p>\n");
  EXPECT_EQ(SafeHtml("# One\n\n###### Six"), "<h3>One</h3>\n<h6>Six</h6>\n");
  EXPECT_EQ(SafeHtml("- a\n- b"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
  EXPECT_EQ(SafeHtml("3. a\n4. b"), "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n");
  EXPECT_EQ(SafeHtml("> said\n\n---"), "<blockquote>\n<p>said</p>\n</blockquote>\n<hr/>\n");
  EXPECT_EQ(SafeHtml("|a|b|\n|-|-|\n|1|2|"),
            "<table>\n<thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead>\n"
            "<tr><td>1</td><td>2</td></tr>\n</table>\n");
  EXPECT_EQ(SafeHtml("배움 < 삶 & \"책\""), "<p>배움 &lt; 삶 &amp; &quot;책&quot;</p>\n");
  EXPECT_EQ(SafeHtml(""), "");
}

TEST(SafeHtml, LinksCarryNoTrustAndImagesBecomeLinks) {
  EXPECT_EQ(SafeHtml("[The festival](https://a.example/?x=1&y=2 \"title\")"),
            "<p><a href=\"https://a.example/?x=1&amp;y=2\" rel=\"nofollow noopener\">The festival</a></p>\n");
  EXPECT_EQ(SafeHtml("![A photo](https://a.example/p.png)"),
            "<p><a href=\"https://a.example/p.png\" rel=\"nofollow noopener\">A photo</a></p>\n");
  EXPECT_EQ(SafeHtml("![](https://a.example/p.png)"),
            "<p><a href=\"https://a.example/p.png\" rel=\"nofollow noopener\">https://a.example/p.png</a></p>\n");
  EXPECT_EQ(SafeHtml("[![photo](https://a.example/p.png)](https://b.example)"),
            "<p><a href=\"https://b.example\" rel=\"nofollow noopener\">photo</a></p>\n");
  EXPECT_EQ(SafeHtml("[x](javascript:alert(1))"), "<p>x</p>\n");
}

TEST(SafeHtml, WhateverComesInNothingButOurElementsComesOut) {
  for (const std::string& text : HostileTexts()) {
    const std::string html = SafeHtml(text);
    EXPECT_EQ(Inspector(html).Fault(), "") << text << "\n" << html;
  }
}

// Any two of them beside, in and around each other.
TEST(SafeHtml, WhateverIsPutTogetherStaysSafe) {
  const std::vector<std::string> texts = HostileTexts();
  for (const std::string& one : texts) {
    for (const std::string& other : texts) {
      for (const std::string& text : {one + other, one + "\n" + other, "[" + one + "](" + other + ")",
                                      "> - " + one + "\n> " + other, "|" + one + "|\n|-|\n|" + other}) {
        ASSERT_EQ(Inspector(SafeHtml(text)).Fault(), "") << text;
      }
    }
  }
}

TEST(SafeHtml, AnEntityBringsNoControlCharacterAndNoReversal) {
  const std::string html = SafeHtml("&#x202E;txt&#27;[31m&#x2066;&#x200F; end");
  EXPECT_EQ(html, "<p>txt[31m end</p>\n");
  EXPECT_THAT(SafeHtml("[x](https://a.example/&#x202E;gpj)"), Not(HasSubstr("\xE2\x80\xAE")));
}

// What others' readers have taken minutes for. Seconds here are many times what is needed.
TEST(SafeHtml, TakesATimeThatTheLengthBounds) {
  constexpr std::size_t kMegabyte = 1'000'000;
  std::vector<std::string> texts = {Repeated("|a", kMarkdownBytesMax / 2 - 2) + "\n" +
                                    Repeated("|-", kMarkdownBytesMax / 2 - 2)};
  for (const char* part : {"[", "![", "[](", "![[]()", "*a ", "*a_ ", "`", ">", "> - ", "- ", "<", "<!--", "&#", "~a",
                           "|a\n|-\n", "[a]: b\n", "a**b_"}) {
    texts.push_back(Repeated(part, kMegabyte));
    texts.push_back(Repeated(part, kMarkdownBytesMax - 10));
  }
  const auto before = std::chrono::steady_clock::now();
  for (const std::string& text : texts) ASSERT_EQ(Inspector(SafeHtml(text)).Fault(), "") << text.substr(0, 10);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(60));
}

TEST(SafeHtml, WhatLiesTooDeepKeepsItsText) {
  const std::string html = SafeHtml(Repeated("> ", 2000) + "still here");
  EXPECT_THAT(html, HasSubstr("<p>still here</p>"));
  std::size_t quotations = 0;
  for (std::size_t at = html.find("<blockquote>"); at != std::string::npos; at = html.find("<blockquote>", at + 1))
    ++quotations;
  EXPECT_EQ(quotations, static_cast<std::size_t>(kDepthMax));
}

TEST(SafeHtml, WhatIsLongerThanAnyRecordIsShownAsItIs) {
  const std::string html = SafeHtml("*a* <b>\n\n" + Repeated("x ", kMarkdownBytesMax));
  EXPECT_THAT(html, ::testing::StartsWith("<p>*a* &lt;b&gt;</p>\n<p>x x "));
  EXPECT_EQ(Inspector(html).Fault(), "");
}

}  // namespace
}  // namespace hansa::node::markdown
