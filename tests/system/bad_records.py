"""Bad input about practices, offers, partnerships and following: files, and the cases for the table of bad_inputs.py.

Words may name files by {name}; {practice}, {offer}, {past}, {closed}, {theirs} and {partnership} are ids of records that the
network of bad_input_test.py has: Bristol's but for {theirs}, which is the partner's.
"""

import json

from demo_network.programs import NOT_FOUND, REFUSED, UNREACHABLE, USAGE

PRACTICE = {"title": "A festival", "language": "en", "summary": "Invented for this test.", "feature_ids": ["2.6.1"]}
OFFER = {"title": "An exchange", "language": "en", "kind": "exchange", "status": "example", "partners": "several",
         "summary": "Invented for this test."}


def record(base=PRACTICE, **changes):
    """`base` with changes; None leaves a field out."""
    return json.dumps({key: value for key, value in {**base, **changes}.items() if value is not None}).encode()


def markdown(head, body="## Problem\n\nToo few places.\n"):
    return f"+++\n{head}\n+++\n\n{body}".encode()


SOUND_HEAD = 'title = "A festival"\nlanguage = "en"\nsummary = "Invented."'

# Practices, each with one thing wrong. Name → (bytes, what the line says).
PRACTICES = {
    "p_empty": (b"", "empty"),
    "p_no_json": (b"{ this is no JSON }", "JSON"),
    "p_no_form": (b"A festival in every street.", "+++"),
    "p_list": (b"[" + record() + b"]", "object"),
    "p_two_objects": (record() + record(), "one object"),
    "p_twice": (b'{"title": "A", "title": "B", "language": "en"}', "title"),
    "p_no_title": (record(title=None), "title"),
    "p_no_language": (record(language=None), "language"),
    "p_long_title": (record(title="t" * 2000), "title"),
    "p_number_for_text": (record(title=7), "title"),
    "p_unknown_field": (record(titel="x"), "titel"),
    "p_person": (record(contact={"name": "Jane Example"}), "name"),
    "p_author": (record(author="Jane Example"), "author"),
    "p_language": (record(language="english"), "language"),
    "p_feature": (record(feature_ids=["9.9.9"]), "9.9.9"),
    "p_action": (record(actions=["BD13.1"]), "BD13.1"),
    "p_year": (record(year=20240), "year"),
    "p_link": (record(links=[{"url": "javascript:alert(1)"}]), "javascript"),
    "p_direction": (record(title="A festival \u202elavitsef"), "202E"),
    "p_control": (record(summary="bell \u0007"), "0007"),
    "p_two_lines": (record(title="two\nlines"), "line"),
    "p_latin1": ('{"title": "Fête", "language": "fr"}'.encode("latin-1"), "UTF-8"),
    "p_nul": (b'{"title": "A\0B"}', ""),
    "p_other_city": (record(city="Derby"), "Derby"),
    "p_other_country": (record(country="USA"), "USA"),
    "p_not_for_files": (record(revision_reason="x"), "revision_reason"),
    "p_huge": (record(summary="s" * 2_000_000), "MiB"),
    "m_open_head": (f"+++\n{SOUND_HEAD}\n".encode(), "+++"),
    "m_no_toml": (markdown("title: A festival"), ":2"),
    "m_unknown_section": (markdown(SOUND_HEAD, "## Prablem\n\nx\n"), "prablem"),
    "m_unknown_field": (markdown(SOUND_HEAD + '\ntitel = "x"'), "titel"),
}
OFFERS = {
    "o_no_title": (record(OFFER, title=None), "title"),
    "o_status": (record(OFFER, status="soon"), "soon"),
    "o_status_twice": (record(OFFER, standing="example"), "status"),
    "o_partners": (record(OFFER, partners="many"), "many"),
    "o_deadline": (record(OFFER, deadline="31 March"), "deadline"),
    "o_no_such_day": (record(OFFER, deadline="2027-02-30"), "2027-02-30"),
    "o_time": (record(OFFER, deadline="2027-02-28 25:00"), "25:00"),
    "o_valid_until": (record(OFFER, valid_until="soon"), "valid_until"),
    "o_person": (record(OFFER, contact_person="Jane Example"), "contact_person"),
    "o_other_city": (record(OFFER, offered_by_city="Derby"), "Derby"),
}
RECORD_FILES = {name: content for name, (content, _) in {**PRACTICES, **OFFERS}.items()}


