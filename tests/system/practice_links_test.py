"""A practice that others build on and translate, as two cities see it: at both, while the hub is away, and when something is
taken back or erased. And offers that fit requests."""

import json
import unittest

from support import NetworkTest

from demo_network.programs import NOT_FOUND, REFUSED, USAGE
from demo_network.waiting import wait_until

PRACTICE = """+++
title = "Reading aloud"
language = "en"
summary = "Everybody reads to somebody."
features = ["2.1.3"]
+++
## Problem
Few *read*.

- at home
- at [school](https://school.example)

## What came of it
Many read. <script>alert(1)</script>
"""
IN_KOREAN = {"language": "ko", "title": "소리 내어 읽기", "problem": "읽는 사람이 적다.", "method": "people"}


def text(**fields):
    return json.dumps(fields).encode()


class PracticeLinksTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.derby = (self.node(slug) for slug in self.cities)
        self.id = self.bristol.ask("practices", "add", "-", stdin=PRACTICE.encode())["id"]
        wait_until("the practice", lambda: self.held(self.derby, self.id))

    @staticmethod
    def held(node, record):
        return record in [row["id"] for row in node.ask("practices", "list")]

    def translate(self, **more):
        return self.derby.ask("practices", "translate", self.id[:8], "-", stdin=text(**{**IN_KOREAN, **more}))

    def build(self, title="Reading in the park"):
        return self.derby.ask("practices", "add", "-", stdin=text(
            title=title, language="en", summary="Outside.",
            built_on=[{"practice": self.id[:10], "changed": "Outside.", "outcome": "More came."}]))

    def shown(self, node, *words):
        return node.ask("practices", "show", *words)

    def test_who_built_on_it_and_translated_it_is_shown_at_both_though_the_hub_was_away(self):
        self.hub.stop()
        translation, built = self.translate(), self.build()
        self.assertEqual([link["practice"]["id"] for link in self.shown(self.derby, self.id)["built_upon_by"]], [built["id"]])
        self.restart(self.hub)
        wait_until("both at Bristol", lambda: self.shown(self.bristol, self.id)["translations"]
                   and self.shown(self.bristol, self.id)["built_upon_by"])
        for node in (self.bristol, self.derby):
            original = self.shown(node, self.id)
            [link] = original["built_upon_by"]
            self.assertEqual((link["practice"]["member"], link["practice"]["title"], link["changed"], link["outcome"]),
                             ("gb-derby", "Reading in the park", "Outside.", "More came."))
            [each] = original["translations"]
            self.assertEqual((each["language"], each["method"], each["translation"]["member"], each["is_of_earlier_revision"]),
                             ("ko", "people", "gb-derby", False))
            [link] = self.shown(node, built["id"])["builds_on"]
            self.assertEqual((link["practice"]["id"], link["practice"]["revision"], link["fault"]), (self.id, 1, None))
            korean = self.shown(node, self.id, "--lang", "ko")
            self.assertEqual(korean["content"]["title"], IN_KOREAN["title"])
            self.assertEqual(korean["content"]["summary"], "Everybody reads to somebody.")
            self.assertEqual(korean["remarks"], ["not translated, so shown in en: In short; What came of it"])
            [found] = node.ask("practices", "list", "--lang", "ko")
            self.assertEqual((found["id"], found["title"], found["translated_title"]), (self.id, "Reading aloud", IN_KOREAN["title"]))
        self.assertEqual(self.shown(self.bristol, translation["id"])["shown_in"]["translation"]["id"], translation["id"])
        page = self.bristol.hansa("--lang", "en", "practices", "show", self.id).out
        self.assertIn("\n- at home\n- at school (https://school.example)\n", page, "Markdown as lines")
        self.assertIn("gb-derby: Reading in the park", page)
        self.assertIn("ko: translated by people, at gb-derby", page)
        page = self.bristol.hansa("--lang", "ko", "practices", "show", self.id, "--lang", "ko").out
        self.assertIn(IN_KOREAN["problem"], page)

    def test_what_is_revised_taken_back_or_erased_is_told(self):
        translation, built = self.translate()["id"], self.build()["id"]
        wait_until("both at Bristol", lambda: self.shown(self.bristol, self.id)["translations"] and self.held(self.bristol, built))
        self.bristol.do("practices", "revise", self.id, "-", stdin=PRACTICE.replace("Few", "Nobody").encode())
        wait_until("the revision", lambda: self.shown(self.derby, self.id)["translations"][0]["is_of_earlier_revision"])
        self.assertEqual(self.translate(title="읽기")["revision"], 2, "a second one is a revision")
        self.bristol.do("practices", "withdraw", translation, code=REFUSED)
        self.derby.do("practices", "withdraw", built)
        wait_until("the withdrawal", lambda: not self.shown(self.bristol, self.id)["built_upon_by"])
        built = self.build("Reading at sea")["id"]
        wait_until("it at Bristol", lambda: self.held(self.bristol, built))
        self.bristol.ask("erase", self.id, "--reason", "personal-data")
        self.hub.ask("erase", self.id, "--reason", "personal-data")
        for node in (self.bristol, self.derby):
            wait_until("it to be gone", lambda node=node: not self.held(node, self.id))
            shown = self.shown(node, self.id, "--lang", "ko")
            self.assertEqual((shown["content"]["title"], shown["content"].get("summary")), ("읽기", None))
            self.assertIn("erased by order of Bristol (gb-bristol)", shown["remarks"][0])
            self.assertIn("the original is gone", shown["remarks"][1])
            self.assertNotIn("Everybody", node.hansa("practices", "show", self.id).out)
            [link] = self.shown(node, built)["builds_on"]
            self.assertEqual(link["practice"]["title"], None)
            self.assertIn("erased by order of Bristol (gb-bristol)", link["fault"])
        self.derby.do("practices", "withdraw", translation)
        wait_until("the withdrawal", lambda: not self.shown(self.bristol, self.id)["translations"])

    def test_what_cannot_be_is_refused_and_signs_nothing(self):
        own = self.bristol.hansa("practices", "add", "-", stdin=text(
            title="T", language="en", built_on=[{"practice": self.id}]))
        self.assertEqual(own.code, REFUSED)
        self.assertIn("this member's own", own.err)
        for fields, code in (({"language": "en", "title": "T"}, USAGE), ({"language": "ko"}, USAGE)):
            self.assertEqual(self.derby.hansa("practices", "translate", self.id, "-", stdin=text(**fields)).code, code)
        self.assertEqual(self.derby.hansa("practices", "show", self.id, "--lang", "fr").code, NOT_FOUND)
        self.assertEqual(self.shown(self.derby, self.id)["translations"], [])

    def test_an_offer_and_a_request_find_each_other_and_a_checklist_has_every_feature(self):
        offer = self.bristol.ask("offers", "publish", "-", stdin=text(
            title="Visit our library", language="en", kind="study visit", features=["2.1.3"], working_languages=["en"]))["id"]
        self.derby.do("offers", "publish", "-", stdin=text(
            title="We look for libraries", language="en", direction="request", kind="study visit", features=["2.1.3"],
            working_languages=["en", "fr"]))
        wait_until("the request", lambda: len(self.bristol.ask("offers", "list")) == 2)
        [matched] = self.bristol.ask("offers", "matches")
        [match] = matched["matches"]
        self.assertEqual((matched["offer"]["id"], match["offer"]["title"]), (offer, "We look for libraries"))
        self.assertEqual(match["reasons"], ["both are about the features 2.1.3", "both are of one kind: study visit", "both work in en"])
        self.assertIn("둘 다", self.bristol.hansa("--lang", "ko", "offers", "matches", offer).out)
        wait_until("the offer", lambda: len(self.derby.ask("offers", "list")) == 2)
        self.assertEqual([each["offer"]["title"] for each in self.derby.ask("offers", "matches")[0]["matches"]], ["Visit our library"])
        self.bristol.do("strategies", "add", "-", stdin=text(title="Reading city", language="en", features=["2.1.3"],
                                                             starts_on="2021-03-01", responsible="Department of Education"))
        wait_until("the strategy", lambda: self.derby.ask("strategies", "list"))
        rows = {row["part"]: row for row in self.derby.ask("strategies", "checklist", "gb-bristol")["rows"]}
        self.assertEqual(len(rows), 42)
        self.assertEqual([(deed["title"], deed["responsible"]) for deed in rows["2.1.3"]["deeds"]],
                         [("Reading city", "Department of Education")])
        self.assertEqual([practice["title"] for practice in rows["2.1.3"]["practices"]], ["Reading aloud"])
        self.assertEqual((rows["1.1.1"]["deeds"], rows["1.1.1"]["practices"]), ([], []))
        self.assertIn("nothing is told", self.derby.hansa("strategies", "checklist", "--part", "1.1.1").out)


if __name__ == "__main__":
    unittest.main(verbosity=2)
