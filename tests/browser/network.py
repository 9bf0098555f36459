"""A network of real nodes for one run of the browser: a hub and two cities with real figures, practices and accounts.

    network.py FOLDER [--web-dir DIR] [--empty]

Prints one line of JSON once all is in step: {slug: {"url", "folder"}}. Then takes one command a line, as JSON, and answers each
with one line: {"ok": …} or {"error": "why"}. Ends every process it started when its standard input closes.

    {"do": "hansa", "node": SLUG, "words": [...], "stdin": TEXT}   the command line of that node, with --json
    {"do": "stop" | "start", "node": SLUG}
    {"do": "in step"}                                              waits until all running nodes hold the same
    {"do": "new", "slug": SLUG}                                    a node on an empty folder, with a page
    {"do": "admit", "slug": SLUG, "application": FILE}             recommended by its country's authority, and admitted
    {"do": "sign", "slug": SLUG, "year": YEAR}                     what an agency and an expert sign of a city's year, published by it
"""

import argparse
import json
import pathlib
import signal
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "deploy"))

from demo_network.figures import DATA, rows_of, table_of  # noqa: E402
from demo_network.network import Network  # noqa: E402
from demo_network.node import Node, Place  # noqa: E402
from demo_network.programs import free_address, programs_of_this_build  # noqa: E402

CITIES = (("GBR", "gb-bristol", "Bristol"), ("FIN", "fi-espoo", "Espoo"))
AUTHORITIES = {"GBR": "gb-authority", "FIN": "fi-authority"}
OPEN_TO_ALL = ("gb-bristol",)
# Who may sign in at every node; the words are long, as the page asks for.
ACCOUNTS = (("admin", "administrator"), ("officer", "publisher"), ("helper", "editor"), ("guest", "reader"), ("clerk", "reader"))
PASSWORD = "seven quiet harbours"


