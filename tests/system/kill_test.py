"""kill -9 after each step of the demo, and between the two writes of a publish: what was acknowledged is there again.

Acknowledged means that the command ended with exit code 0. No kill may fork a feed: all nodes end with equal heads.
"""

import unittest

from support import NetworkTest, UNEMPLOYMENT, unemployment_in

from demo_network.node import Place
from demo_network.waiting import wait_until


class KillTest(NetworkTest):
    def kill_and_restart(self, node):
        node.kill()
        self.restart(node)

    def assert_stands(self, node, acknowledged, value):
        """What a publish acknowledged is on `node`: record id, sequence and value."""
        author, year = acknowledged["member"], acknowledged["year"]
        revisions = node.ask("indicators", "history", UNEMPLOYMENT, "--member", author)
        of_year = [row for row in revisions if row["year"] == year]
        self.assertTrue(of_year, f"{node.slug} knows nothing of {author} {year}")
        newest = of_year[-1]
        self.assertEqual(newest["id"], acknowledged["id"])
        self.assertEqual(newest["sequence"], acknowledged["sequence"])
        self.assertEqual(newest["value"], value)

    def assert_stands_everywhere(self, acknowledged, value):
        self.network.wait_in_step()
        for node in self.network.running():
            self.assert_stands(node, acknowledged, value)

    def test_the_hub_killed_after_founding_has_its_roster(self):
        founded = self.hub.heads("roster")
        self.kill_and_restart(self.hub)
        self.assertEqual(self.hub.heads("roster"), founded)

    def test_the_hub_killed_after_an_admission_has_the_member(self):
        for slug, country in (("fr-authority", "FRA"), ("es-authority", "ESP"), ("pt-authority", "PRT")):
            self.network.admit_authority(country, slug)
            admitted = self.hub.heads("roster")
            self.kill_and_restart(self.hub)
            self.assertEqual(self.hub.heads("roster"), admitted)
            self.assertIn(slug, [member["slug"] for member in self.hub.ask("members")])

    def test_a_city_killed_after_an_import_has_its_draft(self):
        bristol = self.node("gb-bristol")
        self.restart(bristol)
        years = self.years(bristol, 3)
        self.import_years(bristol, years)
        drafts = {year: bristol.ask("indicators", "show", "--year", year) for year in years}
        self.assertTrue(all(drafts.values()))
        self.kill_and_restart(bristol)
        for year in years:
            self.assertEqual(bristol.ask("indicators", "show", "--year", year), drafts[year])

    def test_p1_a_city_killed_after_each_publish_has_it_and_so_has_everyone(self):
        self.start_all()
        bristol = self.node("gb-bristol")
        acknowledged = []
        for year in self.years(bristol, 4):
            rows = self.import_years(bristol, [year])
            acknowledged.append((self.publish(bristol, year), unemployment_in(rows, year)))
            self.kill_and_restart(bristol)
            self.assert_stands(bristol, *acknowledged[-1])
        for one in acknowledged:
            self.assert_stands_everywhere(*one)

    def test_a_city_killed_before_others_have_it_has_it(self):
        self.start_all()
        bristol = self.node("gb-bristol")
        (year,) = self.years(bristol, 1)
        rows = self.import_years(bristol, [year])
        others = [node for node in self.network.running() if node is not bristol]
        acknowledged = self.publish(bristol, year)
        for node in [bristol, *others]:
            node.kill()
        self.restart(bristol)
        self.assert_stands(bristol, acknowledged, unemployment_in(rows, year))
        self.network.start(others)
        self.assert_stands_everywhere(acknowledged, unemployment_in(rows, year))

    def test_what_is_published_with_nobody_in_reach_waits_through_a_kill_and_is_published_by_itself(self):
        self.start_all()
        bristol = self.node("gb-bristol")
        others = [node for node in self.network.running() if node is not bristol]
        for node in others:
            node.stop()
        (year,) = self.years(bristol, 1)
        rows = self.import_years(bristol, [year])
        queued = self.publish(bristol, year)
        self.assertTrue(queued["queued"])
        self.assertEqual(queued["held_by"], [])
        self.assertEqual(bristol.ask("status")["fence"], "locked")
        self.kill_and_restart(bristol)
        waits = bristol.ask("status")["outbox"]
        self.assertEqual(waits["waiting"], 1)
        self.assertGreater(waits["oldest_s"], 0)
        self.assertIn("1 publication waits since ", bristol.do("status").out)
        def published():
            history = bristol.ask("indicators", "history", UNEMPLOYMENT, "--member", "gb-bristol")
            return [row for row in history if row["year"] == year]

        self.assertEqual(published(), [])
        self.network.start(others)
        wait_until("what waited is published", published)
        self.assertEqual([row["revision"] for row in published()], [1])
        wait_until("nothing to wait any more",
                   lambda: bristol.ask("status")["outbox"] == {"waiting": 0, "oldest_s": None, "set_aside": 0})
        self.assertNotIn("publication", bristol.do("status").out)
        self.assert_stands_everywhere({**queued, "sequence": published()[0]["sequence"]}, unemployment_in(rows, year))

    def test_a_correction_and_what_it_replaced_survive(self):
        self.start_all()
        bristol = self.node("gb-bristol")
        (year,) = self.years(bristol, 1)
        rows = self.import_years(bristol, [year])
        first = self.publish(bristol, year)
        self.import_years(bristol, [year], lambda row: {**row, "note": f"{row['note']}; read again"})
        second = self.publish(bristol, year, "--reason", "read again")
        self.kill_and_restart(bristol)
        self.assertEqual((second["id"], second["revision"]), (first["id"], 2))
        self.assert_stands_everywhere(second, unemployment_in(rows, year))
        for node in self.network.running():
            revisions = node.ask("indicators", "history", UNEMPLOYMENT, "--member", "gb-bristol")
            self.assertEqual([row["sequence"] for row in revisions], [first["sequence"], second["sequence"]])

    def test_a_reader_killed_in_sync_has_everything_without_asking_anybody(self):
        self.start_all()
        bristol, derby = self.node("gb-bristol"), self.node("gb-derby")
        years = self.years(bristol, 3)
        self.import_years(bristol, years)
        bristol.ask("indicators", "publish")
        self.network.wait_in_step()
        held, shown = derby.heads(), derby.ask("indicators", "show", "--member", "gb-bristol")
        derby.kill()
        for node in self.network.running():
            node.stop()
        self.restart(derby)
        self.assertEqual(derby.heads(), held)
        self.assertEqual(derby.ask("indicators", "show", "--member", "gb-bristol"), shown)

    def test_a_node_killed_again_and_again_while_it_catches_up_goes_on(self):
        self.start_all()
        bristol = self.node("gb-bristol")
        years = iter(self.years(bristol, 6))
        for node in (self.node("gb-swansea"), self.hub):
            node.stop()
            for _ in range(3):
                year = next(years)
                self.import_years(bristol, [year])
                self.publish(bristol, year)
                # It falls right after its first write, before it could say that it has anything.
                node.start({"HANSA_KILLPOINT": "after-write"})
                node.wait_killed()
            self.start_all()
            self.assertEqual(node.heads(), bristol.heads())
            self.assertTrue(node.ask("verify")["ok"])

    def fall_while_publishing(self, moment):
        """Bristol falls at `moment` of a publish; returns it restarted, with the year and its value."""
        self.start_all()
        bristol = self.node("gb-bristol")
        bristol.stop()
        bristol.start({"HANSA_KILLPOINT": moment})
        bristol.wait_ready()
        self.network.wait_in_step()
        (year,) = self.years(bristol, 1)
        rows = self.import_years(bristol, [year])
        answer = bristol.hansa("indicators", "publish", "--year", year, "--json")
        self.assertNotEqual(answer.code, 0, "a publish that fell was acknowledged")
        bristol.wait_killed()
        self.restart(bristol)
        wait_until("Bristol may sign", lambda: bristol.ask("status")["fence"] in ("open", "unconfirmed"))
        return bristol, year, unemployment_in(rows, year)

    def assert_published_once(self, bristol, year, value):
        """Publishing again, as a person would who got no answer, leaves one revision."""
        again = self.publish(bristol, year)
        self.assertEqual(again["revision"], 1)
        self.assert_stands_everywhere(again, value)
        for node in self.network.running():
            revisions = node.ask("indicators", "history", UNEMPLOYMENT, "--member", "gb-bristol")
            self.assertEqual([row["revision"] for row in revisions], [1])

    def test_a_publish_that_falls_between_its_two_writes_can_be_done_again(self):
        self.assert_published_once(*self.fall_while_publishing("after-write"))

    def test_a_publish_that_falls_before_its_acknowledgement_can_be_done_again(self):
        bristol, year, value = self.fall_while_publishing("after-high-water")
        self.assertEqual(self.value_of(bristol, year), value)
        self.assert_published_once(bristol, year, value)

    def test_an_admission_that_falls_between_its_writes_can_be_done_again(self):
        for moment, slug, country in (("after-write", "fr-authority", "FRA"), ("after-high-water", "es-authority", "ESP")):
            self.network.init(Place("authority", slug, f"Authority of {country}", country))
            self.hub.stop()
            self.hub.start({"HANSA_KILLPOINT": moment})
            self.hub.wait_ready()
            answer = self.hub.hansa("admit", self.network.application_of(slug), "--json")
            self.assertNotEqual(answer.code, 0, "an admission that fell was acknowledged")
            self.hub.wait_killed()
            self.restart(self.hub)
            self.hub.do("admit", self.network.application_of(slug))
            slugs = [member["slug"] for member in self.hub.ask("members")]
            self.assertEqual(slugs.count(slug), 1)
        self.assertTrue(all(line["valid"] for line in self.hub.ask("roster", "log")))
        self.start_all()

    def test_p1_all_killed_at_once_come_back_in_step(self):
        self.start_all()
        bristol, derby = self.node("gb-bristol"), self.node("gb-derby")
        acknowledged = []
        for city in (bristol, derby):
            (year,) = self.years(city, 1)
            rows = self.import_years(city, [year])
            acknowledged.append((self.publish(city, year), unemployment_in(rows, year)))
        for node in self.network.running():
            node.kill()
        self.start_all()
        for one in acknowledged:
            self.assert_stands_everywhere(*one)
        for slug, found in self.network.verify().items():
            self.assertTrue(found["ok"], f"{slug}: {found['problems']}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
