"""The table of bad inputs: what is typed or handed in, on which node, the exit code, and what the one line must say.

Words may name files by {name}: those of files_for_tables() and files_for_membership(), and those that the network of
bad_input_test.py has ({charter}, {bonn_application}, …).
"""

import json
from dataclasses import dataclass

from bad_records import record_cases

from demo_network.programs import FAILED, NOT_FOUND, REFUSED, UNREACHABLE, USAGE

HEAD = "city,country,measurement_id,year,breakdown,value,unit,source_kind,source,licence,level,match,note"
RATE = "1.2.2/unemployment-rate"


def row(city="Bristol", country="GBR", cell=RATE, year="2020", breakdown="total", value="4.4", unit="percent",
        kind="official_data", source="a register", licence="OGL-UK-3.0", level="city", match="exact", note=""):
    return ",".join((city, country, cell, year, breakdown, value, unit, kind, source, licence, level, match, note))


def lines(*rows, head=HEAD):
    return ("\n".join((head, *rows)) + "\n").encode()


# Tables, each with one thing wrong. Name → bytes.
TABLES = {
    "empty": b"",
    "blank_lines": b"\n\n\n",
    "latin1": lines(row(note="café")).decode().encode("latin-1"),
    "utf16_without_a_mark": lines(row()).decode().encode("utf-16-le"),
    "binary": bytes(range(256)) * 40,
    "workbook": b"PK\x03\x04" + bytes(200),
    "nul": lines(row(note="a\0b")),
    "unclosed": lines(row(note='"never ends')),
    "too_many_fields": lines(row() + ",one more"),
    "column_twice": lines(row() + ",x", head=HEAD + ",note"),
    "no_cell_column": lines("Bristol,2020,4.4", head="city,year,value"),
    "no_value_column": lines(f"{RATE},2020", head="measurement_id,year"),
    "duplicate": lines(row(), row(value="4.5")),
    "unknown_cell": lines(row(cell="9.9.9/happiness", breakdown="")),
    "unknown_breakdown": lines(row(breakdown="left-handed")),
    "other_city": lines(row(city="Derby")),
    "other_country": lines(row(country="USA")),
    "mixed_cities": lines(row(), row(city="Derby")),
    "country_level": lines(row(level="country")),
    "region_without_area": lines(row(level="region")),
    "unknown_level": lines(row(level="planet")),
    "decimal_comma": lines(row(value='"4,4"')),
    "grouped": lines(row(value='"1,234.5"')),
    "exponent": lines(row(value="4e2")),
    "leading_zero": lines(row(value="04.4")),
    "too_many_digits": lines(row(value="1" * 16)),
    "too_many_decimals": lines(row(value="4." + "4" * 10)),
    "formula": lines(row(value="=1+1")),
    "words_for_value": lines(row(value="about four")),
    "not_a_number": lines(row(value="NaN")),
    "above_100_percent": lines(row(value="140")),
    "below_0_percent": lines(row(value="-4")),
    "other_unit": lines(row(unit="tonnes-per-capita")),
    "unknown_source_kind": lines(row(kind="hearsay")),
    "unknown_match": lines(row(match="roughly")),
    "year_in_words": lines(row(year="last year")),
    "year_far_off": lines(row(year="3020")),
    "no_year": lines(f"{RATE}#total,4.4", head="cell,value"),
    "long_note": lines(row(note="n" * 2001)),
}

# A table that is taken into the draft, and a draft that no city may publish: a proxy without a word of how it is one.
PROXY = lines(row(match="proxy", year="2001"))


@dataclass(frozen=True)
class Case:
    """One bad input. `program` is "hansa" or "hansad"; `node` is whose data folder is named, None for none."""

    name: str
    words: str
    code: int
    says: str
    node: str = "gb-bristol"
    stdin: bytes = None
    lists: bool = False  # people get a list of problems on standard output, which has what it `says`
    program: str = "hansa"
    json: bool = True  # with --json one object and nothing else


