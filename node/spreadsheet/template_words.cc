#include "node/spreadsheet/template_words.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace hansa::node::spreadsheet {

absl::string_view TemplateLanguage(absl::string_view language) {
  const absl::string_view primary = language.substr(0, language.find('-'));
  return absl::EqualsIgnoreCase(primary, "ko") ? "ko" : "en";
}

const TemplateWords& Words() {
  static const auto& words = *new TemplateWords{
      .fill_in_sheet = {"Fill in", "입력"},
      .definitions_sheet = {"Definitions", "정의"},
      .help_sheet = {"Help", "도움말"},
      .table_sheet = {"Table", "표"},
      .problems_sheet = {"Problems", "문제 목록"},
      .title = {"Yearly indicators", "연간 지표"},
      .department = {"Department", "담당 부서"},
      .by_experts = {"Rated by experts; a city does not rate itself.",
                     "전문가가 평가하는 항목입니다. 도시가 스스로 평가하지 않습니다."},
      .no_data = {"No data: ", "자료 없음: "},
      .choose = {"Choose from the list.", "목록에서 고르십시오."},
      .refused = {"This cannot stand here", "입력할 수 없는 값입니다"},
      .four_digits = {"A year of four digits, such as 2023.", "2023처럼 네 자리 연도로 입력하십시오."},
      .feature = {"Feature", "핵심 특징"},
      .cell = {"Cell id", "칸 식별자"},
      .measurement = {"Measurement", "측정 항목"},
      .definition = {"Definition", "정의"},
      .counted = {"What is counted", "집계 대상"},
      .population = {"Population", "대상 인구"},
      .denominator = {"Denominator", "분모"},
      .reference_period = {"Reference period", "기준 기간"},
      .unit = {"Unit", "단위"},
      .range = {"Range", "허용 범위"},
      .source_kinds = {"Expected source", "자료원"},
      .direction = {"Direction", "방향"},
      .checks = {"Checks", "점검 규칙"},
      .notes = {"Notes", "편집자 설명"},
      .rise = {"A rise is a step towards the feature.", "값이 오르면 핵심 특징에 가까워집니다."},
      .fall = {"A fall is a step towards the feature.", "값이 내리면 핵심 특징에 가까워집니다."},
      .total_between_members = {"The total lies between the values of its parts.",
                                "합계는 구분별 값 사이에 있어야 합니다."},
      .sum_at_most_100 = {"Together the parts are at most 100.", "구분별 값의 합은 100을 넘지 않아야 합니다."},
      .whole_number = {"a whole number", "정수"},
      .from = {"from ", ""},
      .to = {" to ", "부터 "},
      .up_to = {"", "까지"},
      .at_least = {"at least ", ""},
      .or_more = {"", " 이상"},
      .how_to = {"How to fill it in", "작성 안내"},
      .other_language = {"There are no texts in this language, so those of this form are in English. The codes of the "
                         "columns are the same in every language.",
                         "이 언어로 된 문구가 없어 이 양식의 문구는 영어입니다. 열의 코드는 모든 언어에서 같습니다."},
      .columns = {"Columns", "열 설명"},
      .codes_of = {"Codes for", "코드 목록:"},
      .attributes_meaning = {"Asked for in a few rows only; the other rows are closed here.",
                             "일부 항목에서만 묻습니다. 나머지 행에는 입력할 수 없습니다."},
      .scale = {"Scale", "척도"},
      .row = {"Row", "행"},
      .column = {"Column", "열"},
      .what = {"What is wrong", "문제"},
      .remedy = {"What to do", "조치"},
      .rule = {"Rule", "규칙"},
      .kind = {"Kind", "구분"},
      .error = {"Error", "오류"},
      .warning = {"Warning", "경고"},
      .problems = {"Problems of this row", "이 행의 문제"},
  };
  return words;
}

