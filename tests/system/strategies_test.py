"""What a city means to reach and what it does for it: set and published by one, seen at another, beside the figures."""

import json
import unittest

from support import UNEMPLOYMENT, NetworkTest

from demo_network.programs import NOT_FOUND, REFUSED, USAGE
from demo_network.waiting import wait_until

LITERACY = "1.1.1/adult-literacy-rate#total"


def strategy(title, **more):
    return json.dumps({"title": title, "language": "en", **more}).encode()


class StrategiesTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.derby = (self.node(slug) for slug in self.cities)

    def add(self, title, **more):
        return self.bristol.ask("strategies", "add", "-", stdin=strategy(title, **more))

    def seen(self, *words):
        return [row["title"] for row in self.derby.ask("strategies", "list", *words)]

    def targets(self, node):
        return [(row["cell"], row["value"], row["by_year"])
                for row in node.ask("indicators", "targets", "--member", "gb-bristol")]

    def test_a_target_and_a_strategy_stand_beside_the_figures_on_every_node(self):
        for year, value in ((2020, "5.1"), (2022, "4.4")):
            self.bristol.ask("indicators", "set", UNEMPLOYMENT, value, "--year", year, "--source", "city register")
        self.bristol.do("indicators", "publish")
        self.add("Work for all", kind="strategy", starts_on="2021-04-01", features=["1.2.2"], cells=[UNEMPLOYMENT])
        self.add("A plan without a day", features=["1.2.2"])
        self.bristol.do("indicators", "target", UNEMPLOYMENT, "3.50", "--by", "2030", "--note", "as in the city's plan")
        self.network.wait_in_step()
        [cell] = self.derby.ask("indicators", "progress", "--member", "gb-bristol")["cells"]
        self.assertEqual((cell["target"]["value"], cell["target"]["by_year"]), ("3.50", 2030), "digits as they were written")
        self.assertEqual([(row["title"], row["starts_on"]) for row in cell["strategies"]], [("Work for all", "2021-04-01")])
        text = self.derby.hansa("indicators", "progress", "--member", "gb-bristol", "--lang", "en").out
        self.assertIn("  target: 3.50 by 2030\n", text)
        self.assertIn("  since 2021: Work for all (strategy)\n", text)
        self.assertNotIn("█", text, "no picture in a pipe")
        self.assertEqual(self.derby.ask("indicators", "targets"), [], "Derby has set none itself")
        self.assertEqual([row["member"] for row in self.hub.ask("indicators", "targets")], ["gb-bristol"])

    def test_a_target_is_replaced_taken_back_and_told_as_news(self):
        self.derby.ask("follow", "gb-bristol")
        first = self.bristol.ask("indicators", "target", LITERACY, "99", "--by", "2028")
        self.assertEqual((first["collection"], first["revision"]), ("indicators", 1))
        self.assertTrue(self.bristol.ask("indicators", "target", LITERACY, "99", "--by", "2028")["unchanged"])
        second = self.bristol.ask("indicators", "target", LITERACY, "99.5", "--by", "2030", "--reason", "a new council")
        self.assertEqual((second["id"], second["revision"]), (first["id"], 2))
        wait_until("the target", lambda: self.targets(self.derby) == [(LITERACY, "99.5", 2030)])
        self.assertIn(("target", f"target 99.5 by 2030 for {LITERACY}"),
                      [(item["kind"], item["title"]) for item in self.derby.ask("news")])
        self.bristol.do("indicators", "target-withdraw", LITERACY)
        wait_until("the withdrawal", lambda: self.targets(self.derby) == [])

    def test_a_strategy_is_found_by_what_it_serves_revised_and_taken_back(self):
        added = self.add("Reading city", state="under way", features=["2.1.3", "1.1.1"], responsible="Education")
        self.assertTrue(self.add("Reading city", state="under way", features=["1.1.1", "2.1.3"],
                                 responsible="Education")["unchanged"])
        part = self.add("Book bus", part_of=added["id"][:8], starts_on="2022-01-01")
        wait_until("the strategies", lambda: self.seen() == ["Book bus", "Reading city"])
        self.assertEqual(self.seen("--feature", "2.1.3"), ["Reading city"])
        shown = self.derby.ask("strategies", "show", part["id"])
        self.assertEqual(shown["content"]["part_of"]["record_id"], added["id"])
        self.bristol.do("strategies", "revise", added["id"], "-", "--reason", "it is done",
                        stdin=strategy("Reading city", state="finished"))
        wait_until("the revision", lambda: self.derby.ask("strategies", "show", added["id"])["state"] == "finished")
        self.derby.do("strategies", "withdraw", added["id"], code=REFUSED)
        self.bristol.do("strategies", "withdraw", added["id"])
        wait_until("the withdrawal", lambda: self.seen() == ["Book bus"])
        past = self.derby.ask("strategies", "show", added["id"], "--revision", 1)
        self.assertTrue(past["withdrawn"])
        self.assertEqual(past["content"]["state"], "under way")

    def test_what_cannot_be_is_refused_and_signs_nothing(self):
        for words, code in (((LITERACY, "120", "--by", "2030"), USAGE), (("1.1.1/nothing", "9", "--by", "2030"), NOT_FOUND),
                            ((LITERACY, "95", "--by", "1899"), USAGE), ((LITERACY, "95"), USAGE)):
            self.assertEqual(self.bristol.hansa("indicators", "target", *words).code, code, words)
        self.assertEqual(self.hub.hansa("indicators", "target", LITERACY, "95", "--by", "2030").code, REFUSED)
        self.assertEqual(self.bristol.hansa("indicators", "target-withdraw", LITERACY).code, NOT_FOUND)
        backwards = strategy("T", starts_on="2024-01-02", ends_on="2024-01-01")
        refused = self.bristol.hansa("strategies", "add", "-", stdin=backwards)
        self.assertIn("2024-01-01 is before the first day", refused.err)
        self.assertEqual(self.bristol.ask("strategies", "list"), [])
        self.assertEqual(self.bristol.ask("indicators", "targets"), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
