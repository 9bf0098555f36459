"""Notices of the secretariat and of a national authority, seen by the cities they are for; clusters that cities join and
leave; that they took part. All nodes show the same, also what was said while the hub was stopped. The course and the clusters
named here are invented for this test, except those of NOTICES, which say where they come from."""

import json
import unittest

from support import SOURCES, NetworkTest

from demo_network.programs import NOT_FOUND, REFUSED, USAGE
from demo_network.waiting import wait_until

NOTICES = SOURCES / "deploy" / "demo-data" / "notices"


def notice(title, language="en", **more):
    return json.dumps({"title": title, "language": language, **more}).encode()


class NoticesTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        irish = self.network.admit_authority("IRL", "ie-authority")
        self.network.admit_city(irish, "ie-cork", "Cork")
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.derby, self.cork = (self.node(slug) for slug in (*self.cities, "ie-cork"))

    def everyone(self):
        return [node for node in self.network.nodes.values() if node.is_running()]

    def add(self, node, sort, title, **more):
        return node.ask("notices", "add", sort, "-", stdin=notice(title, **more))

    def titles(self, node, *words):
        return [row["title"] for row in node.ask("notices", "list", *words)]

    def joined(self, node, cluster):
        return [row["member"] for row in node.ask("clusters", "show", cluster)["joined"]]

    def on_all(self, what, question, expected):
        for node in self.everyone():
            wait_until(f"{what} at {node.slug}", lambda node=node: question(node) == expected)

    def test_notices_are_for_those_they_name_and_for_everyone_to_read(self):
        call = self.add(self.hub, "call", "Figures of 2026", due="2199-06-30 23:59 Europe/Berlin", years=[2026],
                        text="Invented for a test.")
        self.add(self.hub, "guidance", "How to ask residents", features=["1.1.2"])
        self.add(self.hub, "opportunity", "Course long past", kind="course", deadline="2020-01-31 17:00 Asia/Seoul")
        self.add(self.authority, "opportunity", "Meeting of British cities", kind="meeting",
                 audience={"countries": ["GBR"]})
        everything = ["How to ask residents", "Course long past", "Meeting of British cities", "Figures of 2026"]
        self.on_all("the notices", self.titles, everything)
        ours = ["How to ask residents", "Meeting of British cities", "Figures of 2026"]
        self.assertEqual(self.titles(self.bristol, "--for-us", "--open"), ours)
        self.assertEqual(self.titles(self.cork, "--for-us", "--open"), [ours[0], ours[2]])
        self.assertEqual(self.titles(self.cork, "--kind", "opportunity"), everything[1:3])
        text = self.bristol.hansa("notices", "list", "--for-us", "--open", "--lang", "en").out
        self.assertIn("2199-06-30 23:59 Europe/Berlin", text)
        shown = self.derby.ask("notices", "show", call["id"][:10])
        self.assertEqual((shown["state"], shown["content"]["years"], shown["for_us"]), ("open", [2026], True))
        revised = self.hub.ask("notices", "revise", call["id"], "-", "--reason", "more time",
                               stdin=notice("Figures of 2026", due="2199-12-31"))
        self.assertEqual(revised["revision"], 2)
        self.on_all("the revision", lambda node: node.ask("notices", "show", call["id"])["deadline"], "2199-12-31")
        self.hub.do("notices", "withdraw", call["id"])
        self.on_all("the withdrawal", self.titles, everything[:3])

    def test_cities_join_leave_and_say_that_they_took_part_with_the_hub_and_without(self):
        cluster = self.hub.ask("clusters", "add", "-", stdin=notice("Reading together"))["id"]
        self.on_all("the cluster", lambda node: [row["id"] for row in node.ask("clusters", "list")], [cluster])
        course = self.add(self.hub, "opportunity", "Summer course", clusters=[cluster[:8]])["id"]
        self.bristol.do("clusters", "join", cluster[:8], "--note", "We bring a plan.", "--language", "en")
        self.bristol.do("practices", "add", "-", stdin=notice("Reading bus", clusters=[cluster]))
        self.on_all("who joined", lambda node: self.joined(node, cluster), ["gb-bristol"])
        self.network.wait_in_step()

        self.hub.stop()
        self.cork.do("clusters", "join", cluster)
        self.assertTrue(self.cork.ask("clusters", "join", cluster)["unchanged"])
        self.cork.do("took-part", "add", course, "--from", "2027-07-05", "--role", "host", "--language", "en",
                     "--feature", "2.1.3")
        for node in self.everyone():
            wait_until("who joined without the hub", lambda node=node: self.joined(node, cluster) == ["gb-bristol", "ie-cork"])
        self.bristol.do("clusters", "leave", cluster)

        self.restart(self.hub)
        self.network.wait_in_step()
        self.on_all("who is left", lambda node: self.joined(node, cluster), ["ie-cork"])
        told = [node.ask("clusters", "show", cluster) for node in self.everyone()]
        for shown in told:
            self.assertEqual([(row["kind"], row["title"]) for row in shown["belonging"]],
                             [("practice", "Reading bus"), ("opportunity", "Summer course")])
        parts = [node.ask("took-part", "list", "--event", course) for node in self.everyone()]
        self.assertEqual([part for part in parts if part != parts[0]], [], "all nodes tell the same")
        self.assertEqual([(row["member"], row["event"]["title"], row["role"]) for row in parts[0]],
                         [("ie-cork", "Summer course", "host")])

    def test_what_the_network_has_made_known_is_published_with_its_source(self):
        files = sorted(NOTICES.glob("*.json"))
        self.assertTrue(files)
        for path in files:
            kind = path.stem.split("-")[0]
            self.hub.do("notices", "add", kind, path)
        self.network.wait_in_step()
        rows = self.derby.ask("notices", "list")
        self.assertEqual(len(rows), len(files))
        self.assertEqual(self.titles(self.derby, "--kind", "opportunity", "--open"), [], "their deadlines have passed")
        for row in rows:
            content = self.derby.ask("notices", "show", row["id"])["content"]
            self.assertTrue(content.get("source") or content.get("links"), row["title"])

    def test_what_may_not_be_is_refused_and_signs_nothing(self):
        refused = self.bristol.hansa("notices", "add", "guidance", "-", "--lang", "en", stdin=notice("T"))
        self.assertEqual(refused.code, REFUSED)
        self.assertIn("these may: ", refused.err)
        self.assertIn("secretariat", refused.err)
        for more, what in (({"begins": "2027-05-02", "ends": "2027-05-01"}, "is before it begins"),
                           ({"deadline": "2027-05-02 10:00 Asia/Soul"}, "is not a time zone"),
                           ({"features": ["9.9.9"]}, "there is no '9.9.9'")):
            wrong = self.hub.hansa("notices", "add", "opportunity", "-", "--lang", "en", stdin=notice("T", **more))
            self.assertEqual(wrong.code, USAGE, wrong.err)
            self.assertIn(what, wrong.err)
        ranked = notice("Award", members=["gb-derby"], decided_by="Jury", rank=1)
        self.assertIn("no contest", self.hub.hansa("notices", "add", "recognition", "-", "--lang", "en", stdin=ranked).err)
        self.assertEqual(self.bristol.hansa("clusters", "join", "123456789012").code, NOT_FOUND)
        self.assertEqual(self.hub.ask("notices", "list"), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