const std::vector<NamedCode>& ColumnsBeforeAttributes() {
  static const auto& columns = *new std::vector<NamedCode>{
      {"cell",
       {"Cell id", "칸 식별자"},
       {"The cell of the framework that the row answers. Do not change it.",
        "이 행이 답하는 지표 체계의 칸입니다. 바꾸지 마십시오."}},
      {"year",
       {"Year of the data", "자료 연도"},
       {"The year that the value is reported for. Do not change it.", "값을 보고하는 연도입니다. 바꾸지 마십시오."}},
      {"title",
       {"Measurement", "측정 항목"},
       {"Name of the measurement, and the part of it that is asked for.", "측정 항목의 이름과 구분입니다."}},
      {"definition",
       {"Definition", "정의"},
       {"What is measured, in the framework's words.", "무엇을 측정하는지 지표 체계의 문구로 적은 것입니다."}},
      {"other_wording",
       {"Definition in the other language", "다른 언어의 정의"},
       {"Where the English and the Korean text do not ask quite the same: the other one.",
        "영문과 국문의 뜻이 완전히 같지 않은 항목에서 다른 언어로 적힌 정의입니다."}},
      {"difference",
       {"Difference between the two", "두 정의의 차이"},
       {"What differs between the two texts.", "영문 정의와 국문 정의가 서로 다른 점입니다(영문으로 적혀 있습니다)."}},
      {"unit",
       {"Unit", "단위"},
       {"The unit of the value, as a code. Convert your figure; do not change the unit.",
        "값의 단위 코드입니다. 단위를 바꾸지 말고 값을 이 단위로 환산하십시오."}},
      {"expected_source",
       {"Expected source", "자료원"},
       {"Who the framework expects the figure from.", "지표 체계가 정한 자료 제공 주체입니다."}},
      {"last_year_value",
       {"Value of the year before", "전년도 값"},
       {"What the city reported the year before, for comparison with its own past.",
        "도시가 전년도에 보고한 값입니다. 자기 도시의 지난 값과 견주어 보십시오."}},
      {"last_year_source",
       {"Source of the year before", "전년도 출처"},
       {"Where that value came from.", "전년도 값의 출처입니다."}},
      {"last_year_note",
       {"Note of the year before", "전년도 설명"},
       {"What was said of it.", "전년도 값에 붙인 설명입니다."}},
      {"value",
       {"Value", "값"},
       {"The figure: digits with a full stop before the decimals, without a unit, and without commas between "
        "thousands.",
        "숫자만 입력하십시오. 소수점은 마침표(.)로 쓰고, 단위와 천 단위 쉼표는 쓰지 마십시오."}},
      {"no_data_reason",
       {"Reason for no data", "자료 없음 사유"},
       {"Why there is no value. This is an answer too. Leave it empty where there is a value.",
        "값이 없는 사유입니다. 사유를 적는 것도 답변입니다. 값이 있으면 비워 두십시오."}},
      {"source_kind",
       {"Kind of source", "자료 구분"},
       {"Official data or a survey. Needed where the row allows both.",
        "공식 자료인지 설문 조사인지 고르십시오. 둘 다 쓸 수 있는 항목에서는 반드시 골라야 합니다."}},
      {"source",
       {"Source", "출처"},
       {"The publication, register or survey that the value is taken from. Needed beside every value.",
        "값을 가져온 간행물, 대장 또는 조사의 이름입니다. 값이 있으면 반드시 적으십시오."}},
      {"supplier",
       {"Supplied by", "자료 제공 기관"},
       {"The office or agency that supplied the figure.", "자료를 제공한 부서나 기관입니다."}},
      {"licence",
       {"Licence", "이용 조건"},
       {"The terms under which the figure may be used again.", "자료를 다시 이용할 수 있는 조건입니다."}},
      {"period",
       {"Period", "기간"},
       {"The time the figure covers, if not the calendar year.",
        "자료가 다루는 기간입니다. 역년과 같으면 비워 두십시오."}},
      {"area",
       {"Area", "지역"},
       {"The area the figure covers, if not the city.", "자료가 다루는 지역입니다. 도시 전체이면 비워 두십시오."}},
      {"level",
       {"Level of the area", "지역 범위"},
       {"Whether the figure is about the city or a wider region.",
        "자료가 도시에 관한 것인지 더 넓은 지역에 관한 것인지 고르십시오."}},
      {"match",
       {"Match with the definition", "정의와의 일치"},
       {"How near the figure comes to the definition.", "자료가 정의와 얼마나 일치하는지 고르십시오."}},
      {"derivation_note",
       {"How it was derived", "산출 방법"},
       {"How the value was computed, and how it departs from the definition.",
        "값을 어떻게 산출했는지, 정의와 어떤 점이 다른지 적으십시오."}},
      {"language",
       {"Language of the definition", "정의의 언어"},
       {"The language of the definition that the value follows, such as en or ko.",
        "값이 따르는 정의의 언어입니다(예: en, ko)."}},
  };
  return columns;
}