def typing():
    yield Case("a mistyped command", "statsu", USAGE, "did you mean `hansa status`")
    yield Case("half a command", "import", USAGE, "did you mean `hansa indicators import`")
    yield Case("a mistyped second word", "indicators pubish", USAGE, "did you mean `hansa indicators publish`")
    yield Case("no command", "", USAGE, "`hansa help`")
    yield Case("a group alone", "indicators", USAGE, "publish")
    yield Case("a mistyped option", "status --chekc", USAGE, "did you mean --check")
    yield Case("an option of nobody", "members --by-value", USAGE, "--help")
    yield Case("a word too many", "members now", USAGE, "type `hansa members`")
    yield Case("an argument missing", "indicators import", USAGE, "FILE")
    yield Case("an option's value missing", "indicators publish --year", USAGE, "--year")
    yield Case("a value for a flag", "status --check=no", USAGE, "--check takes no value")
    yield Case("an option twice", "indicators publish --year 2019 --year 2020", USAGE, "--year")
    yield Case("a language it does not have", "--lang tlh catalogue", USAGE, "en")
    yield Case("an empty folder name", "--data= status", USAGE, "--data", node=None)
    yield Case("help on nothing there is", "help flying", NOT_FOUND, "`hansa help`")


def questions():
    yield Case("a member nobody knows", "member gb-atlantis", NOT_FOUND, "gb-atlantis")
    yield Case("feeds of a member nobody knows", "feeds gb-atlantis", NOT_FOUND, "gb-atlantis")
    yield Case("verifying a member nobody knows", "verify gb-atlantis", NOT_FOUND, "gb-atlantis")
    yield Case("a slug that is none", "member Bristol!", NOT_FOUND, "Bristol!")
    yield Case("values of a member nobody knows", "indicators show --member gb-atlantis", NOT_FOUND, "gb-atlantis")
    yield Case("values of a year in words", "indicators show --year twenty", USAGE, "--year")
    yield Case("values of a year that is none", "indicators show --year 0", USAGE, "year")
    yield Case("the past of a cell nobody has", "indicators history 9.9.9/happiness", NOT_FOUND, "9.9.9/happiness")
    yield Case("the past at a member nobody knows", f"indicators history {RATE}#total --member gb-atlantis", NOT_FOUND,
               "gb-atlantis")
    yield Case("a feature that is none", "catalogue 7.7.7", NOT_FOUND, "7.7.7", node=None)
    yield Case("a measurement that is none", "catalogue 1.2.2/employment-rate", NOT_FOUND, "employment-rate", node=None)
    yield Case("a peer that is no address", "peer add hub", USAGE, "hub")
    yield Case("a peer with a port too large", "peer add 127.0.0.1:70000", USAGE, "70000")
    yield Case("removing a peer that was not added", "peer remove 127.0.0.1:4", NOT_FOUND, "peers")


def tables():
    for name, says in (
        ("empty", ""), ("blank_lines", ""), ("latin1", "UTF-8"), ("utf16_without_a_mark", "UTF-8"), ("binary", "UTF-8"),
        ("workbook", ""), ("nul", ""), ("unclosed", ""), ("too_many_fields", ""), ("column_twice", "note"),
        ("no_cell_column", "cell"), ("no_value_column", "value"), ("duplicate", ""), ("unknown_cell", ""),
        ("unknown_breakdown", ""), ("other_city", ""), ("other_country", ""), ("mixed_cities", ""),
        ("country_level", ""), ("region_without_area", ""), ("unknown_level", ""), ("decimal_comma", ""),
        ("grouped", ""), ("exponent", ""), ("leading_zero", ""), ("too_many_digits", ""), ("too_many_decimals", ""),
        ("formula", ""), ("words_for_value", ""), ("not_a_number", ""), ("above_100_percent", ""),
        ("below_0_percent", ""), ("other_unit", ""), ("unknown_source_kind", ""), ("unknown_match", ""),
        ("year_in_words", ""), ("year_far_off", ""), ("no_year", "year"), ("long_note", ""),
    ):
        yield Case(f"a table: {name.replace('_', ' ')}", f"indicators import {{{name}}}", REFUSED, says, lists=True)
    yield Case("a table from standard input", "indicators import -", REFUSED, "", stdin=TABLES["other_city"], lists=True)
    yield Case("a table that is not there", "indicators import {missing}", NOT_FOUND, "missing")
    yield Case("a folder for a table", "indicators import {folder}", USAGE, "folder")
    yield Case("a table beyond all measure", "indicators import {huge}", USAGE, "longer")
    yield Case("a table for a year in words", "indicators import {proxy} --year then", USAGE, "--year")
    yield Case("a table for a year that is none", "indicators import {proxy} --year 99999", USAGE, "year")


