"""What a node stores follows what it was told, at once and while it is connected: everything, or what it follows."""

import json
import unittest

from support import NetworkTest

from demo_network.programs import REFUSED
from demo_network.waiting import wait_until


class KeepTest(NetworkTest):
    def setUp(self):
        super().setUp()
        self.start_all()
        self.bristol, self.derby, self.swansea = (self.node(slug) for slug in self.cities)
        self.published = 0

    def publish_all(self):
        """Each city publishes a practice and an offer; invented for this test."""
        self.published += 1
        for node in (self.bristol, self.derby, self.swansea):
            record = {"title": f"{node.slug} {self.published}", "language": "en", "summary": "invented for a test"}
            node.ask("practices", "add", "-", stdin=json.dumps(record).encode())
            node.ask("offers", "publish", "-", stdin=json.dumps(record).encode())

    def held(self, node):
        """{(member, collection)} of the feeds on its disk, the roster left out."""
        return {(feed["member"], feed["collection"]) for feed in node.ask("feeds") if feed["member"] != "roster"}

    def has_news_of(self, node, member, collection):
        theirs = {(feed["member"], feed["collection"]): feed["length"] for feed in self.hub.ask("feeds")}
        mine = {(feed["member"], feed["collection"]): feed["length"] for feed in node.ask("feeds")}
        return mine.get((member, collection)) == theirs.get((member, collection))

    def own(self, node):
        return {(node.slug, "practices"), (node.slug, "offers")}

    def test_less_is_kept_and_then_everything_again_without_a_new_connection(self):
        self.publish_all()
        self.network.wait_in_step()
        swansea = self.swansea
        swansea.ask("follow", "gb-bristol", "practices")
        removed = swansea.ask("keep", "followed")
        self.assertEqual(removed["keep"], "followed")
        self.assertEqual(removed["feeds_removed"], 3)
        expected = self.own(swansea) | {("gb-bristol", "practices")}
        self.assertEqual(self.held(swansea), expected)

        self.publish_all()
        wait_until("the followed practice", lambda: self.has_news_of(swansea, "gb-bristol", "practices"))
        wait_until("its own at the hub", lambda: self.has_news_of(swansea, "gb-swansea", "offers"))
        wait_until("being up to date", lambda: swansea.ask("status")["in_sync"])
        self.assertEqual(self.held(swansea), expected)
        titles = {row["title"] for row in swansea.ask("practices", "list")}
        self.assertEqual(titles, {"gb-bristol 1", "gb-bristol 2", "gb-swansea 1", "gb-swansea 2"})

        swansea.ask("follow", "gb-derby", "offers")
        wait_until("what it follows now", lambda: self.has_news_of(swansea, "gb-derby", "offers"))
        swansea.ask("unfollow", "gb-bristol")
        self.assertEqual(self.held(swansea), self.own(swansea) | {("gb-derby", "offers")})

        self.restart_and_wait(swansea)
        self.assertEqual(self.held(swansea), self.own(swansea) | {("gb-derby", "offers")})
        self.assertEqual(swansea.ask("keep")["keep"], "followed")

        swansea.ask("keep", "all")
        self.network.wait_in_step()
        self.assertEqual(swansea.heads(), self.hub.heads())
        self.assertTrue(swansea.ask("verify")["ok"])

    def restart_and_wait(self, node):
        self.assertEqual(node.stop(), 0)
        self.restart(node)
        wait_until("being up to date", lambda: node.ask("status")["in_sync"])

    def test_a_node_of_the_secretariat_keeps_everything(self):
        self.hub.do("keep", "followed", code=REFUSED)
        self.assertEqual(self.hub.ask("keep")["keep"], "all")

    def test_what_is_kept_by_few_comes_back_to_all_without_the_hub(self):
        self.publish_all()
        self.network.wait_in_step()
        self.swansea.ask("keep", "followed")
        self.hub.stop()
        self.publish_all()
        self.swansea.ask("keep", "all")
        self.network.wait_in_step([self.bristol, self.derby, self.swansea])


if __name__ == "__main__":
    unittest.main(verbosity=2)