const std::vector<NamedCode>& ColumnsAfterAttributes() {
  static const auto& columns = *new std::vector<NamedCode>{
      {"note", {"Note", "설명"}, {"What readers of the value should know.", "값을 읽는 사람이 알아야 할 사항입니다."}},
      {"approved_by",
       {"Approved by", "승인자"},
       {"The role that approved the value, such as 'head of statistics'. Never the name of a person.",
        "값을 승인한 직위입니다(예: 통계과장). 사람 이름은 적지 마십시오."}},
      {"revision",
       {"Made from revision", "바탕이 된 수정본"},
       {"The revision that was published last when this file was made, 0 where none was, so that a later one is not "
        "undone unseen. Do not change it.",
        "이 파일을 만들 때 마지막으로 발행된 수정본이며, 없었으면 0입니다. 그 뒤의 수정본을 모르는 사이에 되돌리지 "
        "않도록 바꾸지 "
        "마십시오."}},
  };
  return columns;
}

const std::vector<NamedCode>& MatchCodes() {
  static const auto& codes = *new std::vector<NamedCode>{
      {"exact", {"Exact", "일치"}, {"Measures what the definition says.", "정의와 같은 것을 측정함"}},
      {"close",
       {"Close", "유사"},
       {"The same with a small difference, such as other limits of age. Say which in a note.",
        "같은 것을 측정하나 연령 범위 등 작은 차이가 있음. 차이를 설명에 적으십시오."}},
      {"proxy",
       {"Proxy", "대리"},
       {"Something else that stands near it. Publishing needs the difference in a note.",
        "정의에 가까운 다른 것을 측정함. 발행하려면 차이를 설명에 적어야 합니다."}},
      {"approximate",
       {"Approximate", "근사"},
       {"The area or the population is not quite the city's. Publishing needs the difference in a note.",
        "지역이나 대상 인구가 도시와 완전히 같지 않음. 발행하려면 차이를 설명에 적어야 합니다."}},
  };
  return codes;
}

const std::vector<NamedCode>& LevelCodes() {
  static const auto& codes = *new std::vector<NamedCode>{
      {"city", {"City", "도시"}, {"The figure is about the city itself.", "도시 자체에 관한 자료"}},
      {"region",
       {"Region", "광역 지역"},
       {"The figure is about the wider area around the city. Name it in the column 'area'.",
        "도시가 속한 더 넓은 지역에 관한 자료. 'area' 열에 지역 이름을 적으십시오."}},
  };
  return codes;
}

namespace {

const std::vector<NamedCode>& ChoiceCodes() {
  static const auto& codes = *new std::vector<NamedCode>{
      {"turnover", {"By turnover", "매출액 기준"}, {}},
      {"employees", {"By number of staff", "종사자 수 기준"}, {}},
      {"ppp", {"Purchasing power parity", "구매력평가"}, {}},
      {"market_exchange_rate", {"Market exchange rate", "시장 환율"}, {}},
      {"1.25_ppp_2005", {"1.25 US$ a day, parity of 2005", "하루 1.25달러(2005년 구매력평가)"}, {}},
      {"filed", {"Applications filed", "출원"}, {}},
      {"granted", {"Patents granted", "등록"}, {}},
      {"mean", {"Mean of the answers", "응답의 평균"}, {}},
      {"median", {"Median of the answers", "응답의 중앙값"}, {}},
      {"mode", {"Commonest answer", "응답의 최빈값"}, {}},
      {"in_the_year", {"Developed in the year", "해당 연도에 개발"}, {}},
      {"in_all", {"Developed so far, in all", "지금까지 개발한 전체"}, {}},
      {"other", {"Other; say what in a note", "기타(설명에 적으십시오)"}, {}},
  };
  return codes;
}

}  // namespace