class BrowserNetwork:
    def __init__(self, folder, web_dir):
        self.network = Network(programs_of_this_build(), folder, "Network of learning cities (test)")
        self.web_dir = web_dir
        self.authorities = {}
        self.http = {}  # slug → HOST:PORT

    # Founding.

    def found(self):
        network = self.network
        network.found()
        self.add_accounts(network.hub)
        self.start_with_page([network.hub])
        for country, slug in AUTHORITIES.items():
            self.authorities[country] = network.admit_authority(country, slug)
        cities = [network.admit_city(self.authorities[country], slug, name) for country, slug, name in CITIES]
        for node in cities:
            self.add_accounts(node)
        self.start_with_page(cities)
        network.wait_admitted()
        network.wait_in_step()

    def add_accounts(self, node):
        for name, role in ACCOUNTS:
            node.do("user", "add", name, "--role", role)
            node.do("user", "passwd", name, stdin=PASSWORD + "\n")

    def start_with_page(self, nodes):
        for node in nodes:
            address = self.http.setdefault(node.slug, free_address())
            options = ["--http", address]
            if node.slug in OPEN_TO_ALL:
                options.append("--http-open")
            if self.web_dir:
                options += ["--web-dir", str(self.web_dir)]
            node.start(options=options)
        for node in nodes:
            node.wait_ready()

    def fill(self):
        """What there is to read: every year of both cities, practices, an offer, notices of the secretariat."""
        network = self.network
        for _, slug, _ in CITIES:
            node = network.nodes[slug]
            path = network.files / f"{slug}.csv"
            path.write_bytes(table_of(rows_of(slug)))
            node.ask("indicators", "import", path)
            node.ask("indicators", "publish")
            for file in sorted((DATA / "practices").glob(f"{slug}-*")):
                node.ask("practices", "add", file)
        for file in sorted((DATA / "notices").iterdir()):
            sort = file.stem.split("-", 1)[0]
            network.hub.ask(*(("clusters", "add") if sort == "cluster" else ("notices", "add", sort)), file)
        self.say_something()
        network.wait_in_step()

    def say_something(self):
        """One of everything else that a view shows, as no open data have it; what is said is marked as an example."""
        node = self.network.nodes["gb-bristol"]
        example = {"language": "en", "title": "Example: reading in every district", "feature_ids": ["1.1.1"]}
        strategy = {**example, "kind": "strategy", "starts_on": "2024-01-01", "ends_on": "2026-12-31", "summary": "An example."}
        node.ask("strategies", "add", "-", stdin=json.dumps(strategy))
        topic = {**example, "title": "Example: how do libraries stay open longer?", "text": "An example of a topic."}
        node.ask("topics", "add", "-", stdin=json.dumps(topic))
        asked = ("--to", "all", "--title", "Example: who lends books on the water?", "--language", "en")
        node.ask("ask", *asked, "An example of a question.")
        offer = {**example, "kind": "exchange", "summary": "An example of an offer.", "terms": "Each tells the other."}
        node.ask("offers", "publish", "-", stdin=json.dumps(offer))

    # Commands.

    def answer(self, command):
        act = {"hansa": self.hansa, "stop": self.stop, "start": self.start, "in step": self.in_step, "new": self.new,
               "admit": self.admit, "sign": self.sign}[command.pop("do")]
        return act(**command)

    def hansa(self, node, words, stdin=None):
        return self.network.nodes[node].ask(*words, stdin=stdin)

    def stop(self, node):
        return self.network.nodes[node].stop()

    def start(self, node):
        self.start_with_page([self.network.nodes[node]])

    def in_step(self):
        self.network.wait_in_step()

    def new(self, slug):
        network = self.network
        place = Place("city", slug, slug, "")
        node = Node(network.programs, network.folder / slug, place, free_address(), network.outputs)
        node.folder.mkdir(mode=0o700)
        network.nodes[slug] = node
        self.add_accounts(node)
        self.start_with_page([node])
        return {"url": self.url(slug), "folder": str(node.folder), "charter": str(network.charter)}

    def admit(self, slug, application):
        country = "FIN" if slug.startswith("fi-") else "GBR"
        out = self.network.recommendation_of(slug)
        self.authorities[country].do("recommend", application, "--reason", "it takes part", "-o", out)
        self.network.hub.do("admit", application, "--recommendation", out)

    def sign(self, slug, year):
        network, city, files = self.network, self.network.nodes[slug], self.network.files
        signers = {}
        for kind, code in (("expert", "int-expert"), ("survey-agency", "int-institute")):
            signers[kind] = network.init(Place(kind, code, "A name that stays with the secretariat", "INT"))
            network.hub.do("admit", network.application_of(code))
        network.wait_in_step()
        found = {"agency": "Institute", "year": year, "language": "en", "question": "Example: have you learned together?",
                 "values": [{"cell": "2.5.2/learning-to-live-together", "value": "60.9"}]}
        survey, delivery = files / "survey.json", files / "delivery.json"
        survey.write_text(json.dumps(found))
        number = network.hub.ask("member", slug)["number"]
        signers["survey-agency"].do("survey", "deliver", survey, "--member", number, "-o", delivery)
        city.ask("survey", "enter", delivery)
        head = f'title = "Example: learning in every street"\nlanguage = "en"\nyear = {year}\nfeatures = ["2.6.1"]'
        report, saved, rating = files / "report.md", files / "report.json", files / "rating.json"
        report.write_text(f"+++\n{head}\n+++\n## 2.6.1 How does the city speak for learning?\nOn every corner.\n")
        city.do("review", "show", city.ask("review", "submit", report)["id"], "-o", saved)
        signers["expert"].do("review", "rate", saved, "--feature", "2.6.1", "--rating", "4", "--reason", "Wide and lasting.",
                             "--language", "en", "-o", rating)
        city.ask("review", "publish", rating, "--answer", "We take it up.", "--language", "en")

    def url(self, slug):
        return "http://localhost:" + self.http[slug].rsplit(":", 1)[1]

    def addresses(self):
        return {slug: {"url": self.url(slug), "folder": str(self.network.nodes[slug].folder)} for slug in self.http}


def say(value):
    print(json.dumps(value, ensure_ascii=False), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--web-dir", type=pathlib.Path)
    parser.add_argument("--empty", action="store_true", help="publish nothing")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    browsed = BrowserNetwork(options.folder, options.web_dir)
    try:
        browsed.found()
        if not options.empty:
            browsed.fill()
        say(browsed.addresses())
        for line in sys.stdin:
            try:
                say({"ok": browsed.answer(json.loads(line))})
            except Exception as error:  # whoever asked decides whether it ends the test
                say({"error": str(error)})
    finally:
        browsed.network.end()


if __name__ == "__main__":
    main()
