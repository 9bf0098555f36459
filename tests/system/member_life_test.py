"""A member's life on real processes: set aside and shown again, ended by position, gone on under a new key, erasing.

P14: once the end of a membership has arrived, nothing beyond its seal is accepted or shown, and the stream ends.
"""

import json
import shutil
import signal
import unittest

from support import NetworkTest

from demo_network.node import Node
from demo_network.programs import FAILED, REFUSED, USAGE, free_address
from demo_network.waiting import wait_until


class MemberLifeTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.bristol, self.derby = (self.node(slug) for slug in self.cities)
        self.request = self.network.files / "request.json"

    def add_practice(self, node, title):
        """Publishes a practice invented for this test; returns what was acknowledged."""
        record = {"title": title, "language": "en", "summary": "invented for a test"}
        return node.ask("practices", "add", "-", stdin=json.dumps(record).encode())

    def titles(self, node):
        return [practice["title"] for practice in node.ask("practices", "list", "--city", "gb-bristol")]

    def length(self, node, member="gb-bristol", collection="practices", incarnation=1):
        return node.heads(member).get((member, collection, incarnation), (0, ""))[0]

    def state(self, node, member="gb-bristol"):
        return node.ask("member", member)["state"]

    def running_but(self, node):
        return [other for other in self.network.running() if other is not node]

    def wait_state(self, node, state):
        wait_until(f"{node.slug} to know that gb-bristol is {state}", lambda: self.state(node) == state)

    def test_a_suspended_member_goes_on_and_is_shown_again(self):
        self.hub.do("suspend", "gb-bristol", "--note", "its figures are being looked at")
        self.network.wait_in_step()
        for node in self.network.running():
            self.assertEqual(self.state(node), "suspended")
        self.assertEqual(self.bristol.ask("status")["state"], "suspended")
        self.add_practice(self.bristol, "Published while set aside")
        self.network.wait_in_step()
        self.assertEqual(self.length(self.derby), 1)
        for node in self.running_but(self.bristol):
            self.assertEqual(self.titles(node), [])
        self.assertEqual(self.titles(self.bristol), ["Published while set aside"])

        self.assertTrue(self.hub.ask("suspend", "gb-bristol")["already"])
        self.hub.do("resume", "gb-bristol")
        self.network.wait_in_step()
        for node in self.network.running():
            self.assertEqual(self.state(node), "member")
            self.assertEqual(self.titles(node), ["Published while set aside"])
            self.assertTrue(all(line["valid"] for line in node.ask("roster", "log")))

    def test_only_the_hub_says_what_becomes_of_a_member(self):
        self.derby.do("suspend", "gb-bristol", code=REFUSED)
        self.derby.do("revoke", "gb-bristol", "--retired", code=REFUSED)
        self.assertEqual(self.state(self.hub), "member")

    def test_p14_nothing_beyond_the_end_of_a_membership_is_taken_or_shown(self):
        self.add_practice(self.bristol, "Before the end")
        self.network.wait_in_step()
        self.derby.stop()  # it hears of what lies beyond and of the end at the same time
        self.add_practice(self.bristol, "Beyond the end")
        wait_until("the hub to hold both", lambda: self.length(self.hub) == 2)

        self.hub.do("revoke", "gb-bristol", "--compromised", "--at", "practices:7", code=REFUSED)
        self.hub.do("revoke", "gb-bristol", "--compromised", "--at", "practices:1")
        wait_until("the hub to keep what stands alone", lambda: self.length(self.hub) == 1)
        self.assertEqual(self.titles(self.hub), ["Before the end"])
        # The stream of the revoked node ends, once it knows of its own end.
        self.wait_state(self.bristol, "compromised")
        wait_until("the stream to end", lambda: not any(
            peer["member"] == "gb-bristol" and peer["connected"] for peer in self.hub.ask("peers")))
        self.bristol.do("practices", "add", "-", code=REFUSED,
                        stdin=b'{"title": "Once more", "language": "en", "summary": "invented for a test"}')

        self.restart(self.derby)
        self.network.wait_in_step([self.hub, self.derby])
        self.assertEqual(self.state(self.derby), "compromised")
        self.assertEqual(self.length(self.derby), 1)
        self.assertEqual(self.titles(self.derby), ["Before the end"])
        # Both nodes were started anew with the revoked one still knocking: it changes nothing.
        for node in (self.hub, self.derby):
            node.stop()
            self.restart(node)
        self.network.wait_in_step([self.hub, self.derby])
        self.assertEqual(self.length(self.derby), 1)
        self.assertTrue(self.derby.ask("verify")["ok"])

    def test_p14_who_leaves_keeps_what_it_published(self):
        acknowledged = self.add_practice(self.bristol, "A practice that stays")
        self.network.wait_in_step()
        done = self.hub.ask("revoke", "gb-bristol", "--retired")
        self.assertIn("the feed of practices ends after entry 1", done["words"])
        self.wait_state(self.derby, "retired")
        for node in (self.hub, self.derby):
            self.assertEqual(self.titles(node), ["A practice that stays"])
            self.assertEqual(self.length(node), acknowledged["sequence"])
        self.assertTrue(self.hub.ask("revoke", "gb-bristol", "--retired")["already"])
        self.hub.do("revoke", "gb-bristol", "--compromised", code=REFUSED)
        # Its own node says so, and its name is not given again.
        wait_until("Bristol to know", lambda: self.bristol.ask("status")["state"] == "retired", explain=self.bristol.tail)
        refused = self.bristol.do("--lang", "en", "practices", "add", "-", code=REFUSED,
                                  stdin=b'{"title": "Too late", "language": "en"}')
        self.assertIn("no longer a member", refused.err)
        self.assertEqual(self.bristol.ask("recover")["state"], "ended")
        self.assertIn("it left the network", self.bristol.do("recover").out)
        self.bristol.do("recover", "-o", self.request, code=REFUSED)
        self.hub.do("admit", self.network.application_of("gb-bristol"),
                    "--recommendation", self.network.recommendation_of("gb-bristol"), code=REFUSED)
        # It still dials, and keeps nobody from being in step.
        wait_until("the hub to be in step", lambda: self.hub.ask("status")["in_sync"], explain=self.hub.tail)

    def test_from_a_lost_disk_to_publishing_again(self):
        self.add_practice(self.bristol, "From the first life")
        self.network.wait_in_step()
        number = self.hub.ask("member", "gb-bristol")["number"]
        self.bristol.kill()
        shutil.rmtree(self.bristol.folder)
        self.bristol.do("init", "--charter", self.network.charter, "--kind", "city", "--slug", "gb-bristol", "--name",
                        "Bristol", "--country", "GBR", "--endpoint", self.bristol.address)
        self.bristol.do("recover", "-o", self.request, code=USAGE)  # it does not know its number
        asked = self.bristol.ask("recover", "-o", self.request, "--member", number, "--incarnation", 1)
        self.assertEqual(asked["incarnation"], 2)

        self.hub.do("reinstate", "gb-bristol", "--request", self.request)  # the officer's key lies beside the hub
        self.restart(self.bristol)
        self.network.wait_in_step()
        self.assertEqual(self.titles(self.bristol), ["From the first life"])
        self.assertEqual([one["slug"] for one in self.hub.ask("recoveries")["recoveries"]], ["gb-bristol"])
        ends = self.bristol.ask("recover", "-o", self.request)
        self.assertEqual(ends["form"], "seal-request")
        self.seal_and_publish_again("From the first life")

    def seal_and_publish_again(self, title):
        """The end of Bristol's older feeds, and what it does next: it publishes, and everybody has all of it."""
        self.hub.do("seal", "gb-bristol", "--request", self.request)
        self.assertEqual(self.hub.ask("recoveries")["recoveries"], [])
        self.network.wait_in_step()
        wait_until("Bristol to be allowed to sign",
                   lambda: self.bristol.ask("status")["fence"] in ("open", "unconfirmed"))
        self.add_practice(self.bristol, "From the second life")
        self.network.wait_in_step()
        for node in self.network.running():
            self.assertEqual(self.titles(node), sorted([title, "From the second life"]))  # by title
            self.assertEqual(self.length(node, incarnation=2), 1)
            self.assertTrue(node.ask("verify")["ok"])

    def test_p5_a_restored_copy_goes_on_under_a_new_key(self):
        self.bristol.stop()
        copy = self.bristol.copy_to(self.folder / "copy")
        self.restart(self.bristol)
        self.network.wait_in_step()
        self.add_practice(self.bristol, "Not in the copy")
        self.network.wait_in_step()
        self.bristol.stop()
        shutil.rmtree(self.bristol.folder)
        shutil.move(copy, self.bristol.folder)
        self.restart(self.bristol)
        wait_until("Bristol to see what it lost", lambda: self.bristol.ask("status")["fence"] == "recover")
        key = self.bristol.ask("key", "show")["writer_key"]
        asked = self.bristol.ask("recover", "-o", self.request)
        self.assertNotEqual(asked["writer_key"], key)
        self.assertTrue(self.bristol.ask("recover", "-o", self.request)["already"])
        self.hub.do("reinstate", "gb-bristol", "--request", self.request)
        self.bristol.stop()
        self.restart(self.bristol)
        self.network.wait_in_step()
        self.assertTrue(self.bristol.ask("key", "show")["is_present_key"])
        self.bristol.do("recover", "-o", self.request)
        self.seal_and_publish_again("Not in the copy")

    def test_a_copied_folder_that_runs_beside_the_first_is_shown_at_the_hub(self):
        self.assertEqual(self.hub.ask("status")["clones"], [])
        wait_until("Bristol to be confirmed", lambda: self.bristol.ask("status")["fence"] == "open")
        self.assertEqual(self.bristol.ask("status")["witness"], "int-uil")
        self.bristol.stop()
        copy = self.bristol.copy_to(self.folder / "copy")
        twin = Node(self.network.programs, copy, self.bristol.place, free_address(), self.folder)
        self.addCleanup(twin.kill)
        self.restart(self.bristol)
        self.restart(twin)
        wait_until("the hub to tell that there are two", lambda: self.hub.ask("status")["clones"] == ["gb-bristol"],
                   explain=lambda: f"{self.hub.ask('status')}\n{twin.tail()}")
        self.assertIn("ask gb-bristol to stop one of the two", self.hub.do("status").out)
        # Whichever of the two was told so says so too, and nothing of a lost disk.
        told = wait_until("one of the two to be told", lambda: [
            node for node in (self.bristol, twin) if node.ask("status")["told_clone"]])[0]
        status = told.ask("status")
        self.assertEqual((status["fence"], status["clones"]), ("recover", ["gb-bristol"]))
        self.assertIn("another machine under this node's key", told.do("status").out)
        self.assertNotIn("older than", told.do("status").out)
        self.assertIn("met another machine under its key", told.do("doctor", code=FAILED).out)

    def test_the_machine_before_says_that_its_member_has_moved(self):
        number = self.hub.ask("member", "gb-bristol")["number"]
        self.network.wait_in_step()
        new = Node(self.network.programs, self.folder / "new", self.bristol.place, free_address(), self.folder)
        self.addCleanup(new.kill)
        new.do("init", "--charter", self.network.charter, "--kind", "city", "--slug", "gb-bristol", "--name", "Bristol",
               "--country", "GBR", "--endpoint", new.address)
        self.restart(new)
        new.ask("recover", "-o", self.request, "--member", number, "--incarnation", 1)
        self.hub.do("reinstate", "gb-bristol", "--request", self.request)
        # The process on the new machine signs with the key that it had before that request.
        wait_until("the new machine to see its key", lambda: new.ask("status")["key_waits"], explain=new.tail)
        self.assertIn("restart hansad", new.do("status").out)
        self.assertIn("restart hansad", new.do("doctor", code=FAILED).out)
        new.stop()
        self.restart(new)
        wait_until("the new machine to be the member", lambda: new.ask("status")["state"] == "member")

        wait_until("the old machine to see it", lambda: self.bristol.ask("status")["fence"] == "superseded",
                   explain=self.bristol.tail)
        status = self.bristol.ask("status")
        self.assertEqual((status["state"], status["key_waits"], status["has_other_keys"]), ("member", False, False))
        self.assertIn("goes on under a newer key on another machine", self.bristol.do("status").out)
        self.assertIn("under a newer key on another machine", self.bristol.do("doctor", code=FAILED).out)
        refused = self.bristol.do("practices", "add", "-", stdin=b'{"title": "T", "language": "en"}', code=REFUSED)
        self.assertIn("goes on under a newer key on another machine", refused.err)
        self.assertEqual(self.bristol.ask("recover")["state"], "moved")
        self.bristol.do("recover", "-o", self.request, code=REFUSED)
        self.bristol.stop()
        self.assertEqual(self.bristol.ask("recover")["state"], "moved")
        self.bristol.do("recover", "-o", self.request, code=REFUSED)

    def test_a_key_is_changed_as_planned(self):
        self.add_practice(self.bristol, "Under the first key")
        self.network.wait_in_step()
        self.bristol.do("recover", "-o", self.request, code=REFUSED)  # nothing was lost
        self.bristol.do("key", "rotate", "-o", self.request)
        self.assertEqual(self.length(self.bristol), 2)  # the practice, and the end of the feed
        self.network.wait_in_step()
        self.bristol.stop()
        done = self.hub.do("reinstate", "gb-bristol", "--request", self.request)
        self.assertIn("no officer is asked", done.err)
        self.restart(self.bristol)
        self.network.wait_in_step()
        self.bristol.do("recover", "-o", self.request)
        self.seal_and_publish_again("Under the first key")

    def test_what_author_and_secretariat_erase_is_gone_at_once_and_everywhere(self):
        kept = self.add_practice(self.bristol, "It stays")
        gone = self.add_practice(self.bristol, "It names somebody")
        self.network.wait_in_step()
        ordered = self.bristol.ask("erase", gone["id"], "--reason", "personal-data")
        self.assertEqual((ordered["hold_hours"], len(ordered["entries"])), (14 * 24, 1))
        self.network.wait_in_step()
        for node in self.network.running():
            wait_until("the record to be hidden", lambda shown=node: self.titles(shown) == ["It stays"])
            erasures = node.ask("status")["erasures"]
            self.assertEqual((erasures["open"], erasures["ordered"], erasures["done"]), (1, 1, 0))
            self.assertIn("erasing: 1 entry hidden and still to be destroyed here, 0 done", node.do("status").out)
        self.derby.do("erase", kept["id"], "--reason", "mistake", code=REFUSED)
        self.assertEqual(self.hub.ask("erase", gone["id"], "--reason", "personal-data")["hold_hours"], 0)
        self.network.wait_in_step()
        for node in self.network.running():
            self.assertEqual(self.titles(node), ["It stays"])
            self.assertEqual(self.length(node), 2)
            self.assertTrue(node.ask("verify")["ok"])
            erasures = node.ask("status")["erasures"]
            self.assertEqual((erasures["open"], erasures["ordered"], erasures["done"]), (0, 1, 1))
            self.assertNotIn("erasing", node.do("status").out)
            # What is left says who had it destroyed first, and why.
            erased = node.ask("practices", "show", gone["id"])["erased"]
            self.assertEqual((erased["member"], erased["name"], erased["reason"]),
                             ("gb-bristol", "Bristol", "personal-data"))
            said = node.do("practices", "show", gone["id"]).out
            self.assertIn("a practice that was erased", said)
            self.assertIn("erased by order of Bristol (gb-bristol) on", said)
            self.assertIn("it held personal data", said)

    def assert_nothing_shown(self, node, word):
        self.assertEqual(self.titles(node), [])
        self.assertEqual(node.ask("search", word)["found"], 0)
        self.assertEqual(node.ask("status")["erasures"]["done"], 1)

    def test_what_officers_have_erased_at_once_is_shown_nowhere(self):
        gone = self.add_practice(self.bristol, "Zebracrossing")
        self.network.wait_in_step()
        self.assertEqual(self.titles(self.derby), ["Zebracrossing"])
        ordered = self.hub.ask("erase", gone["id"], "--reason", "personal-data", "--officer-key", self.network.officer_key)
        self.assertEqual(ordered["hold_hours"], 0)
        self.network.wait_in_step()
        for node in self.network.running():
            wait_until("it to be erased", lambda at=node: at.ask("status")["erasures"]["done"] == 1, explain=node.tail)
            self.assert_nothing_shown(node, "zebracrossing")

    def test_what_was_erased_while_a_node_was_off_is_shown_there_no_more(self):
        gone = self.add_practice(self.bristol, "Zebracrossing")
        self.network.wait_in_step()
        self.assertEqual(self.titles(self.derby), ["Zebracrossing"])
        self.derby.stop()
        for node in (self.bristol, self.hub):
            node.ask("erase", gone["id"], "--reason", "personal-data")
        self.network.wait_in_step()
        # Both orders come at once, and it falls before its views are built again.
        self.derby.start({"HANSA_KILLPOINT": "in-erase"})
        self.assertEqual(self.derby.process.wait(60), -signal.SIGKILL)
        self.restart(self.derby)
        self.network.wait_in_step()
        self.assert_nothing_shown(self.derby, "zebracrossing")


if __name__ == "__main__":
    unittest.main(verbosity=2)
