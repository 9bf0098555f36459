"""From an offer to a partnership and its end: every party signs the same text, and anyone can check it."""

import json
import unittest

from support import NetworkTest

from demo_network.programs import FAILED, NOT_FOUND, REFUSED, USAGE, run
from demo_network.waiting import wait_until

OFFER = {"title": "Exchange on learning festivals", "language": "en", "kind": "exchange", "status": "example",
         "summary": "An example made for a test.", "partners": "several", "feature_ids": ["2.2.2"]}


class PartnershipTest(NetworkTest):
    def setUp(self):
        super().setUp()
        self.start_all()
        self.bristol, self.derby, self.swansea = (self.node(slug) for slug in self.cities)
        self.all = (self.hub, self.bristol, self.derby, self.swansea)

    def publish(self, node, **more):
        offer = node.ask("offers", "publish", "-", stdin=json.dumps({**OFFER, **more}).encode())
        for other in self.all:
            if other.is_running():
                wait_until("the offer", lambda other=other: self.state(other, offer["id"]))
        return offer["id"]

    def state(self, node, offer):
        return next((row["state"] for row in node.ask("offers", "list") if row["id"] == offer), None)

    def partnerships(self, node):
        return node.ask("partnerships")

    def wait_same(self, nodes, state, signed):
        """Until each of `nodes` shows one partnership, all the same one."""

        def same():
            views = [self.partnerships(node) for node in nodes]
            ready = all(len(view) == 1 and view[0]["state"] == state and
                        {p["member"] for p in view[0]["parties"] if p["state"] == "signed"} == signed for view in views)
            return ready and all(view == views[0] for view in views) and views[0][0]

        return wait_until(f"one partnership, {state}", same)

    def test_two_accept_with_the_hub_off_and_it_is_one_partnership_everywhere(self):
        offer = self.publish(self.bristol)
        self.hub.stop()
        first = self.derby.ask("offers", "accept", offer)
        second = self.swansea.ask("offers", "accept", offer, "--approved-by", "head of education")
        self.assertEqual(first["partnership"], second["partnership"])
        self.wait_same([self.derby, self.swansea, self.bristol], "proposed", {"gb-derby", "gb-swansea"})
        self.bristol.ask("offers", "accept", offer)
        everyone = {"gb-bristol", "gb-derby", "gb-swansea"}
        self.restart(self.hub)
        agreed = self.wait_same(self.all, "in force", everyone)
        self.assertEqual(agreed["id"], first["partnership"])
        self.assertTrue(self.bristol.ask("offers", "accept", offer)["unchanged"])
        for node in self.all:
            proof = node.ask("partnerships", "--verify", offer)
            self.assertTrue(proof["ok"])
            self.assertEqual({check["member"] for check in proof["signatures"]}, everyone)
            self.assertEqual(self.state(node, offer), "agreed")

    def test_a_bundle_proves_it_with_the_charter_alone(self):
        offer = self.publish(self.bristol, partners="one")
        self.bristol.do("offers", "accept", offer, code=REFUSED)  # nobody has accepted it yet
        partnership = self.derby.ask("offers", "accept", offer)["partnership"]
        self.wait_same([self.bristol], "proposed", {"gb-derby"})
        self.bristol.ask("offers", "accept", offer)
        self.wait_same(self.all, "in force", {"gb-bristol", "gb-derby"})
        self.swansea.do("offers", "accept", offer, code=REFUSED)
        path = self.folder / "proof.bundle"
        self.swansea.ask("bundle", "export", path, "--partnership", partnership[:8])
        for node in self.all:
            node.stop()
        hansa, charter = self.network.programs.hansa, self.network.charter
        words = [hansa, "partnerships", "--verify", partnership[:8], "--bundle", path, "--charter", charter, "--json"]
        proof = run(words).expecting(0).json()
        self.assertTrue(proof["ok"])
        self.assertEqual(proof["partnership"]["state"], "in force")
        self.assertEqual(len(proof["signatures"]), 2)
        altered = bytearray(path.read_bytes())
        altered[-40] ^= 1
        path.write_bytes(altered)
        self.assertNotEqual(run(words).code, 0)
        path.write_bytes(path.read_bytes()[:-7])
        self.assertEqual(run(words).code, USAGE)

    def test_a_party_leaves_and_the_rest_go_on_until_it_is_concluded(self):
        offer = self.publish(self.bristol)
        for node in (self.derby, self.swansea, self.bristol):
            node.ask("offers", "accept", offer)
        self.wait_same(self.all, "in force", {"gb-bristol", "gb-derby", "gb-swansea"})
        self.hub.do("offers", "leave", offer, code=REFUSED)
        self.derby.ask("offers", "leave", offer, "--reason", "the project has ended here")
        agreed = self.wait_same(self.all, "in force", {"gb-bristol", "gb-swansea"})
        self.swansea.do("offers", "decline", offer, code=REFUSED)
        self.bristol.ask("offers", "conclude", agreed["id"], "--how", "ended early", "--outcome", "a handbook")
        ended = self.wait_same(self.all, "concluded", {"gb-bristol", "gb-swansea"})
        self.assertEqual(ended["outcomes"], ["gb-bristol: a handbook"])
        self.assertEqual([(said["member"], said["how"], said["outcome"]) for said in ended["conclusions"]],
                         [("gb-bristol", "ended early", "a handbook")])
        self.assertEqual(self.hub.ask("partnerships", ended["id"][:12]), ended)
        self.hub.do("partnerships", ended["id"], "--city", "gb-derby", code=USAGE)
        whole = self.hub.do("partnerships", ended["id"]).out
        for part in (ended["id"], ended["terms"], "why gb-derby left: the project has ended here", "ended early", "a handbook"):
            self.assertIn(part, whole)
        self.bristol.ask("offers", "conclude", offer, "--how", "filled", "--outcome", "two cities came")
        self.assertIn("filled\ntwo cities came", self.bristol.do("offers", "show", offer).out)

    def test_what_the_way_of_an_offer_does_not_allow_is_refused(self):
        past = self.publish(self.bristol, title="Of the past", status="historical")
        closed = self.publish(self.bristol, title="Closed", deadline="2020-01-31")
        self.assertEqual(self.state(self.derby, past), "past")
        self.assertEqual(self.state(self.derby, closed), "closed")
        for offer in (past, closed):
            self.derby.do("offers", "accept", offer, code=REFUSED)
            self.derby.do("offers", "reply", offer, "hello", code=REFUSED)
        self.derby.do("offers", "withdraw", past, code=REFUSED)
        self.derby.do("offers", "accept", "ffffffffff", code=NOT_FOUND)
        self.derby.do("offers", "accept", "xy", code=USAGE)
        mine = self.publish(self.derby)
        reply = self.bristol.ask("offers", "reply", mine, "We would like to take part.", "--intent", "interested")
        wait_until("the reply", lambda: self.derby.ask("offers", "show", mine)["answers"])
        self.derby.ask("offers", "decline", reply["id"], "--reason", "next year")
        self.derby.ask("offers", "withdraw", mine)
        self.assertIsNone(self.state(self.derby, mine))
        wait_until("the withdrawal", lambda: self.state(self.bristol, mine) is None)


if __name__ == "__main__":
    unittest.main(verbosity=2)
