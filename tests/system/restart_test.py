"""Stopping and starting: SIGTERM drains and exits 0, what DIR/run says is true, and nothing is lost or told differently."""

import json
import os
import stat
import unittest

from damage import files_of
from support import NetworkTest, UNEMPLOYMENT

from demo_network.programs import UNREACHABLE
from demo_network.waiting import wait_until


class RestartTest(NetworkTest):
    def answers(self, node):
        """Everything a reader can ask of a node that a restart must not change."""
        questions = [("feeds",), ("members",), ("roster", "log"), ("verify",)]
        questions += [("indicators", "show", "--member", slug) for slug in self.cities]
        questions += [("indicators", "history", UNEMPLOYMENT, "--member", slug) for slug in self.cities]
        return {" ".join(words): node.ask(*words) for words in questions}

    def publish_some(self):
        for slug in self.cities:
            node = self.node(slug)
            self.import_years(node, self.years(node, 3))
            node.ask("indicators", "publish")
        self.network.wait_in_step()

    def test_a_node_says_where_it_is_while_it_runs_and_only_then(self):
        bristol = self.node("gb-bristol")
        self.assertIsNone(bristol.endpoints())
        self.restart(bristol)
        said = bristol.endpoints()
        self.assertEqual(said["replication"], bristol.address)
        self.assertIsNone(said["http"])
        self.assertIsNone(said["join"])
        self.assertTrue(stat.S_ISSOCK(os.stat(said["socket"]).st_mode))
        self.assertEqual(bristol.stop(), 0)
        self.assertIsNone(bristol.endpoints())
        self.assertEqual(bristol.hansa("status").code, UNREACHABLE)

    def test_port_0_picks_a_free_port_and_says_which(self):
        bristol = self.node("gb-bristol")
        bristol.address = "127.0.0.1:0"
        self.restart(bristol)
        host, port = bristol.endpoints()["replication"].rsplit(":", 1)
        self.assertEqual(host, "127.0.0.1")
        self.assertGreater(int(port), 0)

    def test_a_city_needs_no_inbound_port(self):
        bristol = self.node("gb-bristol")
        bristol.start(listen=False)
        bristol.wait_ready()
        self.assertIsNone(bristol.endpoints()["replication"])
        self.network.wait_in_step()
        (year,) = self.years(bristol, 1)
        self.import_years(bristol, [year])
        self.publish(bristol, year)
        self.network.wait_in_step()
        self.assertEqual(self.hub.heads(), bristol.heads())

    def test_every_node_drains_and_ends_with_0(self):
        self.start_all()
        self.publish_some()
        nodes = self.network.running()
        for node in nodes:
            node.ask_to_stop()
        self.assertEqual({node.slug: node.wait_ended() for node in nodes}, {node.slug: 0 for node in nodes})

    def test_a_restart_changes_no_answer(self):
        self.start_all()
        self.publish_some()
        for node in self.network.running():
            before = self.answers(node)
            self.assertEqual(node.stop(), 0)
            self.restart(node)
            self.assertEqual(self.answers(node), before)

    def test_reindex_gives_the_same_answers(self):
        self.start_all()
        self.publish_some()
        bristol = self.node("gb-bristol")
        (year,) = self.years(bristol, 1)
        self.import_years(bristol, [year], lambda row: {**row, "note": f"{row['note']}; read again"})
        self.publish(bristol, year, "--reason", "read again")
        self.network.wait_in_step()
        for node in self.network.running():
            before = self.answers(node)
            node.ask("reindex")
            self.assertEqual(self.answers(node), before)
        self.import_years(bristol, [year], lambda row: {**row, "note": "not yet"})
        drafted = bristol.ask("indicators", "show", "--year", year)
        bristol.ask("reindex")
        self.assertEqual(bristol.ask("indicators", "show", "--year", year), drafted, "reindex touched a draft")

    def test_what_is_published_arrives_everywhere_within_the_bound(self):
        self.start_all()
        bristol = self.node("gb-bristol")
        (year,) = self.years(bristol, 1)
        self.import_years(bristol, [year])
        acknowledged = self.publish(bristol, year)
        for node in self.network.running():
            wait_until(f"{node.slug} to show it", lambda node=node: any(
                row["id"] == acknowledged["id"]
                for row in node.ask("indicators", "history", UNEMPLOYMENT, "--member", "gb-bristol")))

    def test_p8_a_publication_that_waited_and_is_lost_with_a_damaged_log_is_told_of(self):
        self.start_all()
        bristol = self.node("gb-bristol")
        self.assertEqual(bristol.stop(), 0)
        for node in self.network.running():
            self.assertEqual(node.stop(), 0)
        self.restart(bristol)  # in reach of nobody it may not sign
        practice = json.dumps({"title": "A practice that waits", "language": "en"}).encode()
        self.assertTrue(bristol.ask("practices", "add", "-", stdin=practice)["queued"])
        self.assertEqual(bristol.ask("status")["disk"]["salvaged"], 0)
        bristol.kill()
        (log,) = files_of("live log", bristol.folder)
        data = bytearray(log.read_bytes())
        data[data.index(b"A practice that waits")] ^= 1
        log.write_bytes(data)
        self.restart(bristol)
        status = bristol.ask("status")
        self.assertEqual((status["outbox"]["waiting"], status["disk"]["salvaged"]), (0, 1))
        self.assertIn("publications that waited, may be gone", bristol.do("status").out)
        self.assertIn("look for yours", bristol.hansa("doctor").out)

    def test_p10_status_check_tells_by_its_exit_code_whether_the_node_is_in_sync(self):
        self.start_all()
        bristol = self.node("gb-bristol")
        bristol.do("status", "--check")
        for node in self.network.running():
            if node is not bristol:
                node.stop()
        wait_until("Bristol to notice that it is alone", lambda: not bristol.ask("status")["in_sync"])
        answer = bristol.do("status", "--check", "--json", code=1)
        self.assertFalse(json.loads(answer.out)["in_sync"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
