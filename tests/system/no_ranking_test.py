"""Nothing puts cities in the order of a value: whatever the values are, every command and every export names them in the same order.

Values are published, all orders taken down, then the values change hands among the cities and the orders are taken again.
A command that is new has to be told here what it does, or the test fails.
"""

import json
import pathlib
import re
import tempfile
import unittest

from support import UNEMPLOYMENT, NetworkTest

from demo_network.programs import run

LITERACY = "1.1.1/adult-literacy-rate#total"
SLUGS = ("gb-bristol", "gb-derby", "gb-swansea", "gb-wakefield")
# For each city in turn: the first has the highest value at first, and the lowest after they changed hands.
VALUES = {LITERACY: ("99", "91", "95", "93"), UNEMPLOYMENT: ("3.5", "9", "2", "7.25")}

# All of like size, so that everyone is like everyone else.
PEOPLE = ("400000", "250000", "350000", "300000")

TOGETHER = "2.5.2/learning-to-live-together"
SURVEY = {"agency": "Institute", "year": 2023, "language": "en", "question": "Have you learned together?"}

# Commands that may speak of several cities, and how they are asked. {folder} is one of the test's own, {cluster} the record
# of a cluster that all have joined.
SEVERAL = {
    "feeds": [["feeds"]],
    "indicators beside": [["indicators", "beside", LITERACY, "--members", "gb-wakefield,gb-derby,gb-bristol,gb-swansea"]],
    "indicators show": [["indicators", "show"], ["indicators", "show", "--year", "2023"]],
    "indicators targets": [["indicators", "targets"], ["indicators", "targets", "--part", "1.1"]],
    "members": [["members"]],
    "network coverage": [["network", "coverage", "--year", "2023"], ["network", "coverage", "--year", "2022"]],
    "network export": [["network", "export", "--format", form, "-o", "{folder}/" + form]
                       for form in ("csv", "sdmx-csv", "sdmx-ml", "jsonl")],
    "network summary": [["network", "summary", "--year", "2023"], ["network", "summary", "--year", "2023", "--by", "region"]],
    "network verify-summary": [["network", "verify-summary"]],
    "news": [["news"]],
    "offers list": [["offers", "list"]],
    "offers matches": [["offers", "matches"]],
    "partnerships": [["partnerships"]],
    "notices list": [["notices", "list"], ["notices", "list", "--for-us", "--open"]],
    "clusters list": [["clusters", "list"]],
    "clusters show": [["clusters", "show", "{cluster}"]],
    "notices show": [["notices", "show", "{cluster}"]],
    "took-part list": [["took-part", "list"]],
    "topics list": [["topics", "list"]],
    "questions": [["questions"], ["questions", "--about", "{cluster}"]],
    "thread": [["thread", "{cluster}"]],
    "muted": [["muted"]],
    "learn": [["learn", "1.1.1"], ["learn", "1.2.2"]],
    "practices list": [["practices", "list"]],
    "practices search": [["practices", "search", "learning"]],
    "search": [["search"], ["search", "learning"], ["search", "--population-min", "1"]],
    "similar": [["similar", "gb-bristol"]],
    "review list": [["review", "list"], ["review", "list", "--kind", "survey", "--year", "2023"]],
    "roster log": [["roster", "log"]],
    "strategies list": [["strategies", "list"]],
    "verify": [["verify"]],
    "webfeed": [["webfeed", "-o", "{folder}/feed.atom"], ["webfeed", "-o", "{folder}/feed.json"]],
    "following": [["following"]],
    "recoveries": [["recoveries"]],
}
# Commands that speak of one city or of none, or that only write.
ONE_OR_NONE = set("""
admit answer apply approve ask audit-log backup bundle-export catalogue clusters-add clusters-join clusters-leave comment completion defer dialogue-withdraw doctor erase files-attach files-detach files-list files-save follow help holders indicators-assign indicators-check
indicators-departments indicators-diff indicators-discard indicators-history indicators-import indicators-no-data indicators-note
indicators-progress indicators-publish indicators-set indicators-target indicators-target-withdraw indicators-template
indicators-withdraw init keep key-rotate key-show manual mark member mute network-found network-publish-summary notices-add notices-revise notices-withdraw offers-accept offers-conclude offers-decline offers-leave offers-publish offers-reply offers-revise offers-show offers-withdraw peer-add
peer-remove place-set place-show place-withdraw practices-add practices-attach practices-detach practices-file practices-revise practices-show practices-translate practices-withdraw recommend recover reindex reinstate report restore resume revoke
review-publish review-rate review-show review-submit review-withdraw root-rotate root-show root-strengthen root-takeover
roster-confirm seal strategies-add strategies-checklist strategies-revise strategies-show
strategies-withdraw survey-deliver survey-enter suspend took-part-add took-part-withdraw topics-add topics-revise topics-show topics-withdraw unfollow unmute user-add user-code user-four-eyes user-link user-list user-passwd user-remove user-role watch webhooks-add webhooks-list webhooks-remove webhooks-secret webhooks-test
""".split())
# By address, and by who is connected at the moment: no figure of a city is near them.
BY_ADDRESS = {"peers", "status"}
# In the order of time, which values do not change: what came when.
BY_TIME = {"news", "questions", "roster log", "thread"}


