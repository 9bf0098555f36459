"""Figures and feeds by HTTP, as a program, a spreadsheet and Prometheus would ask for them: at addresses that stay, of a node
that opened its door. What asks by another name, or by another word than GET, gets nothing."""

import http.client
import json
import unittest

from support import SOURCES, NetworkTest

from demo_network.programs import DONE, run
from demo_network.waiting import wait_until

BRISTOL = SOURCES / "deploy" / "demo-data" / "gb-bristol.csv"
PRACTICE = SOURCES / "deploy" / "demo-data" / "practices" / "gb-bristol-1.json"


class DoorTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.derby = (self.node(slug) for slug in self.cities)
        self.bristol.do("indicators", "import", BRISTOL)
        self.bristol.do("indicators", "publish")
        self.bristol.do("practices", "add", PRACTICE)
        self.network.wait_in_step()

    def open_door(self, node, *options):
        """Starts `node` again with a door; returns its address."""
        self.assertEqual(node.stop(), 0)
        node.start(options=("--http", "127.0.0.1:0", *options))
        node.wait_ready()
        return json.loads((node.folder / "run" / "endpoints.json").read_text())["http"]

    def ask(self, address, path, method="GET", **headers):
        connection = http.client.HTTPConnection(address, timeout=60)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, dict((name.lower(), value) for name, value in answer.getheaders()), answer.read()
        finally:
            connection.close()

    def test_figures_and_feeds_stand_at_addresses_of_an_open_door(self):
        address = self.open_door(self.derby, "--http-open")
        exported = self.folder / "figures.csv"
        self.derby.do("network", "export", "--format", "csv", "-o", exported)
        status, heads, body = self.ask(address, "/data/network.csv")
        self.assertEqual((status, body), (200, exported.read_bytes()))
        self.assertIn("hansa_network_2004-2023.csv", heads["content-disposition"])
        self.assertNotIn("server", heads)
        status, _, body = self.ask(address, "/data/gb-bristol-2019.jsonl")
        self.assertEqual([json.loads(line)["year"] for line in body.decode().splitlines()], [2019] * 5)
        self.assertEqual(self.ask(address, "/data/gb-derby.csv")[0], 404)
        status, heads, body = self.ask(address, "/feeds/practices.atom")
        title = json.loads(PRACTICE.read_text("utf-8"))["title"]
        self.assertIn(title, body.decode())
        self.assertTrue(heads["content-type"].startswith("application/atom+xml"))
        self.assertEqual(json.loads(self.ask(address, "/feeds/gb-bristol.json")[2])["items"][0]["title"], title)
        self.assertEqual(self.ask(address, "/data/network.csv", Host="evil.test")[0], 421)
        self.assertEqual(self.ask(address, "/data/network.csv", method="POST")[0], 405)
        status, _, body = self.ask(address, "/metrics")
        self.assertIn("\nhansa_in_sync 1\n", body.decode())

        self.hub.stop()
        self.bristol.do("indicators", "set", "2.4.2/internet-usage", "97", "--year", 2023, "--source", "invented")
        self.bristol.do("indicators", "publish", "--year", 2023)
        wait_until("the new figure", lambda: b",97," in self.ask(address, "/data/gb-bristol-2023.csv")[2])

    def test_without_a_word_of_the_owner_nothing_is_shown(self):
        address = self.open_door(self.bristol)
        self.assertEqual(self.ask(address, "/healthz")[2], b"ok\n")
        self.assertEqual(self.ask(address, "/data/network.csv")[0], 403)
        words = [self.bristol.programs.hansad, "--data", self.bristol.folder, "--http", "0.0.0.0:0"]
        self.assertEqual(self.bristol.stop(), 0)
        refused = run(words)
        self.assertNotEqual(refused.code, DONE)
        self.assertIn("without encryption", refused.err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
