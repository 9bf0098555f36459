"""The hub is lost with all its keys and all that it held: another node takes its pen, and the peers give everything back.

P13: loss of the hub loses no data.
"""

import json
import shutil
import unittest

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


if __name__ == "__main__":
    unittest.main(verbosity=2)