def order_of(text):
    """The cities in the order in which a text names them first."""
    names = [name.lower().replace("_", "-") for name in re.findall("|".join(SLUGS) + "|" + "|".join(
        slug.upper().replace("-", "_") for slug in SLUGS), text)]
    return list(dict.fromkeys(names))


class NoRankingTest(NetworkTest):
    cities = SLUGS

    def setUp(self):
        super().setUp()
        self.start_all()
        self.network.wait_admitted()

        self.cluster = self.hub.ask("clusters", "add", "-", stdin=b'{"title": "Reading", "language": "en"}')["id"]
        self.network.wait_in_step()
        for slug in reversed(SLUGS):
            self.node(slug).do("clusters", "join", self.cluster)
            self.node(slug).do("took-part", "add", self.cluster)
            self.node(slug).do("ask", self.cluster, "What did you read?", "--language", "en")
            self.node(slug).do("topics", "add", "-", stdin=b'{"title": "Evenings", "language": "en"}')

    def publish(self, turn):
        for place, slug in enumerate(SLUGS):
            city = self.node(slug)
            for cell, values in VALUES.items():
                for year in (2022, 2023):
                    city.do("indicators", "set", cell, values[(place + turn) % len(values)], "--year", year, "--source",
                            "city register", "--note", "as counted")
                city.do("indicators", "target", cell, values[(place + turn) % len(values)], "--by", "2030")
            city.do("place", "set", "--population", PEOPLE[(place + turn) % len(PEOPLE)], "--source", "city register")
            city.do("indicators", "publish")
            survey = self.network.files / f"{slug}.survey.json"
            survey.write_text(json.dumps({**SURVEY, "values": [
                {"cell": TOGETHER, "value": VALUES[LITERACY][(place + turn) % len(SLUGS)]}]}))
            city.do("survey", "enter", survey)
        self.network.wait_in_step()
        self.hub.do("network", "publish-summary", "--year", "2023")
        self.network.wait_in_step()

    def orders(self):
        orders = {}
        with tempfile.TemporaryDirectory(dir=self.network.files) as folder:
            for command, ways in SEVERAL.items():
                for words in ways:
                    words = [word.format(folder=folder, cluster=self.cluster) for word in words]
                    label = " ".join(words).replace(folder, "")
                    for form in ("--json", "--quiet"):
                        orders[label, form] = order_of(self.hub.hansa(*words, form).out)
                    if command == "network export":
                        orders[label, "file"] = order_of(pathlib.Path(words[-1]).read_text())
        return orders

    def test_every_command_is_looked_at(self):
        with tempfile.TemporaryDirectory(dir=self.network.files) as folder:
            run([self.hub.programs.hansa, "--lang", "en", "manual", "-o", folder]).expecting(0)
            pages = {page.stem.removeprefix("hansa-") for page in pathlib.Path(folder).rglob("hansa-*.1")}
        known = ONE_OR_NONE | BY_ADDRESS | {command.replace(" ", "-") for command in SEVERAL}
        self.assertEqual(pages, known, "say of a new command whether it speaks of several cities")

    def test_changing_values_changes_no_order(self):
        self.publish(turn=0)
        before = self.orders()
        self.publish(turn=1)
        after = self.orders()
        self.assertEqual(before, after)
        named = {key: order for key, order in after.items() if len(order) > 1}
        self.assertGreaterEqual(len({key[0].split()[0] for key in named}), 4, named)
        for (label, form), order in named.items():
            if not any(label.startswith(command) for command in BY_TIME):
                self.assertEqual(order, sorted(order), f"{label} {form}: by name")
        for label in ("indicators show", "network export --format csv -o /csv", "network export --format sdmx-ml -o /sdmx-ml"):
            self.assertTrue(any(key[0] == label and len(order) == len(SLUGS) for key, order in named.items()), label)


if __name__ == "__main__":
    unittest.main(verbosity=2)