std::string ChoiceLine(absl::string_view choice, absl::string_view language) {
  for (const NamedCode& code : ChoiceCodes()) {
    if (code.code == choice) return absl::StrCat(choice, ": ", code.label.In(language));
  }
  return std::string(choice);
}

const std::vector<NamedCode>& HelpTopics() {
  static const auto& topics = *new std::vector<NamedCode>{
      {"1",
       {"Filling in", "작성 방법"},
       {"Fill in the white cells of the first sheet, save the file as a workbook (.xlsx), and import it. Grey cells "
        "are there to be read and are not imported.",
        "첫째 시트의 흰색 칸을 채우고 통합 문서(.xlsx)로 저장한 뒤 가져오기를 하십시오. 회색 칸은 참고용이며 가져오지 "
        "않습니다."}},
      {"2",
       {"Rows left blank", "빈 행"},
       {"A row that is left blank changes nothing: what was reported before stays as it is.",
        "비워 둔 행은 아무것도 바꾸지 않습니다. 이전에 보고한 내용이 그대로 남습니다."}},
      {"3",
       {"No data", "자료 없음"},
       {"'No data' is an answer. If a figure does not exist, leave the value empty and write the reason in the column "
        "'no_data_reason'. Never write 0 for a figure that is not known.",
        "'자료 없음'도 답변입니다. 자료가 없으면 값을 비워 두고 'no_data_reason' 열에 사유를 적으십시오. 모르는 값을 "
        "0으로 적지 마십시오."}},
      {"4",
       {"Units", "단위"},
       {"Give every value in the unit of its row. Percentages are the number of percent: 73.5, not 0.735, and without "
        "the sign %.",
        "모든 값은 해당 행의 단위로 적으십시오. 백분율은 0.735가 아니라 73.5처럼 적고 % 기호는 쓰지 마십시오."}},
      {"5",
       {"Decimals", "소수점"},
       {"The sign before decimals is a full stop. Do not put commas or spaces between thousands.",
        "소수점은 마침표(.)입니다. 천 단위에 쉼표나 빈칸을 넣지 마십시오."}},
      {"6",
       {"Sources", "출처와 추가 항목"},
       {"Beside every value, name its source. Where a row asks for more, such as the year of an election, that column "
        "is open in the row and has to be filled in too.",
        "모든 값에는 출처를 적으십시오. 선거 실시 연도처럼 추가로 묻는 항목이 있으면 그 행의 해당 열이 열려 있으며, 그 "
        "열도 채워야 합니다."}},
      {"7",
       {"Rows rated by experts", "전문가 평가 항목"},
       {"Rows that experts rate are closed: a city does not rate itself. It may say why there is no data.",
        "전문가가 평가하는 항목의 값은 입력할 수 없습니다. 도시가 스스로 평가하지 않기 때문입니다. 자료 없음 사유는 "
        "적을 수 있습니다."}},
      {"8",
       {"Two wordings", "영문과 국문의 차이"},
       {"Where the English and the Korean definitions differ, say in the column 'language' which of them the value "
        "follows.",
        "영문 정의와 국문 정의가 다른 항목에서는 값이 어느 쪽을 따르는지 'language' 열에 적으십시오."}},
      {"9",
       {"What to leave alone", "그대로 둘 것"},
       {"Keep the row of codes (row 3) and the column 'cell': the import finds its way by them. Columns and rows may "
        "be resized.",
        "코드가 적힌 3행과 'cell' 열은 그대로 두십시오. 가져오기가 이를 기준으로 칸을 찾습니다. 열과 행의 크기는 "
        "조절해도 됩니다."}},
  };
  return topics;
}

std::string RangeText(const catalogue::Measurement& measurement, absl::string_view language) {
  const TemplateWords& w = Words();
  const auto in = [&](const Text& text) -> const std::string& { return text.In(language); };
  std::string range;
  if (measurement.range.max) {
    range = absl::StrCat(in(w.from), measurement.range.min, in(w.to), *measurement.range.max, in(w.up_to));
  } else {
    range = absl::StrCat(in(w.at_least), measurement.range.min, in(w.or_more));
  }
  if (measurement.value_type != catalogue::ValueType::kInteger) return range;
  return absl::StrCat(in(w.whole_number), ", ", range);
}

}  // namespace hansa::node::spreadsheet
