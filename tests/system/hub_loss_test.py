"""The hub is lost with all its keys and all that it held: another node takes its pen, and the peers give everything back.
It loses the list of members alone: it takes it back from them, and goes on.

P13: loss of the hub loses no data. P8: what a damaged disk lost comes back, or is told of.
"""

import json
import shutil
import unittest

from damage import spoil_where
from support import NetworkTest, unemployment_in

from demo_network.node import Place
from demo_network.waiting import wait_until


class HubLossTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.second = self.network.init(Place("secretariat", "int-second", "A second hub", "INT"))
        self.hub.do("admit", self.network.application_of("int-second"))
        self.bristol, self.derby = (self.node(slug) for slug in self.cities)
        self.root_key = self.network.folder / "network" / "root.key"
        self.start_all()

    def publish_one(self, city):
        (year,) = self.years(city, 1)
        rows = self.import_years(city, [year])
        acknowledged = self.publish(city, year)
        return year, unemployment_in(rows, year), acknowledged

    def lose_the_hub(self):
        self.hub.kill()
        shutil.rmtree(self.hub.folder)

    def take_over(self):
        self.second.do("root", "takeover", "--key", self.root_key)
        self.second.stop()
        self.restart(self.second)
        wait_until("the second hub to be allowed to sign",
                   lambda: self.second.ask("status")["fence"] in ("open", "unconfirmed"))

    def rebuild_the_hub(self):
        """A machine made anew in the lost hub's place, let in again under a new key."""
        # The charter of the founding names the lost hub alone: it needs one that names a hub which is there.
        charter = json.loads(self.network.charter.read_text())
        charter["hubs"] = [{"endpoint": self.second.address, "pins": [self.second.ask("key", "show")["tls"]["pin"]]}]
        path = self.network.files / "charter.json"
        path.write_text(json.dumps(charter))
        self.hub.do("init", "--charter", path, "--kind", "secretariat", "--slug", "int-uil", "--name",
                    "hub", "--country", "INT", "--endpoint", self.hub.address)
        request = self.network.files / "request.json"
        self.hub.do("recover", "-o", request, "--member", 1, "--incarnation", 1)
        self.second.do("reinstate", "int-uil", "--request", request, "--officer-key",
                       self.network.officer_key)
        self.restart(self.hub)

    def test_p13_what_a_lost_hub_held_comes_back_from_the_others(self):
        of_bristol = self.publish_one(self.bristol)
        of_derby = self.publish_one(self.derby)
        self.network.wait_in_step()
        held = self.hub.heads()
        self.bristol.stop()  # what it published, only others can give back
        self.lose_the_hub()
        self.take_over()
        self.rebuild_the_hub()
        self.network.wait_in_step()
        self.assertTrue(self.hub.ask("verify")["ok"])
        self.assertEqual({feed: end for feed, end in self.hub.heads().items() if feed in held}, held)
        for city, (year, value, _) in ((self.bristol, of_bristol), (self.derby, of_derby)):
            self.assertEqual(self.value_of(self.hub, year, city.slug), value)
        # The network goes on: the author comes back, publishes, and the new hub has it.
        self.restart(self.bristol)
        self.network.wait_in_step()
        self.assertEqual(self.hub.heads(), self.bristol.heads())

    def settle_on_disk(self, node):
        """Stops the node with what it holds in tables, where it may rot, and nothing in its log."""
        for _ in range(2):
            self.assertEqual(node.stop(), 0)
            self.restart(node)
            self.network.wait_in_step()
        self.assertEqual(node.stop(), 0)

    def rot_list(self, node):
        """The lines of the founding, and what lies in one block with them, are lost on that node's disk."""
        self.settle_on_disk(node)
        self.assertGreater(spoil_where(node.folder, "int-uil"), 0)
        self.restart(node)
        wait_until("the damage to be mended", lambda: node.ask("status")["disk"]["mended"] > 0)

    def wait_whole(self, node, lines):
        self.network.wait_in_step()
        status = node.ask("status")
        self.assertEqual((status["state"], status["list_signed_to"], status["missing"]), ("member", None, 0))
        self.assertEqual(node.ask("roster", "log"), lines)
        self.assertTrue(all(line["valid"] for line in lines))
        self.assertTrue(node.ask("verify")["ok"])

    def test_p8_a_list_of_members_that_rotted_comes_back_to_a_city(self):
        lines = self.bristol.ask("roster", "log")
        self.rot_list(self.bristol)
        self.wait_whole(self.bristol, lines)
        self.publish_one(self.bristol)

    def test_p8_a_list_of_members_that_rotted_comes_back_to_the_hub_that_writes_it(self):
        lines = self.hub.ask("roster", "log")
        others = [node for node in self.network.running() if node is not self.hub]
        self.settle_on_disk(self.hub)
        for node in others:
            self.assertEqual(node.stop(), 0)
        self.assertGreater(spoil_where(self.hub.folder, "int-uil"), 0)
        self.restart(self.hub)
        # Alone it names nobody, signs nothing, and says why and what to do.
        said = self.hub.do("status").out
        self.assertIn("the disk lost the end of the list of members", said)
        self.assertIn("hansa peer add", said)
        self.assertEqual(self.hub.ask("status")["list_signed_to"], len(lines))
        self.assertIn("members give back the rest", self.hub.hansa("doctor").out)
        walk = self.hub.hansa("recover").out
        self.assertIn("members give it back as they connect", walk)
        self.assertNotIn("step by step", walk)  # a new key would not help
        self.network.start(others)
        self.wait_whole(self.hub, lines)
        # It goes on writing where it had ended.
        wait_until("the hub to be allowed to sign", lambda: self.hub.ask("status")["fence"] in ("open", "unconfirmed"))
        self.network.init(Place("secretariat", "int-third", "A third hub", "INT"))
        self.hub.do("admit", self.network.application_of("int-third"))
        del self.network.nodes["int-third"]
        self.network.wait_in_step()
        self.assertEqual(self.derby.ask("roster", "log"), self.hub.ask("roster", "log"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
