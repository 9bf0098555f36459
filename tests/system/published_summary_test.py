"""A year's summary, published at the hub: whoever holds the feeds it names computes the same, whatever has come since."""

import unittest

from support import UNEMPLOYMENT, NetworkTest

from demo_network.programs import NOT_FOUND, REFUSED

YEAR = 2021


class PublishedSummaryTest(NetworkTest):
    cities = ("gb-belfast", "gb-bristol", "gb-derby", "gb-swansea", "gb-wakefield")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        for slug in self.cities:
            self.import_years(self.node(slug), {YEAR - 1, YEAR})
            self.node(slug).do("indicators", "publish")
        self.derby = self.node("gb-derby")
        self.derby.do("follow", self.hub.slug, "aggregates")
        self.network.wait_in_step()

    def publish_summary(self, *words):
        [record] = self.hub.ask("network", "publish-summary", "--year", YEAR, *words)["records"]
        self.network.wait_in_step()
        return record

    def verified(self):
        [summary] = self.derby.ask("network", "verify-summary", "--year", YEAR)
        self.assertTrue(summary["ok"], summary)
        self.assertEqual(summary["member"], self.hub.slug)
        self.assertGreater(summary["cells"], 1)
        return summary

    def test_a_summary_is_computed_again_at_a_citys_node_and_outlives_a_correction(self):
        first = self.publish_summary()
        self.assertEqual((first["revision"], first["collection"]), (1, "aggregates"))
        digest = self.verified()["inputs_digest"]
        self.assertIn(("network summary", f"summary of {YEAR}"),
                      [(news["kind"], news["title"]) for news in self.derby.ask("news")])

        bristol = self.node("gb-bristol")
        bristol.do("indicators", "set", UNEMPLOYMENT, "5.55", "--year", YEAR)
        bristol.do("indicators", "publish", "--year", YEAR, "--reason", "counted anew")
        self.network.wait_in_step()
        self.assertEqual(self.value_of(self.derby, YEAR, "gb-bristol"), "5.55")
        self.assertEqual(self.verified()["inputs_digest"], digest, "read as far as it was read then")

        second = self.publish_summary("--reason", "a city has counted anew")
        self.assertEqual((second["id"], second["revision"], second["unchanged"]), (first["id"], 2, False))
        self.assertEqual(self.verified()["revision"], 2)
        self.assertNotEqual(self.verified()["inputs_digest"], digest)
        third = self.publish_summary()
        self.assertEqual((third["revision"], third["unchanged"]), (2, True), "nothing is signed twice")

        self.assertEqual(self.derby.hansa("network", "publish-summary", "--year", YEAR).code, REFUSED)
        self.assertEqual(self.derby.hansa("network", "verify-summary", "--year", YEAR - 1).code, NOT_FOUND)

    def test_a_node_that_lacks_feeds_names_them(self):
        self.publish_summary()
        self.derby.do("keep", "followed")
        answer = self.derby.hansa("network", "verify-summary", "--json")
        self.assertEqual(answer.code, NOT_FOUND, answer.err)
        [summary] = answer.json()
        self.assertEqual((summary["ok"], summary["differences"]), (False, []))
        self.assertEqual(summary["missing"], [f"{slug}/indicators" for slug in self.cities if slug != "gb-derby"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
