"""Another program is told what is new: signed as Standard Webhooks has it (checked here with Python's own hmac), again
until it is taken, over the death of the node, each piece once and in order. The practices are real ones of
deploy/demo-data."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
import unittest

from support import SOURCES, NetworkTest

from demo_network.programs import FAILED, NOT_FOUND, REFUSED, USAGE
from demo_network.waiting import wait_until

PRACTICES = SOURCES / "deploy" / "demo-data" / "practices"


class Receiver:
    """A program of the city on 127.0.0.1. Takes what is signed with `secrets`; `down` has it answer 503."""

    def __init__(self):
        receiver = self
        self.changed = threading.Condition()
        self.taken, self.refused, self.secrets, self.down, self.status = [], 0, [], False, 204

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                status = receiver.take(self.headers, body)
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hansa"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def is_signed(self, headers, body):
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        given = headers["webhook-signature"].split(" ")
        fresh = abs(time.time() - int(headers["webhook-timestamp"])) < 300
        return fresh and all(any(
            hmac.compare_digest(each, "v1," + base64.b64encode(hmac.new(
                base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()).decode())
            for each in given) for secret in self.secrets)

    def take(self, headers, body):
        with self.changed:
            if self.down or self.status >= 300 or not self.is_signed(headers, body):
                self.refused += 1
                self.changed.notify_all()
                return 503 if self.down else self.status if self.status >= 300 else 401
            self.taken.append((headers["webhook-id"], json.loads(body)))
            self.changed.notify_all()
            return self.status

    def wait(self, is_so, patience_s=60):
        with self.changed:
            if not self.changed.wait_for(is_so, patience_s):
                raise TimeoutError(f"taken: {self.taken}, refused: {self.refused}")

    def news(self):
        return [body["data"] for _, body in self.taken if body["type"] == "hansa.news"]

    def end(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class WebhookTest(NetworkTest):
    cities = ("gb-bristol", "gb-swansea")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.swansea = (self.node(slug) for slug in self.cities)
        self.bristol.do("follow", "gb-swansea", "practices", "offers")
        self.receiver = Receiver()
        self.addCleanup(self.receiver.end)

    def add(self, *words):
        hook = self.bristol.ask("webhooks", "add", self.receiver.url, *words)
        self.receiver.secrets = [hook["secret"]]
        return hook

    def publish(self, number):
        """A real practice under the number that it has among those of Swansea."""
        path = sorted(PRACTICES.glob("gb-swansea-*.json"))[number % 2]
        practice = {**json.loads(path.read_text("utf-8")), "title": f"Number {number}"}
        record = self.swansea.ask("practices", "add", "-", stdin=json.dumps(practice).encode())["id"]
        self.network.wait_in_step()
        return record

    def listed(self):
        """What `news` lists, without what only a list has."""
        return [{name: value for name, value in item.items() if name not in ("entries", "was_here")}
                for item in self.bristol.ask("news")]

    def hook(self):
        return self.bristol.ask("webhooks", "list")[0]

    def test_what_a_receiver_missed_comes_once_it_is_back(self):
        hook = self.add("--on", "practices")
        self.assertEqual(self.hook(), {name: value for name, value in hook.items() if name != "secret"})
        records = [self.publish(1)]
        self.receiver.wait(lambda: len(self.receiver.news()) == 1)
        listed = self.listed()
        self.assertEqual(self.receiver.news(), listed)
        self.assertEqual(self.receiver.taken[0][1]["timestamp"], listed[0]["at"])

        self.receiver.down = True
        before = self.receiver.refused
        records.append(self.publish(2))
        self.receiver.wait(lambda: self.receiver.refused > before)
        self.bristol.kill()
        self.restart(self.bristol)
        records.append(self.publish(3))
        waiting = self.hook()
        self.assertEqual(waiting["state"], "retrying")
        self.assertIn("503", waiting["last_error"])
        self.assertEqual(len(self.receiver.news()), 1)

        self.receiver.down = False
        self.receiver.wait(lambda: len(self.receiver.news()) >= 3)
        self.assertEqual([item["id"] for item in self.receiver.news()], records)
        self.assertEqual(self.receiver.news(), self.listed())
        self.assertEqual(len({number for number, _ in self.receiver.taken}), len(self.receiver.taken))

        # What is taken back is told of without its title, and a new secret stands beside the older one.
        rotated = self.bristol.ask("webhooks", "secret", hook["id"], "--rotate")
        self.receiver.secrets.append(rotated["secret"])
        self.swansea.do("practices", "withdraw", records[0])
        self.receiver.wait(lambda: len(self.receiver.news()) == 4)
        last = self.receiver.news()[-1]
        self.assertEqual((last["id"], last["withdrawn"], last["title"]), (records[0], True, ""))
        self.assertEqual(self.hook()["state"], "delivering")

        for secret in self.receiver.secrets:
            self.assertNotIn(secret, self.bristol.do("webhooks", "list", "--json").out)
            self.assertNotIn(secret, self.bristol.tail())
        self.bristol.do("webhooks", "remove", hook["id"])
        self.assertEqual(self.bristol.ask("webhooks", "list"), [])
        self.bristol.do("webhooks", "remove", hook["id"], code=NOT_FOUND)

    def test_who_is_gone_is_paused_until_a_test_is_taken(self):
        hook = self.add()
        self.receiver.status = 410
        record = self.publish(1)
        self.receiver.wait(lambda: self.receiver.refused == 1)
        self.network.wait_in_step()
        wait_until("the hook to be paused", lambda: self.hook()["state"] == "paused")
        findings = self.bristol.do("doctor", "--json", code=FAILED).json()["findings"]
        self.assertIn("webhooks", [finding["check"] for finding in findings])
        self.assertIn("410", self.bristol.do("webhooks", "test", hook["id"], code=FAILED).err)

        self.receiver.status = 200
        self.assertTrue(self.bristol.ask("webhooks", "test", hook["id"])["goes_on"])
        self.receiver.wait(lambda: [item["id"] for item in self.receiver.news()] == [record])
        self.assertEqual([body["type"] for _, body in self.receiver.taken], ["hansa.test", "hansa.news"])

    def test_what_cannot_be_told_is_refused(self):
        for url in ("learning.example.org", "ftp://127.0.0.1/", "https://name:word@example.org/", "http://192.0.2.1/"):
            self.bristol.do("webhooks", "add", url, code=USAGE)
        self.bristol.do("webhooks", "add", self.receiver.url, "--on", "numbers", code=USAGE)
        self.bristol.do("webhooks", "add", self.receiver.url, "--topic", "2.1.3", code=REFUSED)
        self.bristol.do("follow", "--feature", "2.1.3")
        hook = self.bristol.ask("webhooks", "add", self.receiver.url, "--topic", "2.1.3")
        self.assertEqual(hook["topics"], ["2.1.3"])
        self.bristol.do("webhooks", "add", self.receiver.url, "--topic", "2.1.3", code=REFUSED)
        self.bristol.do("webhooks", "secret", hook["id"], code=USAGE)


if __name__ == "__main__":
    unittest.main(verbosity=2)
