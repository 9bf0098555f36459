"""A new city, from an empty folder to a member, as its administrator does it in a browser: signs in by a link, sets the node up,
takes the application along; and goes on in the same session with the node that runs then."""

import http.client
import json
import unittest

from support import NetworkTest

from demo_network.node import Node, Place
from demo_network.programs import DONE, free_address, run
from demo_network.waiting import wait_until

PASSWORD = "a few words together"


class Page:
    """What a browser does for a page of the node: keeps the cookie, and sends what belongs to the session."""

    def __init__(self, address):
        self.address = address
        self.cookie = None
        self.csrf = None

    def ask(self, method, path, body=None):
        """Status and body."""
        heads = {"Origin": f"http://{self.address}", "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
        if self.cookie:
            heads["Cookie"] = self.cookie
        if self.csrf:
            heads["X-Hansa-CSRF"] = self.csrf
        connection = http.client.HTTPConnection(self.address, timeout=60)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), heads)
            answer = connection.getresponse()
            given = answer.getheader("Set-Cookie")
            text = answer.read()
        finally:
            connection.close()
        if given:
            self.cookie = given.split(";")[0]
            self.csrf = json.loads(text)["csrf"]
        return answer.status, text

    def read(self, method, path, body=None):
        status, text = self.ask(method, path, body)
        if status != 200:
            raise AssertionError(f"{method} {path}: {status} {text.decode()}")
        return json.loads(text)

    def call(self, method, **question):
        return self.read("POST", f"/hansa.v1.Node/{method}", question)


class PageSetupTest(NetworkTest):
    cities = ()

    def setUp(self):
        super().setUp()
        self.authority = self.network.admit_authority("GBR", "gb-authority")
        place = Place("city", "gb-derby", "Derby", "GBR")
        self.derby = Node(
            self.network.programs, self.folder / place.slug, place, free_address(), self.network.outputs
        )
        self.network.nodes[place.slug] = self.derby

    def open(self):
        """The page of the node, whose administrator has opened a link."""
        self.derby.start(options=("--http", "127.0.0.1:0"))
        self.derby.wait_ready()
        link = self.derby.ask("user", "link", "adm")["link"]
        address, token = link.removeprefix("http://").split("/link#")
        page = Page(address)
        page.read("POST", "/session/link", {"token": token, "password": PASSWORD})
        return page

    def set_up(self, page):
        charter = self.network.charter.read_text("utf-8")
        particulars = {"kind": "city", "slug": "gb-derby", "name": "Derby", "country": "GBR"}
        page.read("POST", "/setup", {"charter": charter, **particulars, "endpoint": self.derby.address})
        wait_until("the node to run", lambda: page.read("GET", "/session")["node"] is not None)

    def test_a_city_sets_itself_up_on_its_page_and_is_admitted(self):
        self.derby.do("user", "add", "adm", "--role", "administrator")
        page = self.open()
        session = page.read("GET", "/session")
        self.assertEqual((session["account"]["name"], session["node"]), ("adm", None))
        self.assertEqual(page.ask("POST", "/hansa.v1.Node/GetStatus", {})[0], 503)

        self.set_up(page)
        self.assertEqual(page.read("GET", "/session")["node"]["slug"], "gb-derby")
        application = page.ask("POST", "/setup/apply", {"mayor": "We learn together."})
        self.assertEqual(application[0], 200)
        self.network.application_of("gb-derby").write_bytes(application[1])
        self.assertIn("We learn together.", application[1].decode())
        self.network.recommend(self.authority, "gb-derby")
        self.hub.do(
            "admit", self.network.application_of("gb-derby"), "--recommendation",
            self.network.recommendation_of("gb-derby"),
        )
        wait_until("Derby to be a member", lambda: page.call("GetStatus")["state"] == "member")

        page.call("AddAccount", name="edi", role="editor")
        self.assertEqual([account["name"] for account in self.derby.ask("user", "list")], ["adm", "edi"])
        log = self.derby.ask("audit", "log")
        self.assertTrue(all(line["follows"] for line in log))
        done = [(line["account"], line["what"], line["about"]) for line in log]
        for line in (("adm", "SetUp", None), ("adm", "Apply", None), ("adm", "add account", "edi")):
            self.assertIn(line, done)
        self.assertNotIn(PASSWORD, (self.derby.folder / "accounts" / "audit.jsonl").read_text("utf-8"))

        self.derby.do("user", "role", "adm", "reader")
        self.assertEqual(page.ask("POST", "/hansa.v1.Node/GetStatus", {})[0], 401, "its session has ended")
        self.assertEqual(self.derby.stop(), DONE)

    def test_a_process_that_waits_to_be_set_up_ends_when_told_to_and_is_alone(self):
        self.derby.do("user", "add", "adm", "--role", "administrator")
        page = self.open()
        endpoints = json.loads((self.derby.folder / "run" / "endpoints.json").read_text("utf-8"))
        self.assertEqual((endpoints["http"], endpoints["socket"]), (page.address, None))
        second = run([self.derby.programs.hansad, "--data", self.derby.folder, "--http", "127.0.0.1:0"])
        self.assertNotEqual(second.code, DONE)
        self.assertIn("in use by", second.err)
        self.assertEqual(self.derby.stop(), DONE)
        self.assertFalse((self.derby.folder / "identity.json").exists())
        # Without a page nobody could set it up.
        refused = run([self.derby.programs.hansad, "--data", self.derby.folder])
        self.assertIn("hansa init", refused.err)


if __name__ == "__main__":
    unittest.main()
