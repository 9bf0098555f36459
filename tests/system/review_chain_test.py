"""From a report to a rating with an answer, and surveys: every word is shown as whose it is, and none that nobody may give is taken."""

import json
import unittest

from support import NetworkTest

from demo_network.network import Place
from demo_network.programs import NOT_FOUND, REFUSED, USAGE
from demo_network.waiting import wait_until

ADVOCACY = "2.6.1/advocacy-for-learning"
TOGETHER = "2.5.2/learning-to-live-together"
REPORT = """+++
title = "Learning in every street"
language = "en"
year = 2025
features = ["2.6.1"]
+++
## 2.6.1 How does the city speak for learning?
On every corner.
"""
SURVEY = {"agency": "Institute", "year": 2025, "fieldwork_starts_on": "2025-03-03", "fieldwork_ends_on": "2025-04-11",
          "respondents": 1204, "language": "en", "question": "Have you learned together?", "question_language": "en",
          "values": [{"cell": TOGETHER, "value": "61.4"}]}


class ReviewChainTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.expert = self.signer("expert", "int-expert", admitted=True)
        self.stranger = self.signer("expert", "int-stranger", admitted=False)
        self.agency = self.signer("survey-agency", "int-institute", admitted=True)
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.derby = (self.node(slug) for slug in self.cities)

    def signer(self, kind, slug, admitted):
        """Somebody with a key and no node."""
        signer = self.network.init(Place(kind, slug, "A name that stays with the secretariat", "INT"))
        if admitted:
            self.hub.do("admit", self.network.application_of(slug))
        return signer

    def file(self, name, content=None):
        path = self.folder / name
        if content is not None:
            path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    def submit(self, city):
        """A report of the city, as the file that experts get."""
        report = city.ask("review", "submit", self.file("report.md", REPORT))
        saved = self.file(f"report of {city.slug}.json")
        city.do("review", "show", report["id"], "-o", saved)
        return report, saved

    def rate(self, expert, saved, rating, name="rating.json"):
        path = self.file(name)
        expert.do("review", "rate", saved, "--feature", "2.6.1", "--rating", rating, "--reason", "Wide and lasting.",
                  "--language", "en", "-o", path)
        return path

    def words(self, node, city, cell):
        """[(value, whose word)] of a cell of 2025, as `node` shows it."""
        rows = node.ask("indicators", "show", "--year", "2025", "--member", city.slug)
        return [(row["value"], row["word_of"]) for row in rows if row["cell"] == cell]

    def test_a_rating_goes_from_a_report_to_the_hub_with_the_answer(self):
        report, saved = self.submit(self.bristol)
        rating = self.rate(self.expert, saved, "4")
        self.assertEqual(self.bristol.ask("review", "list", "--kind", "rating"), [])  # nothing of it is published yet
        published = self.bristol.ask("review", "publish", rating, "--answer", "We take it up.", "--language", "en",
                                     "--approved-by", "mayor's office")
        self.network.wait_in_step()
        for node in (self.hub, self.bristol, self.derby):
            self.assertEqual(self.words(node, self.bristol, ADVOCACY), [("4", "signed by expert int-expert")])
            shown = node.ask("review", "show", published["id"])
            self.assertEqual(shown["content"]["answer"], "We take it up.")
            self.assertIsNone(shown["fault"])
            self.assertEqual([row["kind"] for row in node.ask("review", "list")], ["report", "rating"])
        self.assertTrue(self.bristol.ask("review", "publish", rating, "--answer", "We take it up.", "--language", "en",
                                         "--approved-by", "mayor's office")["unchanged"])
        later = self.bristol.ask("review", "publish", rating, "--answer", "It is done.", "--reason", "a year later")
        self.assertEqual((later["id"], later["revision"]), (published["id"], 2))
        news = next(row for row in self.bristol.ask("review", "list", "--kind", "rating"))
        self.assertEqual(news["revision"], 2)
        self.bristol.ask("review", "withdraw", published["id"])
        wait_until("the rating to be taken back", lambda: not self.words(self.hub, self.bristol, ADVOCACY))

    def test_what_nobody_may_say_is_refused(self):
        _, saved = self.submit(self.bristol)
        good = self.rate(self.expert, saved, "2")
        self.derby.do("review", "publish", good, code=REFUSED)  # of another city's report
        altered = json.loads(good.read_text())
        altered["signature"] = ("1" if altered["signature"][0] == "0" else "0") + altered["signature"][1:]
        self.bristol.do("review", "publish", self.file("altered.json", altered), code=REFUSED)
        better = json.loads(good.read_text())
        better["rating"] = "5"
        self.bristol.do("review", "publish", self.file("better.json", better), code=REFUSED)
        self.bristol.do("review", "publish", self.rate(self.stranger, saved, "5"), code=REFUSED)
        own_key = self.bristol.folder / "keys" / "writer.key"
        own = self.file("own.json")
        self.bristol.do("review", "rate", saved, "--feature", "2.6.1", "--rating", "5", "--reason", "We are good.", "--key",
                        own_key, "--code", "int-expert", "-o", own)
        self.bristol.do("review", "publish", own, code=REFUSED)
        self.agency.do("review", "rate", saved, "--feature", "2.6.1", "--rating", "5", "--reason", "r", "-o", own,
                       code=REFUSED)
        self.expert.do("review", "rate", saved, "--feature", "3.1.1", "--rating", "5", "--reason", "r", "-o", own,
                       code=REFUSED)
        self.expert.do("review", "rate", saved, "--feature", "2.6.1", "--rating", "6", "--reason", "r", "-o", own,
                       code=USAGE)
        self.bristol.do("review", "show", "ffffffff", code=NOT_FOUND)
        self.assertEqual([row["kind"] for row in self.bristol.ask("review", "list")], ["report"])
        # No set says a rating either.
        self.bristol.do("indicators", "set", ADVOCACY, "5", "--year", "2025", "--source", "ourselves")
        self.bristol.do("indicators", "publish", "--year", "2025", code=REFUSED)

    def test_a_survey_is_the_citys_word_until_its_agency_signs_it(self):
        survey = self.file("survey.json", SURVEY)
        pdf = self.file("agency.pdf", "pages")
        entered = self.bristol.ask("survey", "enter", survey, "--report", pdf, "--note", "After the flood.")
        self.assertEqual(self.words(self.bristol, self.bristol, TOGETHER), [("61.4", "entered by the city")])
        number = self.hub.ask("member", "gb-bristol")["number"]
        signed = {**SURVEY, "values": [{"cell": TOGETHER, "value": "60.9"}]}
        delivery = self.file("delivery.json")
        self.agency.do("survey", "deliver", self.file("signed.json", signed), "--member", number, "-o", delivery)
        self.derby.do("survey", "enter", delivery, code=REFUSED)
        delivered = self.bristol.ask("survey", "enter", delivery, "--revises", entered["id"])
        self.assertEqual((delivered["id"], delivered["revision"]), (entered["id"], 2))
        self.bristol.do("survey", "enter", survey, "--revises", entered["id"], code=REFUSED)
        self.network.wait_in_step()
        for node in (self.hub, self.derby):
            self.assertEqual(self.words(node, self.bristol, TOGETHER), [("60.9", "signed by agency int-institute")])
        past = self.hub.ask("indicators", "history", TOGETHER, "--year", "2025", "--member", "gb-bristol")
        self.assertEqual([(row["value"], row["revision"], row["word_of"]) for row in past],
                         [("61.4", 1, "entered by the city"), ("60.9", 2, "signed by agency int-institute")])
        self.assertEqual(self.hub.ask("indicators", "history", "--year", "2025", "--member", "gb-bristol"), past)
        self.assertEqual(self.hub.ask("indicators", "history", "--year", "2024", "--member", "gb-bristol"), [])
        row = self.hub.ask("indicators", "show", "--year", "2025", "--member", "gb-bristol")[0]
        self.assertEqual((row["source"], row["source_kind"]), ("Institute", "survey"))
        self.assertEqual(row["period"], "2025-03-03/2025-04-11")
        self.assertIn("Have you learned together?; n = 1204", row["derivation_note"])
        coverage = self.hub.ask("network", "coverage", "--year", "2025")
        self.assertEqual([cell["reporting"] for cell in coverage["cells"] if cell["cell"] == TOGETHER], [1])
        before = self.hub.ask("review", "show", entered["id"], "--revision", "1")
        self.assertEqual(before["word_of"], "entered by the city")
        for node in self.network.running():
            self.assertEqual(node.ask("verify")["ok"], True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
