// The rules that a problem with indicators may go against, beside those of check_rules.json, by their ids. Programs
// tell problems apart by them, so that an id stays while words change. rules.md lists them all, with those of the
// checks.
#ifndef HANSA_NODE_DOMAIN_PROBLEM_RULES_H_
#define HANSA_NODE_DOMAIN_PROBLEM_RULES_H_

namespace hansa::node::domain::rule_id {

// Of a file as bytes.
inline constexpr char kNotUtf8[] = "not-utf-8";
inline constexpr char kUnfitEncoding[] = "unfit-encoding";
inline constexpr char kUnknownForm[] = "unknown-form";
inline constexpr char kWorkbookPassword[] = "workbook-password";
inline constexpr char kWorkbookTooLarge[] = "workbook-too-large";
inline constexpr char kWorkbookMacros[] = "workbook-macros";
inline constexpr char kWorkbookLinks[] = "workbook-links";
inline constexpr char kWorkbookEntities[] = "workbook-entities";
inline constexpr char kFormulaWithoutValue[] = "formula-without-value";
inline constexpr char kUnknownSheet[] = "unknown-sheet";
inline constexpr char kUnreadableWorkbook[] = "unreadable-workbook";
inline constexpr char kReadingStopped[] = "reading-stopped";
inline constexpr char kTooManyColumns[] = "too-many-columns";
inline constexpr char kTooManyRows[] = "too-many-rows";
inline constexpr char kCellTooLong[] = "cell-too-long";
inline constexpr char kNulByte[] = "nul-byte";
inline constexpr char kQuotationMarks[] = "quotation-marks";

// Of a sheet.
inline constexpr char kEmptyFile[] = "empty-file";
inline constexpr char kNoCellColumn[] = "no-cell-column";
inline constexpr char kNoValueColumn[] = "no-value-column";
inline constexpr char kColumnTwice[] = "column-twice";
inline constexpr char kUnknownColumns[] = "unknown-columns";
inline constexpr char kColumnWithoutName[] = "column-without-name";
inline constexpr char kTooManyProblems[] = "too-many-problems";

// Of a row: what it is about.
inline constexpr char kRowWidth[] = "row-width";
inline constexpr char kOfAnother[] = "of-another";
inline constexpr char kWordOfAnother[] = "word-of-another";
inline constexpr char kOtherDepartment[] = "other-department";
inline constexpr char kNoCell[] = "no-cell";
inline constexpr char kUnknownCell[] = "unknown-cell";
inline constexpr char kUnknownBreakdown[] = "unknown-breakdown";
inline constexpr char kTwoCells[] = "two-cells";
inline constexpr char kCellTwice[] = "cell-twice";
inline constexpr char kNoYear[] = "no-year";
inline constexpr char kNotAYear[] = "not-a-year";
inline constexpr char kOtherYear[] = "other-year";

// Of a row: its answer.
inline constexpr char kValueAndReason[] = "value-and-reason";
inline constexpr char kNoAnswer[] = "no-answer";
inline constexpr char kNoteAlone[] = "note-alone";
inline constexpr char kSignOfNoValue[] = "sign-of-no-value";
inline constexpr char kNotANumber[] = "not-a-number";
inline constexpr char kTwoNumbers[] = "two-numbers";
inline constexpr char kOtherDecimalSign[] = "other-decimal-sign";
inline constexpr char kDashForNoValue[] = "dash-for-no-value";
inline constexpr char kPercentSign[] = "percent-sign";
inline constexpr char kSelfRated[] = "self-rated";

// Of a row: what stands beside the answer.
inline constexpr char kUnitOfTheRow[] = "unit-of-the-row";
inline constexpr char kUnknownCode[] = "unknown-code";
inline constexpr char kSourceKindGiven[] = "source-kind-given";
inline constexpr char kLanguageTag[] = "language-tag";
inline constexpr char kAttributeOfTheRow[] = "attribute-of-the-row";
inline constexpr char kAttributeGiven[] = "attribute-given";
inline constexpr char kAttributeYear[] = "attribute-year";
inline constexpr char kAttributeChoice[] = "attribute-choice";
inline constexpr char kEarlierRevision[] = "earlier-revision";
inline constexpr char kFormulaFault[] = "formula-fault";
inline constexpr char kUnfitText[] = "unfit-text";
inline constexpr char kTextTooLong[] = "text-too-long";

// Of a set as it would be signed.
inline constexpr char kOtherFramework[] = "other-framework";
inline constexpr char kBeyondLimits[] = "beyond-limits";
inline constexpr char kYearWaits[] = "year-waits";

// Of the checks, which an import looks at too.
inline constexpr char kInRange[] = "in-range";
inline constexpr char kDepartureStated[] = "departure-stated";
inline constexpr char kRegionNamed[] = "region-named";

}  // namespace hansa::node::domain::rule_id

#endif  // HANSA_NODE_DOMAIN_PROBLEM_RULES_H_
