"""The demo: twelve real cities found a network, publish what they have, learn from each other, lose their hub, and are
lied to.

Run through deploy/demo. Exit code 0 only if every step came true.
"""

import argparse
import pathlib
import shutil
import signal
import sys
import tempfile
import threading

from demo_network.figures import cities, rows_of
from demo_network.interruption import interrupt
from demo_network.network import Network
from demo_network.programs import ROOT, programs_of_this_build, shown
from demo_network.steps_forgery import tell_forgery
from demo_network.steps_hub import tell_hub_away
from demo_network.steps_joining import tell_joining
from demo_network.steps_learning import tell_learning
from demo_network.steps_offers import tell_offers
from demo_network.steps_page import links_of, tell_page
from demo_network.steps_practices import tell_practices
from demo_network.steps_publishing import tell_publishing
from demo_network.telling import StepFailed, Teller, table

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NAME = "UNESCO Global Network of Learning Cities (demonstration)"


class Story:
    """What the steps have in common."""

    def __init__(self, network, teller):
        self.network = network
        self.tell = teller
        self.cities = cities()
        self.authorities = {}  # country → node
        self.example = ""  # record id of the offer that is taken up
        self.latencies_ms = []  # publish → seen at one other node
        self.everywhere_ms = []  # publish → seen at every other node

    def node(self, slug):
        return self.network.nodes[slug]

    def city_nodes(self):
        return [self.node(city.slug) for city in self.cities]

    def counting_nodes(self):
        """Of cities that have open figures."""
        return [self.node(city.slug) for city in self.cities if rows_of(city.slug)]


def tell_close(story):
    """The closing table: everything is everywhere, and every signature holds."""
    with story.tell.step("Every node holds the same, and every hash and signature it holds is right") as step:
        story.network.wait_in_step()
        verified = story.network.verify()
        for slug, found in verified.items():
            if not found["ok"]:
                raise AssertionError(f"{slug}: {found['problems']}")
        step.note(f"{sum(found['signatures'] for found in verified.values())} signatures checked")
    statuses = story.network.statuses_in_sync()
    first = next(iter(statuses.values()))
    same = all((s["feeds"], s["entries"], s["bytes"]) == (first["feeds"], first["entries"], first["bytes"])
               for s in statuses.values())
    in_sync = sum(status["in_sync"] for status in statuses.values())
    heads = ("nodes", "feeds", "entries", "bytes", "in sync", "seconds")
    row = (len(statuses), first["feeds"], first["entries"], first["bytes"], f"{in_sync} of {len(statuses)}",
           round(story.tell.seconds(), 1))
    story.tell.say()
    for line in table(heads, [row]):
        story.tell.say("  " + line)
    if not same or in_sync != len(statuses):
        raise StepFailed("the closing table")


def tell_how_to_talk(story, folder):
    """The commands a newcomer can type while the network is up."""
    hansa = shown(story.network.programs.hansa)
    say = story.tell.say
    say("\nThe network stays up until Ctrl-C. Talk to any node, such as Espoo's:\n")
    espoo = shown(story.node("fi-espoo").folder)
    for words in ("status", "members", "indicators show --member gb-bristol --year 2019",
                  "indicators history 1.2.2/unemployment-rate#total --member de-bonn", "practices list", "search festival",
                  "learn 2.6.1", "questions", "notices list", "offers list", "partnerships", "verify"):
        say(f"  {hansa} --data {espoo} {words}")
    say("\nEach node's folder, for --data:\n")
    rows = [(slug, node.place.name, node.address, shown(node.folder)) for slug, node in sorted(story.network.nodes.items())]
    for line in table(("member", "name", "listens on", "folder"), rows):
        say("  " + line)
    say("\nOr look at a city's page: the address lets its officer choose a password, and works once.\n")
    for line in table(("city", "page"), links_of(story)):
        say("  " + line)
    say(f"\nLogs are in log/hansad.log of each folder. Everything is below {shown(folder)}.")


def run_story(folder, stay, out=None):
    """Tells the whole story below `folder`; returns an exit code. Ends every process it started."""
    teller = Teller(out)
    network = Network(programs_of_this_build(), folder, NAME, options=("--http", "127.0.0.1:0", "--http-open"))
    story = Story(network, teller)
    try:
        teller.say(f"{NAME}\n")
        tell_joining(story)
        tell_publishing(story)
        tell_practices(story)
        tell_learning(story)
        tell_offers(story)
        tell_hub_away(story)
        tell_forgery(story)
        tell_close(story)
        tell_page(story)
        if stay:
            tell_how_to_talk(story, folder)
            threading.Event().wait()
        return 0
    except StepFailed:
        for node in network.nodes.values():
            teller.say(node.tail(lines=5))
        teller.say("\nThe story does not hold: see the step marked FAILED.")
        return 1
    except KeyboardInterrupt:
        teller.say("\nEnding every node.")
        return 0 if stay and teller.steps else 1
    finally:
        for ending in ENDINGS:  # a second Ctrl-C must not leave a process behind
            signal.signal(ending, signal.SIG_IGN)
        network.end()


def new_folder(keep):
    """The folder to work in: `keep`, which must not hold anything yet, or a fresh one under build/."""
    if keep is None:
        (ROOT / "build").mkdir(exist_ok=True)
        return pathlib.Path(tempfile.mkdtemp(prefix="demo-", dir=ROOT / "build"))
    folder = pathlib.Path(keep).resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        sys.exit(f"demo: {keep} is not an empty folder; name one that is not there yet")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main():
    parser = argparse.ArgumentParser(prog="deploy/demo", description=__doc__)
    parser.add_argument("--check", action="store_true", help="tell the story, wait for nobody, exit 0 or 1")
    parser.add_argument("--keep", metavar="DIR", help="put the data into DIR and leave it there")
    options = parser.parse_args()
    for ending in ENDINGS:
        signal.signal(ending, interrupt)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    folder = new_folder(options.keep)
    try:
        return run_story(folder, stay=not options.check)
    finally:
        if options.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            print(f"The data of every node is kept in {options.keep}.")


if __name__ == "__main__":
    sys.exit(main())