def publishing():
    yield Case("publishing what has errors", "indicators publish --year 2001", REFUSED, "note")
    yield Case("publishing a year of nothing", "indicators publish --year 1950", NOT_FOUND, "1950")
    yield Case("publishing for a year in words", "indicators publish --year soon", USAGE, "--year")
    yield Case("a reason beyond all measure", "indicators publish --year 2019 --reason {long_text}", USAGE, "reason")
    yield Case("publishing before admission", "indicators publish --year 2020", REFUSED, "admit", node="gb-leeds")
    yield Case("a partner's indicators", "indicators import {proxy}", REFUSED, "cit", node="gb-partner")
    yield Case("a partner's publishing", "indicators publish --year 2020", REFUSED, "cit", node="gb-partner")
    yield Case("a partner's cell", "indicators set 1.1.1/adult-literacy-rate#total 97 --year 2020", REFUSED, "may publish",
               node="gb-partner")
    yield Case("a partner's report for review", "review submit {proxy} --features 2.6.1", REFUSED, "rates no city",
               node="gb-partner")
    yield Case("a partner's rating", "review publish {proxy}", REFUSED, "rates no city", node="gb-partner")
    yield Case("a partner's survey", "survey enter {proxy}", REFUSED, "rates no city", node="gb-partner")
    yield Case("the hub's publishing", "indicators publish --year 2020", REFUSED, "cit", node="int-uil")
    yield Case("a check of a year in words", "indicators check --year soon", USAGE, "--year")


def unreachable():
    for words in ("status", "members", "feeds", "peers", "verify", "reindex", "indicators show", "roster log",
                  "indicators publish", "indicators import {proxy}", "peer add 127.0.0.1:4000"):
        yield Case(f"no node: {words.split('{')[0].strip()}", words, UNREACHABLE, "hansad", node="gb-authority")
    yield Case("a socket that is not there", "--socket {missing} status", UNREACHABLE, "hansad", node=None)
    yield Case("a folder that is not there", "--data {missing} status", UNREACHABLE, "hansad", node=None)


