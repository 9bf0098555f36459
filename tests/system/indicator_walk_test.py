"""A city's year by hand: entered cell by cell, published, corrected, compared, taken back; and what the hub makes of it."""

import unittest

from support import UNEMPLOYMENT, NetworkTest

from demo_network.programs import NOT_FOUND, REFUSED, USAGE

LITERACY = "1.1.1/adult-literacy-rate#total"


class IndicatorWalkTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol = self.node("gb-bristol")

    def enter(self, cell, value, year, *more):
        answer = self.bristol.ask("indicators", "set", cell, value, "--year", year, *more)
        self.assertTrue(answer["ok"], answer)
        return answer

    def rows(self, node, *words):
        return [(row["member"], row["year"], row["cell"], row["value"], row["published"])
                for row in node.ask("indicators", "show", *words)]

    def test_a_year_is_entered_published_corrected_and_taken_back(self):
        self.enter(UNEMPLOYMENT, "5.10", 2022, "--source", "city register", "--note", "=not a formula")
        self.enter(UNEMPLOYMENT, "4.9", 2023, "--source", "city register")
        self.bristol.do("indicators", "no-data", LITERACY, "--year", 2023, "--reason", "not counted")
        self.assertEqual([row["note"] for row in self.bristol.ask("indicators", "show", "--year", 2022)], ["=not a formula"])
        self.assertEqual(self.rows(self.node("gb-derby"), "--member", "gb-bristol"), [], "a draft is nobody else's")
        self.bristol.do("indicators", "publish")
        self.assertEqual([row["year"] for row in self.bristol.ask("indicators", "show", "--find", "CITY reg", "--feature", "1.2")],
                         [2022, 2023], "found by where it comes from")
        self.assertEqual(self.bristol.ask("indicators", "show", "--find", "another source"), [])
        self.assertEqual(self.bristol.ask("indicators", "show", "--find", "4.9"), [], "never by its value")

        self.enter(UNEMPLOYMENT, "4.8", 2023)
        self.bristol.do("indicators", "note", UNEMPLOYMENT, "counted anew", "--year", 2023)
        self.bristol.do("indicators", "discard", LITERACY, "--year", 2023)
        self.bristol.do("indicators", "publish", "--year", 2023, "--reason", "counted anew")
        compared = self.bristol.ask("indicators", "diff", "2023:1", "2023")
        self.assertEqual([(cell["cell"], cell["before"]["value"], cell["after"]["value"], cell["fields"])
                          for cell in compared["cells"]], [(UNEMPLOYMENT, "4.9", "4.8", ["note", "value"])])

        [progress] = self.bristol.ask("indicators", "progress", "--feature", "1.2")["cells"]
        self.assertEqual((progress["cell"], progress["baseline_year"], progress["latest_year"], progress["difference"],
                          progress["moved"], progress["meaning"]), (UNEMPLOYMENT, 2022, 2023, "-0.3", "down", "towards"))
        self.assertEqual([point["value"] for point in progress["series"]], ["5.10", "4.8"], "digits as they were written")

        self.bristol.do("indicators", "withdraw", "--year", 2022, "--reason", "figures of another city")
        self.network.wait_in_step()
        derby = self.node("gb-derby")
        self.assertEqual({row[1] for row in self.rows(derby, "--member", "gb-bristol")}, {2023})
        history = derby.ask("indicators", "history", UNEMPLOYMENT, "--member", "gb-bristol")
        self.assertEqual([(row["year"], row["withdrawn"], row["reason"]) for row in history],
                         [(2022, False, None), (2022, True, "figures of another city"),
                          (2023, False, None), (2023, False, "counted anew")])

    def test_what_cannot_be_is_refused_and_changes_nothing(self):
        refused = self.bristol.hansa("indicators", "set", UNEMPLOYMENT, "120", "--year", 2023)
        self.assertEqual(refused.code, REFUSED)
        self.assertIn("120", refused.out)
        self.assertEqual(self.bristol.hansa("indicators", "note", UNEMPLOYMENT, "why", "--year", 2023).code, REFUSED)
        self.assertEqual(self.bristol.hansa("indicators", "set", UNEMPLOYMENT, "5", "--year", 2023, "--attr", "x").code, USAGE)
        self.assertEqual(self.bristol.hansa("indicators", "diff", "2023", "23").code, USAGE)
        self.assertEqual(self.bristol.hansa("indicators", "withdraw", "--year", 2023, "--reason", "why").code, NOT_FOUND)
        self.assertEqual(self.rows(self.bristol), [])

    def test_the_hub_counts_and_names_nobody_by_a_value(self):
        self.enter(UNEMPLOYMENT, "5", 2023, "--source", "city register")
        self.bristol.do("indicators", "publish")
        self.network.wait_in_step()
        coverage = self.hub.ask("network", "coverage", "--year", 2023)
        self.assertEqual((coverage["members"], coverage["reporting"], coverage["without_set"]), (2, 1, ["gb-derby"]))
        summary = self.hub.ask("network", "summary", "--year", 2023)
        self.assertEqual([(cell["n"], cell["withheld"], cell["median"]) for cell in summary["cells"]], [(1, True, None)])
        self.assertEqual(self.node("gb-derby").ask("network", "summary", "--year", 2023), summary,
                         "whoever holds the same says the same")
        beside = self.hub.ask("indicators", "beside", UNEMPLOYMENT, "--members", "gb-derby,gb-bristol")
        self.assertEqual(beside["members"], ["gb-bristol", "gb-derby"])
        self.assertEqual([row["member"] for row in beside["rows"]], ["gb-bristol"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
