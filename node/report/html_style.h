// How the page looks: on a screen of any width, and on paper. Colours keep a contrast of 4.5 to 1 and more for text,
// and of 3 to 1 and more for lines that say something.
#ifndef HANSA_NODE_REPORT_HTML_STYLE_H_
#define HANSA_NODE_REPORT_HTML_STYLE_H_

namespace hansa::node::report {

// CSS for HtmlForm. Holds no '<' and no '&', so that it is the same in HTML and in XML.
inline constexpr char kHtmlStyle[] = R"css(
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: #ffffff; color: #1b1b1b;
  font: 1rem/1.55 "Noto Sans", "Noto Sans KR", "Segoe UI", "Apple SD Gothic Neo", "Malgun Gothic", "NanumGothic",
  "DejaVu Sans", sans-serif; overflow-wrap: anywhere; word-break: keep-all; }
header { border-bottom: 3px solid #1f4e79; margin-bottom: 1.5rem; }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 .25rem; color: #1f4e79; }
.dated { margin: 0 0 1rem; color: #4a4a4a; }
nav { background: #f3f6f9; border-left: 4px solid #1f4e79; padding: .75rem 1.25rem; margin-bottom: 2rem; }
nav h2 { margin: 0 0 .25rem; border: 0; padding: 0; font-size: 1.05rem; }
nav ul { margin: 0; padding-left: 1.1rem; }
a { color: #1a4f8b; }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
h2 { font-size: 1.5rem; line-height: 1.3; margin: 2.75rem 0 .75rem; padding-bottom: .2rem; color: #1f4e79;
  border-bottom: 1px solid #7a8ba0; }
h3 { font-size: 1.2rem; line-height: 1.35; margin: 2rem 0 .5rem; color: #1f4e79; }
h4 { font-size: 1.05rem; line-height: 1.4; margin: 1.6rem 0 .4rem; }
h5 { font-size: 1rem; line-height: 1.4; margin: 1.3rem 0 .35rem; color: #1f4e79; }
p { margin: .35rem 0; }
.label { font-weight: 600; color: #333333; }
ul { margin: .25rem 0 .75rem; padding-left: 1.3rem; }
.wide { overflow-x: auto; margin: .6rem 0 .8rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.4; }
caption { caption-side: top; text-align: left; font-weight: 600; color: #333333; padding: 0 0 .3rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .55rem; border-bottom: 1px solid #b9c3cf; }
thead th { background: #e7edf4; border-bottom: 2px solid #1f4e79; overflow-wrap: normal; }
tbody th { font-weight: 600; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
figure { margin: .9rem 0 1.2rem; padding: .75rem .9rem; border: 1px solid #b9c3cf; break-inside: avoid; }
figcaption { font-weight: 600; color: #333333; margin-bottom: .4rem; }
.beside { display: grid; grid-template-columns: minmax(0, 11fr) minmax(0, 9fr); gap: 1rem; align-items: start; }
@media (max-width: 42rem) { .beside { grid-template-columns: minmax(0, 1fr); } }
.years { font-size: .82rem; }
.years th, .years td { padding: .12rem .3rem; text-align: right; white-space: nowrap; }
.years thead th, .years .y th { background: #f3f6f9; border-bottom: 0; font-weight: 600; color: #333333; }
.years caption { font-weight: 400; }
.legend { font-size: .85rem; margin: .4rem 0 0; padding-left: 0; list-style: none; }
svg { width: 100%; height: auto; display: block; }
svg text { font-size: 13px; fill: #333333; }
.grid { stroke: #d5dbe2; stroke-width: 1; }
.axis { stroke: #5a6672; stroke-width: 1; }
.series { stroke: #1f4e79; stroke-width: 2; fill: none; }
.dot { fill: #1f4e79; }
.mark { stroke: #9a4a00; stroke-width: 1.5; stroke-dasharray: 5 4; }
.target { fill: #ffffff; stroke: #9a4a00; stroke-width: 2; }
@page { size: A4; margin: 18mm 16mm 20mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.45; }
  nav, figure { break-inside: avoid; }
  h2, h3, h4, h5, caption, figcaption { break-after: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  table { font-size: 8.5pt; }
  .years { font-size: 7.5pt; }
  .legend { font-size: 8.5pt; }
  .wide { overflow: visible; }
  a { color: inherit; text-decoration: none; }
  thead th, nav, .years thead th, .years .y th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

}  // namespace hansa::node::report

#endif  // HANSA_NODE_REPORT_HTML_STYLE_H_
