"""What happens on a node is told to pages as it happens, and to who was away when it comes back: to who has signed in all of it,
to others only that what is published has changed. What is in it is told to nobody."""

import http.client
import json
import unittest

from page_setup_test import PASSWORD, Page
from support import NetworkTest

CELL = "2.4.2/internet-usage"


class Listener:
    """A browser that listens to a page's events."""

    def __init__(self, page, last_id=None):
        heads = {"Sec-Fetch-Site": "same-origin"}
        if page.cookie:
            heads["Cookie"] = page.cookie
        if last_id:
            heads["Last-Event-ID"] = last_id
        self.connection = http.client.HTTPConnection(page.address, timeout=60)
        self.connection.request("GET", "/events", headers=heads)
        self.answer = self.connection.getresponse()
        self.last_id = last_id
        self.heard = ""

    def close(self):
        self.answer.close()
        self.connection.close()

    def next(self):
        """The next event."""
        data = None
        while True:
            line = self.answer.readline().decode()
            if not line:
                raise AssertionError("the stream has ended")
            self.heard += line
            name, _, value = line.rstrip("\n").partition(": ")
            if name == "id":
                self.last_id = value
            elif name == "data":
                data = json.loads(value)
            elif line == "\n" and data:
                return data

    def wait_for(self, what, **particulars):
        """Returns the kinds that were told until then."""
        told = set()
        while True:
            event = self.next()
            told.add(event["what"])
            if event["what"] == what and particulars.items() <= event.items():
                return told


class PageEventsTest(NetworkTest):
    cities = ("gb-bristol", "gb-derby")

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()
        self.bristol, self.derby = (self.node(slug) for slug in self.cities)
        self.assertEqual(self.derby.stop(), 0)
        self.derby.start(options=("--http", "127.0.0.1:0", "--http-open"))
        self.derby.wait_ready()
        self.network.wait_in_step()
        self.derby.do("user", "add", "adm", "--role", "administrator")
        address, token = self.derby.ask("user", "link", "adm")["link"].removeprefix("http://").split("/link#")
        self.officer = Page(address)
        self.officer.read("POST", "/session/link", {"token": token, "password": PASSWORD})
        self.reader = Page(address)

    def test_what_others_publish_what_is_drafted_and_how_the_node_is(self):
        officer, reader = Listener(self.officer), Listener(self.reader)
        self.addCleanup(officer.close)
        self.addCleanup(reader.close)
        self.assertEqual(officer.answer.getheader("content-type"), "text/event-stream")

        self.derby.do("indicators", "set", CELL, "93.25", "--year", "2023", "--source", "a survey")
        officer.wait_for("drafts", year=2023)
        fields = [{"column": "value", "text": "91"}, {"column": "source", "text": "a secret word"}]
        self.officer.call("EditIndicator", cell=CELL, year=2022, fields=fields)
        officer.wait_for("drafts", year=2022)

        self.bristol.do("indicators", "set", CELL, "97", "--year", "2023", "--source", "invented")
        self.bristol.do("indicators", "publish", "--year", "2023")
        officer.wait_for("views")
        self.assertEqual(reader.wait_for("views"), {"views"}, "who is not signed in is told of nothing else")
        for word in ("drafts", "status", "2022", "2023"):
            self.assertNotIn(word, reader.heard)
        for word in ("93.25", "secret", CELL):
            self.assertNotIn(word, officer.heard)

        self.bristol.stop()
        self.hub.stop()
        officer.wait_for("status")

    def test_a_stream_ends_with_the_session_that_it_was_opened_in(self):
        officer, reader = Listener(self.officer), Listener(self.reader)
        self.addCleanup(officer.close)
        self.addCleanup(reader.close)
        self.derby.do("user", "role", "adm", "editor")
        while officer.answer.readline():
            pass  # until it ends
        self.bristol.do("indicators", "set", CELL, "97", "--year", "2023", "--source", "invented")
        self.bristol.do("indicators", "publish", "--year", "2023")
        reader.wait_for("views")

    def test_a_second_person_is_asked_for_by_those_who_listen(self):
        self.derby.do("user", "add", "pub", "--role", "publisher")
        address, token = self.derby.ask("user", "link", "pub")["link"].removeprefix("http://").split("/link#")
        Page(address).read("POST", "/session/link", {"token": token, "password": PASSWORD})
        officer = Listener(self.officer)
        self.addCleanup(officer.close)
        self.derby.do("user", "four-eyes", "on")
        officer.wait_for("proposals")

    def test_who_was_away_goes_on_where_it_was(self):
        listener = Listener(self.officer)
        self.derby.do("indicators", "set", CELL, "93.25", "--year", "2023", "--source", "a survey")
        listener.wait_for("drafts", year=2023)
        listener.close()
        self.derby.do("indicators", "set", CELL, "92", "--year", "2021", "--source", "a survey")
        again = Listener(self.officer, listener.last_id)
        again.wait_for("drafts", year=2021)
        again.close()

        self.assertEqual(self.derby.stop(), 0, "also while pages listen")
        port = self.officer.address.rsplit(":", 1)[1]
        self.derby.start(options=("--http", f"127.0.0.1:{port}"))
        self.derby.wait_ready()
        after = Listener(self.officer, again.last_id)
        self.assertEqual(after.next()["what"], "all", "another process knows nothing of it")
        after.close()
        refused = http.client.HTTPConnection(self.officer.address, timeout=60)
        refused.request("GET", "/events")
        self.assertEqual(refused.getresponse().status, 403, "nothing is open to who has not signed in")
        refused.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
