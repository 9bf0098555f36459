"""How soon `hansa watch` on one city prints what another publishes, with the hub and without, side by side in one run.

    tests/bench/watching.py [--times N]

Time counts from the start of the publishing command, so both programs' start is in it. Prints the milliseconds of each
hand-over, the median and the slowest, and the ratio of both medians. It exits 1 if any took longer than a second.
"""

import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system"))

import support  # noqa: E402

from demo_network.network import Network  # noqa: E402
from demo_network.programs import plain_environment, programs_of_this_build  # noqa: E402
from demo_network.steps_practices import begin_watch  # noqa: E402

SECOND_MS = 1000.0


def handed_over(author, watcher, number):
    """Milliseconds from the start of the command to the printed line."""
    note = {"title": f"Measured {number}", "language": "en", "summary": "Made for a measurement."}
    begun = time.monotonic()
    record = author.ask("practices", "add", "-", stdin=json.dumps(note).encode())["id"]
    told = json.loads(watcher.stdout.readline())
    passed = (time.monotonic() - begun) * 1000
    if told["id"] != record:
        raise AssertionError(f"told of {told} instead of {record}")
    return passed


def measure(network, times):
    """{name: [milliseconds]} with the hub, then without."""
    author, reader = network.nodes["gb-bristol"], network.nodes["gb-swansea"]
    reader.ask("follow", "gb-bristol", "practices")
    words = [str(reader.programs.hansa), "--data", str(reader.folder), "watch", "--json"]
    watcher = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=plain_environment())
    try:
        begin_watch(author, watcher)
        taken = {"hub on": [handed_over(author, watcher, n) for n in range(times)]}
        network.hub.stop()
        network.wait_in_step([author, reader])
        taken["hub off"] = [handed_over(author, watcher, times + n) for n in range(times)]
        return taken
    finally:
        watcher.kill()
        watcher.wait()
        watcher.stdout.close()


def main():
    asked = argparse.ArgumentParser(description="how soon news is printed elsewhere")
    asked.add_argument("--times", type=int, default=20, help="hand-overs with the hub, and as many without (default 20)")
    times = asked.parse_args().times
    folder = support.fresh_folder("watching")
    try:
        with Network(programs_of_this_build(), folder) as network:
            network.found()
            network.start([network.hub])
            authority = network.admit_authority("GBR", "gb-authority")
            for slug in ("gb-bristol", "gb-swansea"):
                network.admit_city(authority, slug, slug.removeprefix("gb-").capitalize())
            network.start([network.nodes["gb-bristol"], network.nodes["gb-swansea"]])
            network.wait_in_step()
            taken = measure(network, times)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for name, passed in taken.items():
        print(f"{name:8} median {statistics.median(passed):4.0f} ms, slowest {max(passed):4.0f} ms, of {len(passed)}: "
              + " ".join(f"{ms:.0f}" for ms in passed))
    print(f"ratio    {statistics.median(taken['hub off']) / statistics.median(taken['hub on']):.2f} (hub off : hub on)")
    return 0 if max(map(max, taken.values())) < SECOND_MS else 1


if __name__ == "__main__":
    sys.exit(main())
