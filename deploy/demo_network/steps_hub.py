"""Third part of the demo: the hub goes away, and the cities go on."""

import statistics
import threading

from demo_network.figures import table_of
from demo_network.node import now_ms
from demo_network.steps_offers import tell_hub_has_it, tell_partnership
from demo_network.steps_publishing import LATE_CITY, late_rows
from demo_network.waiting import wait_until

# What an update may take at most; it is far less, and printed.
ARRIVES_WITHIN_S = 30.0


def tell_hub_away(story):
    network = story.network
    with story.tell.step("The hub stops") as step:
        code = network.hub.stop()
        if code != 0:
            raise AssertionError(f"the hub ended with exit code {code}")
        step.note("SIGTERM, exit code 0")
    late = late_rows()
    with story.tell.step(f"Without a hub, Derby publishes {len(late)} more years, one after another") as step:
        for year, rows in late.items():
            publish_and_watch(story, year, rows)
        step.note(f"on Espoo's node after {statistics.median(story.latencies_ms):.0f} ms, "
                  f"on all {len(network.running()) - 1} after {statistics.median(story.everywhere_ms):.0f} ms (medians)")
        step.show("from the start of `hansa indicators publish` to the answer of `hansa feeds` on the other node:",
                  "Espoo: " + ", ".join(f"{ms:.0f}" for ms in story.latencies_ms) + " ms",
                  "all:   " + ", ".join(f"{ms:.0f}" for ms in story.everywhere_ms) + " ms")
        network.wait_in_step()
    tell_partnership(story)
    with story.tell.step("The hub starts again and catches up") as step:
        before = network.hub.log().count("\n")
        network.start([network.hub])
        begun = now_ms()
        length = length_of(story.node(LATE_CITY), LATE_CITY)
        wait_until("the hub to have what it missed", lambda: length_of(network.hub, LATE_CITY) == length)
        step.note(f"{now_ms() - begun:.0f} ms after it was ready, {len(late)} sets and nothing asked of anybody")
        network.wait_in_step()
        if network.hub.log().count("\n") <= before:
            raise AssertionError("the hub wrote nothing into its log")
    tell_hub_has_it(story)


def length_of(node, slug):
    """How many sets of indicators of `slug` this node holds."""
    return max((length for (_, collection, _), (length, _) in node.heads(slug).items() if collection == "indicators"),
               default=0)


def publish_and_watch(story, year, rows):
    """Publishes one year of LATE_CITY and measures when others have it."""
    network = story.network
    author = story.node(LATE_CITY)
    path = network.files / f"{LATE_CITY}-{year}.csv"
    path.write_bytes(table_of(rows))
    author.ask("indicators", "import", path)
    goal = length_of(author, LATE_CITY) + 1
    espoo = story.node("fi-espoo")
    others = [node for node in network.running() if node is not author]
    answers = []
    begun = now_ms()
    publishing = threading.Thread(target=lambda: answers.append(author.hansa("indicators", "publish", "--year", year)))
    publishing.start()
    try:
        wait_until("Espoo to have it", lambda: length_of(espoo, LATE_CITY) >= goal, ARRIVES_WITHIN_S, 0.002)
        story.latencies_ms.append(now_ms() - begun)
        left = [node for node in others if node is not espoo]
        while left:
            lengths = network.of_each(lambda node: length_of(node, LATE_CITY), left)
            left = [node for node in left if lengths[node.slug] < goal]
            if now_ms() - begun > ARRIVES_WITHIN_S * 1000:
                raise AssertionError(f"after {ARRIVES_WITHIN_S:.0f} s {', '.join(n.slug for n in left)} do not have it")
        story.everywhere_ms.append(now_ms() - begun)
    finally:
        publishing.join()
    answers[0].expecting(0)
