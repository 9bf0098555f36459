"""`hansa recover` without -o, from a lost disk to publishing again: each step is marked once it is done, and not before."""

import shutil
import unittest

from support import NetworkTest

from demo_network.programs import USAGE
from demo_network.waiting import wait_until

STEPS = ["set-up", "request", "reinstated", "fetched", "sealed", "publish"]


class RecoverWalkTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.bristol = self.node("gb-bristol")
        self.request = self.network.files / "request.json"
        record = b'{"title": "From the first life", "language": "en", "summary": "invented for a test"}'
        self.bristol.do("practices", "add", "-", stdin=record)
        self.network.wait_in_step()
        wait_until("Bristol to be confirmed", lambda: self.bristol.ask("status")["fence"] == "open")

    def walk(self):
        return self.bristol.ask("recover")

    def expect_next(self, name, state="recovering"):
        """Everything before `name` is done, it is next, everything after it is later. Returns the whole answer."""
        walk = self.walk()
        self.assertEqual(walk["state"], state, walk)
        self.assertEqual([step["name"] for step in walk["steps"]], STEPS)
        self.assertEqual([step["number"] for step in walk["steps"]], list(range(1, len(STEPS) + 1)))
        at = STEPS.index(name)
        states = ["done"] * at + ["next"] + ["later"] * (len(STEPS) - at - 1)
        self.assertEqual([step["state"] for step in walk["steps"]], states, walk)
        for step in walk["steps"]:
            self.assertEqual(step["do"] is None, step["state"] == "done", step)
        return walk

    def init(self):
        self.bristol.do("init", "--charter", self.network.charter, "--kind", "city", "--slug", "gb-bristol", "--name",
                        "Bristol", "--country", "GBR", "--endpoint", self.bristol.address)

    def test_nothing_was_lost(self):
        walk = self.walk()
        self.assertEqual((walk["state"], walk["steps"]), ("well", []))
        self.assertEqual(walk["here"], [{"collection": "practices", "incarnation": 1, "length": 1}])
        self.assertIn("nothing was lost; there is nothing to do\n", self.bristol.do("recover").out)
        self.assertIn("잃은 것이 없습니다; 할 일이 없습니다", self.bristol.do("--lang", "ko", "recover").out)
        self.bristol.stop()
        walk = self.walk()
        self.assertEqual((walk["state"], walk["running"], walk["steps"]), ("well", False, []))
        self.assertEqual(walk["here"], [{"collection": "practices", "incarnation": 1, "length": 1}])
        self.assertIn("start the node", self.bristol.do("recover").out)
        self.bristol.do("recover", "--member", 10, "--incarnation", 1, code=USAGE)  # those are for a request

    def test_from_a_lost_disk_to_publishing_again(self):
        number = self.hub.ask("member", "gb-bristol")["number"]
        self.hub.stop()
        self.bristol.kill()
        shutil.rmtree(self.bristol.folder)
        self.expect_next("set-up", "not-set-up")
        self.assertIn("hansa init", self.bristol.do("recover").out)

        self.init()
        self.expect_next("request", "unknown")
        self.restart(self.bristol)  # the hub is off, and nobody lets it in
        walk = self.expect_next("request", "unknown")
        self.assertEqual((walk["member"], walk["running"]), (None, True))
        self.assertIn("--member NUMBER --incarnation N", self.bristol.do("recover").out)
        self.bristol.stop()

        asked = self.bristol.ask("recover", "-o", self.request, "--member", number, "--incarnation", 1)
        walk = self.expect_next("reinstated")
        self.assertEqual(walk["writer_key"], asked["writer_key"])
        self.assertIn(asked["writer_key"], self.bristol.do("recover").out)

        self.restart(self.hub)
        self.hub.do("reinstate", "gb-bristol", "--request", self.request)
        self.restart(self.bristol)
        self.network.wait_in_step()
        walk = self.expect_next("sealed")
        self.assertEqual((walk["member"], walk["incarnation"], walk["unsealed"]), (number, 2, [1]))
        self.assertEqual(walk["here"], [{"collection": "practices", "incarnation": 1, "length": 1}])
        equal = {peer["member"]: peer["equal"] for peer in walk["peers"] if peer["connected"]}
        self.assertTrue(equal["int-uil"], walk)
        said = self.bristol.do("recover").out
        self.assertIn("int-uil: holds all that is here, and nothing more", said)
        self.assertIn("5. [next] the secretariat has ended the older feeds", said)
        self.bristol.stop()
        self.expect_next("fetched")  # whether all has come back, a stopped node cannot tell
        self.restart(self.bristol)
        self.network.wait_in_step()

        self.bristol.do("recover", "-o", self.request)
        self.expect_next("sealed")
        self.hub.do("seal", "gb-bristol", "--request", self.request)
        self.network.wait_in_step()
        wait_until("Bristol to be allowed to sign",
                   lambda: self.bristol.ask("status")["fence"] in ("open", "unconfirmed"))
        walk = self.walk()
        self.assertEqual((walk["state"], walk["unsealed"]), ("recovered", []))
        self.assertEqual([step["state"] for step in walk["steps"]], ["done"] * len(STEPS))
        self.assertIn("there is nothing left to do", self.bristol.do("recover").out)

    def test_a_restored_copy(self):
        self.bristol.stop()
        copy = self.bristol.copy_to(self.folder / "copy")
        self.restart(self.bristol)
        self.network.wait_in_step()
        record = b'{"title": "Not in the copy", "language": "en", "summary": "invented for a test"}'
        self.bristol.do("practices", "add", "-", stdin=record)
        self.network.wait_in_step()
        self.bristol.stop()
        shutil.rmtree(self.bristol.folder / "db")
        shutil.move(copy / "db", self.bristol.folder / "db")
        walk = self.expect_next("request")  # the high-water file knows, and so does whoever asks before the start
        self.assertIsNotNone(walk["lost"])
        self.restart(self.bristol)
        wait_until("Bristol to see what it lost", lambda: self.bristol.ask("status")["fence"] == "recover")
        self.expect_next("request")
        self.bristol.do("recover", "-o", self.request)
        self.expect_next("reinstated")
        self.assertIn("[다음] 사무국이 회원을 새 키로 복귀시켰습니다", self.bristol.do("--lang", "ko", "recover").out)


if __name__ == "__main__":
    unittest.main(verbosity=2)