def setting_up():
    init = "--data {new} init --charter {charter} "
    city = init + "--kind city --name Leeds --country GBR "
    yield Case("a slug in capitals", city + "--slug GB-Leeds", USAGE, "lower-case", node=None)
    yield Case("a slug of another country", city + "--slug de-leeds", USAGE, "gb-", node=None)
    yield Case("a slug beyond all measure", city + "--slug gb-" + "a" * 61, USAGE, "63", node=None)
    yield Case("a country that is none", init + "--kind city --name Leeds --slug gb-leeds --country XYZ", USAGE, "XYZ",
               node=None)
    yield Case("a city of no country", init + "--kind city --name Leeds --slug int-leeds --country INT", USAGE, "country",
               node=None)
    yield Case("a kind that is none", init + "--kind village --name Leeds --slug gb-leeds --country GBR", USAGE, "city",
               node=None)
    yield Case("a name of nothing", init + "--kind city --name {nothing} --slug gb-leeds --country GBR", USAGE, "name",
               node=None)
    yield Case("an endpoint without a port", city + "--slug gb-leeds --endpoint leeds.example", USAGE, "PORT", node=None)
    yield Case("an endpoint with port 0", city + "--slug gb-leeds --endpoint 127.0.0.1:0", USAGE, "port", node=None)
    yield Case("a charter that is not there", "--data {new} init --charter {missing} --kind city --slug gb-leeds "
               "--name Leeds --country GBR", NOT_FOUND, "missing", node=None)
    yield Case("a charter that is no JSON", "--data {new} init --charter {not_json} --kind city --slug gb-leeds "
               "--name Leeds --country GBR", USAGE, "charter", node=None)
    yield Case("a charter with another root key", "--data {new} init --charter {altered_charter} --kind city "
               "--slug gb-leeds --name Leeds --country GBR", USAGE, "charter", node=None)
    yield Case("a folder that is somebody already", "init --charter {charter} --kind city --slug gb-leeds --name Leeds "
               "--country GBR", REFUSED, "gb-bristol")
    yield Case("applying as nobody", "--data {new} apply -o {out}", NOT_FOUND, "hansa init", node=None)
    yield Case("a mayor's words for a partner", "apply --mayor Welcome -o {out}", USAGE, "mayor", node="gb-partner")
    found = "network found --out {new} --name Test "
    yield Case("a network without a hub address", found + "--hub somewhere", USAGE, "PORT", node=None)
    yield Case("a network of no name", "network found --out {new} --name {nothing} --hub 127.0.0.1:7400", USAGE, "name",
               node=None)
    yield Case("a threshold above the keys", found + "--hub 127.0.0.1:7400 --root-keys 2 --threshold 3", USAGE,
               "threshold", node=None)
    yield Case("no officer", found + "--hub 127.0.0.1:7400 --officers 0", USAGE, "officers", node=None)
    yield Case("a network where one is", "network found --out {network} --name Test --hub 127.0.0.1:7400", REFUSED,
               "network", node=None)


def joining():
    for name, says in (("empty_file", ""), ("not_json", ""), ("binary_file", ""), ("charter", "application"),
                       ("bonn_recommendation", "application")):
        yield Case(f"admitting {name.replace('_', ' ')}", f"admit {{{name}}}", USAGE, says, node="int-uil")
        yield Case(f"recommending {name.replace('_', ' ')}", f"recommend {{{name}}} --reason R -o {{out}}", USAGE, says,
                   node="de-authority")
    yield Case("admitting a file that is not there", "admit {missing}", NOT_FOUND, "missing", node="int-uil")
    yield Case("admitting a folder", "admit {folder}", USAGE, "folder", node="int-uil")
    for name in ("signature", "body", "slug", "name", "country"):
        yield Case(f"an application with another {name}", f"admit {{altered_{name}}}", REFUSED, "", node="int-uil")
        yield Case(f"recommending one with another {name}", f"recommend {{altered_{name}}} --reason R -o {{out}}", REFUSED,
                   "", node="de-authority")
    yield Case("an application to another network", "admit {foreign_application}", REFUSED, "network", node="int-uil")
    yield Case("a city without a recommendation", "admit {bonn_application}", REFUSED, "hansa recommend", node="int-uil")
    yield Case("a recommendation of another city", "admit {bonn_application} --recommendation {dresden_recommendation}",
               REFUSED, "recommend", node="int-uil")
    yield Case("a recommendation that was altered", "admit {bonn_application} --recommendation {altered_recommendation}",
               REFUSED, "", node="int-uil")
    yield Case("a deferral for a recommendation", "admit {bonn_application} --recommendation {bonn_deferral}", USAGE,
               "recommendation", node="int-uil")
    yield Case("a recommendation that is not there", "admit {bonn_application} --recommendation {missing}", NOT_FOUND,
               "missing", node="int-uil")
    yield Case("a recommendation that is no JSON", "admit {bonn_application} --recommendation {not_json}", USAGE, "",
               node="int-uil")
    yield Case("admitting on a city's node", "admit {bonn_application} --recommendation {bonn_recommendation}", REFUSED,
               "hub")
    yield Case("recommending another country's city", "recommend {bonn_application} --reason R -o {out}", REFUSED, "DEU",
               node="gb-authority")
    yield Case("deferring another country's city", "defer {bonn_application} --reason R -o {out}", REFUSED, "DEU",
               node="gb-authority")
    yield Case("recommending as a city", "recommend {bonn_application} --reason R -o {out}", REFUSED, "authority")
    yield Case("recommending a partner", "recommend {partner_application} --reason R -o {out}", REFUSED, "cities",
               node="gb-authority")
    yield Case("recommending without a reason", "recommend {bonn_application} -o {out}", USAGE, "--reason",
               node="de-authority")
    yield Case("recommending into a folder that is not there", "recommend {bonn_application} --reason R -o {missing}/out",
               NOT_FOUND, "missing", node="de-authority")
    yield Case("an approval for another proposal", "admit {france_application} --approval {other_approval}", REFUSED,
               "", node="int-uil")
    yield Case("an approval that is no JSON", "admit {france_application} --approval {not_json}", USAGE, "",
               node="int-uil")


