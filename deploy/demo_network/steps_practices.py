"""The part of the demo about practices: cities publish what worked, and Swansea follows two of them."""

import json
import select
import statistics
import subprocess
import time

from demo_network.figures import DATA
from demo_network.programs import plain_environment
from demo_network.telling import table
from demo_network.waiting import wait_until

FOLLOWER = "gb-swansea"
FOLLOWED = ("gb-bristol", "ie-cork")
LATE = "ie-cork-2.json"  # Cork publishes it while Swansea watches


def slug_of(path):
    """Whose file it is: gb-bristol-1.json is Bristol's."""
    return path.stem.rsplit("-", 1)[0]


def files_in(folder):
    return sorted((DATA / folder).iterdir())


def tell_practices(story):
    network = story.network
    follower = story.node(FOLLOWER)
    with story.tell.step("Swansea follows the practices of Bristol and Cork") as step:
        for slug in FOLLOWED:
            follower.ask("follow", slug, "practices")
        step.note(", ".join(row["member"] for row in follower.ask("following")))
    with story.tell.step("Cities publish what worked for them, from files as an officer writes them") as step:
        files = [path for path in files_in("practices") if path.name != LATE]
        for path in files:
            story.node(slug_of(path)).ask("practices", "add", path)
        network.wait_in_step()
        step.note(f"{len(files)} practices of {len({slug_of(path) for path in files})} cities, real ones")
    with story.tell.step("Swansea is told what is new") as step:
        expected = sum(slug_of(path) in FOLLOWED for path in files)
        news = []

        def told():
            news.extend(follower.ask("news", "--new"))
            return len(news) >= expected

        wait_until("the news", told)
        if {item["member"] for item in news} != set(FOLLOWED) or len(news) != expected:
            raise AssertionError(f"expected {expected} practices of {FOLLOWED}, and was told {news}")
        step.show(*table(("city", "what", "title"), [(n["member"], n["kind"], n["title"]) for n in news]))
    tell_watching(story, follower)


def begin_watch(author, watcher):
    """A watch tells what comes from its first question on: an invented note is published until it has told of one."""
    for number in range(1, 100):
        note = {"title": f"Example: the watch begins ({number})", "language": "en", "summary": "Made for this demonstration."}
        mark = author.ask("practices", "add", "-", stdin=json.dumps(note).encode())["id"]
        readable, _, _ = select.select([watcher.stdout], [], [], 0.5)
        author.ask("practices", "withdraw", mark)
        if not readable:
            continue
        # Everything up to this one's being taken back again.
        item = {}
        while item.get("id") != mark or not item["withdrawn"]:
            item = json.loads(watcher.stdout.readline())
        return
    raise AssertionError("the watch told nothing")


def tell_watching(story, follower):
    """Cork publishes, then revises, while Swansea watches; the milliseconds from command to printed line."""
    cork = story.node("ie-cork")
    with story.tell.step("Swansea watches; Cork publishes one more, and revises it") as step:
        watcher = subprocess.Popen(
            [str(follower.programs.hansa), "--data", str(follower.folder), "watch", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=plain_environment(), start_new_session=True)
        try:
            begin_watch(cork, watcher)
            times = []
            record = None
            for words in ((), ("--reason", "a first correction"), ("--reason", "a second correction")):
                content = json.loads((DATA / "practices" / LATE).read_text(encoding="utf-8"))
                if words:
                    content["people"] = f"Example of a correction, {words[1]}."
                act = ("practices", "revise", record) if record else ("practices", "add")
                begun = time.monotonic()
                record = cork.ask(*act, "-", *words, stdin=json.dumps(content).encode())["id"]
                item = json.loads(watcher.stdout.readline())
                times.append((time.monotonic() - begun) * 1000)
                if item["id"] != record:
                    raise AssertionError(f"Swansea was told of {item}")
            step.note(f"printed {statistics.median(times):.0f} ms after the command began (median of {len(times)})")
        finally:
            watcher.kill()
            watcher.wait()
            watcher.stdout.close()
        story.network.wait_in_step()