def record_cases(case):
    """The rows; `case` makes one as bad_inputs.Case does."""
    for name, (_, says) in PRACTICES.items():
        yield case(f"a practice: {name}", f"practices add {{{name}}}", USAGE if "other" not in name else REFUSED, says)
    for name, (_, says) in OFFERS.items():
        yield case(f"an offer: {name}", f"offers publish {{{name}}}", USAGE if "other" not in name else REFUSED, says)
    yield case("a practice that is not there", "practices add {missing}", NOT_FOUND, "missing")
    yield case("a folder for a practice", "practices add {folder}", USAGE, "folder")
    yield case("a practice on a node that may not", "practices add {sound}", REFUSED, "admit", node="gb-leeds")
    yield case("showing what is no id", "practices show festival", USAGE, "festival")
    yield case("showing too few digits", "practices show abc", USAGE, "abc")
    yield case("showing what nobody has", "practices show ffffffffff", NOT_FOUND, "ffffffffff")
    yield case("showing an offer as a practice", "practices show {offer}", NOT_FOUND, "practices list")
    yield case("a revision that is not there", "practices show {practice} --revision 9", NOT_FOUND, "9")
    yield case("revising with rubbish", "practices revise {practice} {p_feature}", USAGE, "9.9.9")
    yield case("revising what is another's", "practices revise {theirs} {sound}", REFUSED, "gb-partner")
    yield case("withdrawing what is another's", "practices withdraw {theirs}", REFUSED, "gb-partner")
    yield case("practices of a feature that is none", "practices list --feature 9.9.9", NOT_FOUND, "9.9.9")
    yield case("practices of an action that is none", "practices list --action BD99.1", NOT_FOUND, "BD99.1")
    yield case("practices of nobody", "practices list --city gb-atlantis", NOT_FOUND, "gb-atlantis")
    yield case("practices of no country", "practices list --country XYZ", NOT_FOUND, "XYZ")
    yield case("practices in no language", "practices list --lang english", USAGE, "english")
    yield case("following nobody", "follow gb-atlantis", NOT_FOUND, "gb-atlantis")
    yield case("following oneself", "follow gb-bristol", REFUSED, "gb-bristol")
    yield case("following no collection", "follow gb-partner recipes", USAGE, "recipes")
    yield case("unfollowing nobody", "unfollow gb-atlantis", NOT_FOUND, "gb-atlantis")
    yield case("news since no time", "news --since yesterday", USAGE, "yesterday")
    yield case("news since and new", "news --since 2h --new", USAGE, "--new")
    yield case("watching no times", "watch --count 0", USAGE, "--count")
    yield case("keeping half", "keep half", USAGE, "followed")
    yield case("the hub keeps less", "keep followed", REFUSED, "", node="int-uil")
    yield case("offers in no state", "offers list --state ajar", USAGE, "ajar")
    yield case("offers of nobody", "offers list --city gb-atlantis", NOT_FOUND, "gb-atlantis")
    yield case("an offer that is none", "offers show {practice}", NOT_FOUND, "offers list")
    yield case("replying with nothing", "offers reply {offer} {nothing}", USAGE, "text")
    yield case("replying too much", "offers reply {offer} {long_text}", USAGE, "4000")
    yield case("replying in no way", "offers reply {offer} hello --intent hostile", USAGE, "hostile")
    yield case("replying to the past", "offers reply {past} hello", REFUSED, "past", node="gb-partner")
    yield case("accepting the past", "offers accept {past}", REFUSED, "past", node="gb-partner")
    yield case("accepting after the last day", "offers accept {closed}", REFUSED, "2020-01-31", node="gb-partner")
    yield case("accepting nothing", "offers accept ffffffffff", NOT_FOUND, "ffffffffff")
    yield case("accepting with somebody who has not", "offers accept {for_one} --with gb-partner", REFUSED, "gb-partner")
    yield case("declining one's own", "offers decline {offer}", REFUSED, "withdraw")
    yield case("leaving what one has not signed", "offers leave {partnership}", REFUSED, "", node="int-uil")
    yield case("concluding what is another's", "offers conclude {offer}", REFUSED, "author", node="gb-partner")
    yield case("concluding in no way", "offers conclude {offer} --how loudly", USAGE, "loudly")
    yield case("withdrawing another's offer", "offers withdraw {offer}", REFUSED, "gb-bristol", node="gb-partner")
    yield case("withdrawing a partnership", "offers withdraw {partnership}", REFUSED, "leave")
    yield case("verifying no partnership", "partnerships --verify ffffffffff", NOT_FOUND, "ffffffffff")
    yield case("verifying an offer nobody took up", "partnerships --verify {past}", NOT_FOUND, "")
    yield case("a bundle without a partnership to check", "partnerships --bundle {not_json}", USAGE, "--verify")
    yield case("a bundle that is none", "partnerships --verify {partnership} --bundle {not_json} --charter {charter}", USAGE,
               "bundle", node=None)
    yield case("a bundle that is not there", "partnerships --verify {partnership} --bundle {missing} --charter {charter}",
               NOT_FOUND, "missing", node=None)
    yield case("a bundle without a charter", "--data {new} partnerships --verify {partnership} --bundle {not_json}", NOT_FOUND,
               "--charter", node=None)
    yield case("exporting no partnership", "bundle export {out} --partnership ffffffffff", NOT_FOUND, "ffffffffff")
    yield case("exporting into no folder", "bundle export {missing}/x --partnership {partnership}", NOT_FOUND, "missing")
    for words in ("practices list", "practices add {sound}", "offers list", "partnerships", "following", "news", "keep all",
                  "follow gb-bristol", "watch"):
        yield case(f"no node: {words.split('{')[0].strip()}", words, UNREACHABLE, "hansad", node="gb-authority")
