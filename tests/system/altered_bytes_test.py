"""A member's stolen key opens a stream, and what is sent over it is altered on the way: refused, named, without effect."""

import unittest

from support import NetworkTest, unemployment_in

from demo_network.forger import Forger, alter
from demo_network.waiting import wait_until


class AlteredBytesTest(NetworkTest):
    def setUp(self):
        super().setUp()
        # Swansea's node is off while Bristol publishes; then the thief, with the authority's key, is all it can hear.
        self.start_all()
        self.authority.stop()
        self.bristol, self.swansea = self.node("gb-bristol"), self.node("gb-swansea")
        self.swansea.stop()
        (self.year,) = self.years(self.bristol, 1)
        self.value = unemployment_in(self.import_years(self.bristol, [self.year]), self.year)
        published = self.publish(self.bristol, self.year)
        self.sequence = published["sequence"]
        self.unit = self.network.files / "true.unit"
        head = self.bristol.heads("gb-bristol")["gb-bristol", "indicators", 1][1]
        with Forger(self.network.programs, self.authority.folder, self.bristol.address) as forger:
            self.feed = forger.feed_with_head(head)
            self.assertEqual(forger.fetch(self.feed, self.sequence, self.unit), self.sequence)
        for node in self.network.running():
            node.stop()
        self.restart(self.swansea)

    def forger(self):
        return Forger(self.network.programs, self.authority.folder, self.swansea.address)

    def altered(self, *what, of=None):
        path = self.network.files / f"{'-'.join(what)}.unit".replace("/", "-")
        alter(self.network.programs, list(what), of or self.unit, path)
        return path

    def false_value(self):
        return ("1" if self.value[0] != "1" else "2") + self.value[1:]

    def last_error(self):
        errors = [peer["last_error"] for peer in self.swansea.ask("peers") if peer["member"] == "gb-authority"]
        return next((error for error in errors if error), None)

    def refusals(self):
        """{reason: how often} of what came under the authority's key, over the connection that is open."""
        return next((peer["refusals"] for peer in self.swansea.ask("peers")
                     if peer["member"] == "gb-authority" and peer["connected"]), {})

    def assert_refused(self, forger, lie, *parts):
        """`lie` is refused with words that have every one of `parts`, and nothing has changed."""
        before = self.swansea.heads()
        lie(forger)
        wait_until(f"a refusal that says {parts}",
                   lambda: all(part in (self.last_error() or "") for part in parts), explain=self.last_error)
        self.assertEqual(self.swansea.heads(), before)
        self.assertEqual(self.swansea.ask("indicators", "show", "--member", "gb-bristol"), [])

    def test_p3_altered_units_are_refused_and_the_true_one_is_taken(self):
        swapped = self.altered("value", self.value, self.false_value())
        with self.forger() as forger:
            self.assert_refused(forger, lambda f: f.send(swapped), "refused", "payload")
            self.assertEqual(self.refusals(), {"bad payload": 1})
            self.assert_refused(forger, lambda f: f.send(self.altered("hashes", of=swapped)), "refused", "sign")
            self.assertEqual(self.refusals(), {"bad payload": 1, "bad signature": 1})
            self.assertIn("refused from gb-authority, and nothing of it was kept: content that is not what was signed "
                          "(1), not signed by its author (1)", self.swansea.do("peers").out)
        with self.forger() as forger:
            self.assert_refused(forger, lambda f: f.send(self.altered("signature")), "refused", "sign")
        with self.forger() as forger:
            forger.send(self.unit)
            forger.await_ack(self.feed, self.sequence)
        wait_until("the true value", lambda: self.value_of(self.swansea, self.year, "gb-bristol") == self.value)

    def test_p4_a_checkpoint_that_the_author_did_not_sign_is_refused(self):
        with self.forger() as forger:
            self.assert_refused(forger, lambda f: f.false_checkpoint(self.feed, self.sequence), "checkpoint", "sign")

    def test_two_histories_under_one_key_are_shown(self):
        with self.forger() as forger:
            forger.send(self.unit)
            forger.await_ack(self.feed, self.sequence)
        self.assertEqual(self.swansea.ask("status")["forks"], [])
        # Bristol's own key, in another's hands: it signs another history of the same length.
        with Forger(self.network.programs, self.bristol.folder, self.swansea.address) as thief:
            thief.second_history(self.feed, self.sequence)
            wait_until("the fork to be shown", lambda: self.swansea.ask("status")["forks"])
        fork = {"member": "gb-bristol", "collection": "indicators", "incarnation": 1}
        self.assertEqual(self.swansea.ask("status")["forks"], [fork])
        self.assertIn("two histories were signed by gb-bristol for indicators", self.swansea.do("status").out)
        self.assertEqual([feed["state"] for feed in self.swansea.ask("feeds", "gb-bristol")], ["forked"])
        self.restart(self.hub)
        wait_until("the hub to be shown it too", lambda: self.hub.ask("status")["forks"] == [fork])
        self.assertIn("`hansa reinstate`", self.hub.do("status").out)

    def test_p11_bytes_that_are_no_unit_end_that_stream_alone(self):
        rubbish = self.network.files / "rubbish.unit"
        rubbish.write_bytes(self.unit.read_bytes()[:-1])
        with self.forger() as forger:
            forger.send(rubbish)
            wait_until("the end of the stream", forger.ended)
        self.assertEqual(self.swansea.ask("indicators", "show", "--member", "gb-bristol"), [])
        self.assertIn("a unit that cannot be read", self.swansea.log())
        self.start_all()  # with everybody back, nothing of it has stuck
        self.assertEqual(self.value_of(self.swansea, self.year, "gb-bristol"), self.value)


if __name__ == "__main__":
    unittest.main(verbosity=2)