def approving():
    approve = "approve {proposal} -o {out} --key "
    yield Case("approving no JSON", "approve {not_json} --key {officer} -o {out}", USAGE, "proposal", node=None)
    yield Case("approving other words than the proposal's", "approve {altered_proposal} --key {officer} -o {out}", REFUSED,
               "altered", node=None)
    yield Case("approving what is not there", "approve {missing} --key {officer} -o {out}", NOT_FOUND, "missing", node=None)
    yield Case("approving with no key", approve + "{missing}", NOT_FOUND, "missing", node=None)
    yield Case("approving with a key that others can read", approve + "{open_key}", REFUSED, "chmod", node=None)
    yield Case("approving with a key that is none", approve + "{not_a_key}", USAGE, "key", node=None)


def daemons():
    def case(name, words, code, says):
        return Case(f"hansad: {name}", words, code, says, node=None, program="hansad", json=False)

    yield case("no folder", "", USAGE, "--data")
    yield case("an option of nobody", "--data {new} --fast", USAGE, "--help")
    yield case("a word too many", "--data {new} now", USAGE, "--help")
    yield case("a folder that is not there", "--data {missing}", FAILED, "hansa init")
    yield case("a folder with nothing in it", "--data {folder}", FAILED, "hansa init")
    yield case("a file for a folder", "--data {not_json}", FAILED, "")
    yield case("an address that is none", "--data {stopped} --listen nowhere", FAILED, "nowhere")
    yield case("a port too large", "--data {stopped} --listen 127.0.0.1:70000", FAILED, "70000")
    yield case("a port that somebody has", "--data {stopped} --listen {hub_address}", FAILED, "{hub_address}")
    yield case("an address of another machine", "--data {stopped} --listen 192.0.2.1:7400", FAILED, "192.0.2.1")
    yield case("a second node on one folder", "--data {bristol}", FAILED, "{bristol_pid}")
    yield case("a key that others can read", "--data {careless}", FAILED, "chmod")
    yield case("a key folder that is no node", "--data {expert}", FAILED, "key")
    yield case("a configuration that is not there", "--config {missing}", USAGE, "missing")
    yield case("a configuration that is none", "--config {not_json}", USAGE, "not_json")
    yield case("a configuration with a word nobody knows", "--config {odd_config}", USAGE, "colour")


def records():
    yield from record_cases(Case)


def all_cases():
    for group in (typing, questions, tables, publishing, records, unreachable, setting_up, joining, approving, daemons):
        yield from group()


def altered_json(text, key, change):
    """A JSON file with one of its values changed."""
    value = json.loads(text)
    value[key] = change(value[key])
    return json.dumps(value, ensure_ascii=False).encode()
