"""A hub that does not keep to the law puts a city in by force: every node shows the entry as void, and it does nothing."""

import unittest

from support import NetworkTest

from demo_network.forger import Forger
from demo_network.node import Place
from demo_network.programs import CommandFailed, run
from demo_network.waiting import wait_until


class VoidAdmissionTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def force(self, slug, recommendation=None):
        """Writes the admission straight into the stopped hub's roster; returns how the law judges it."""
        words = [self.network.programs.force_admission, "--hub", self.hub.folder,
                 "--application", self.network.application_of(slug)]
        if recommendation:
            words += ["--recommendation", recommendation]
        return run(words).expecting(0).json()

    def assert_void_everywhere(self, slug, sequence, why):
        self.network.wait_in_step()
        for node in self.network.running():
            with self.subTest(node=node.slug, subject=slug):
                line = next(one for one in node.ask("roster", "log") if one["sequence"] == sequence)
                self.assertFalse(line["valid"])
                self.assertIn(why, line["why_void"])
                self.assertNotIn(slug, [member["slug"] for member in node.ask("members")])

    def test_a_city_put_in_by_force_is_no_member_at_any_node(self):
        self.start_all()
        german = self.network.admit_authority("DEU", "de-authority")
        intruder = self.network.init(Place("city", "gb-leeds", "Leeds", "GBR"))
        bonn = self.network.init(Place("city", "de-bonn", "Bonn", "DEU"))
        self.network.recommend(german, "de-bonn")
        self.restart(german)
        self.network.wait_in_step()
        self.hub.stop()
        forced = [(self.force("gb-leeds"), "recommendation"),
                  (self.force("gb-leeds", self.network.recommendation_of("de-bonn")), "recommendation")]
        for line, _ in forced:
            self.assertFalse(line["valid"], line)
        self.restart(self.hub)
        for line, why in forced:
            self.assert_void_everywhere("gb-leeds", line["sequence"], why)
        self.assert_key_gets_nothing(intruder)
        # The roster goes on after what was void, and the law still lets in who may come in.
        self.hub.do("admit", self.network.application_of("de-bonn"),
                    "--recommendation", self.network.recommendation_of("de-bonn"))
        self.restart(bonn)
        self.network.wait_in_step()
        self.assertEqual(bonn.ask("member", "de-bonn")["state"], "member")

    def assert_key_gets_nothing(self, intruder):
        for node in self.network.running():
            with self.assertRaises(CommandFailed, msg=f"{node.slug} let in a key that no valid entry lists"):
                Forger(self.network.programs, intruder.folder, node.address).end()
        # Its own node, however often it knocks, hears of nothing.
        self.restart(intruder)
        wait_until("the intruder to be turned away", lambda: "refused us" in intruder.log())
        self.assertEqual(intruder.heads(), {})
        status = intruder.ask("status")
        self.assertEqual((status["state"], status["in_sync"]), ("applicant", False))
        intruder.stop()


if __name__ == "__main__":
    unittest.main(verbosity=2)
