"""Drives hansa-forge: a program that is nobody's, shows a member's key, and sends what a liar would send."""

import json
import subprocess

from demo_network.programs import CommandFailed, plain_environment, run

ANSWER_S = 60.0


class Forger:
    """One conversation with one node. Use as a context."""

    def __init__(self, programs, keys, address, record=None):
        """`keys` is the data folder of a member whose own node does not run."""
        words = [str(programs.forge), "converse", "--keys", str(keys), "--to", address]
        if record:
            words += ["--record", str(record)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=plain_environment(), start_new_session=True,
        )
        try:
            self._answer("open a stream")
        except CommandFailed:
            self.end()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        if self.process.poll() is None:
            try:
                self.process.stdin.close()
                self.process.wait(ANSWER_S)
            except (OSError, subprocess.TimeoutExpired):
                self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()

    def _answer(self, what):
        line = self.process.stdout.readline()
        if not line:
            raise CommandFailed(f"hansa-forge ended as it was to {what}: {self.process.stderr.read().strip()}")
        answer = json.loads(line)
        if not answer["ok"]:
            raise CommandFailed(f"hansa-forge could not {what}: {answer['why']}")
        return answer

    def _say(self, *words):
        line = " ".join(str(word) for word in words)
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self._answer(line)

    def rows(self):
        """The feeds the node says it holds: [{"feed", "length", "head"}]."""
        return self._say("rows")["rows"]

    def feed_with_head(self, head):
        """The id of the feed that ends in `head`."""
        for row in self.rows():
            if row["head"] == head:
                return row["feed"]
        raise CommandFailed(f"the node names no feed that ends in {head}")

    def fetch(self, feed, start, path):
        """The unit that begins at entry `start`, into a file; returns the sequence it ends at."""
        return self._say("fetch", feed, start, path)["through"]

    def send(self, path):
        self._say("send", path)

    def send_root(self, path):
        """Sends the root document of an approval, signed by whoever signed that file."""
        self._say("send-root", path)

    def await_ack(self, feed, length):
        self._say("await-ack", feed, length)

    def false_checkpoint(self, feed, length):
        self._say("false-checkpoint", feed, length)

    def second_history(self, feed, length):
        """A checkpoint of another history of `feed`, signed by the key of the folder: it must be the author's."""
        self._say("second-history", feed, length)

    def ended(self):
        return self._say("ended")["ended"]


def alter(programs, what, unit, out):
    """An altered copy of a unit. `what`: ["value", FROM, TO], ["hashes"] or ["signature"]."""
    run([programs.forge, "alter", *what, unit, out]).expecting(0)


def knock(programs, address):
    """Shows a key that nobody listed; returns what came of it: {"ok", "why"}."""
    return run([programs.forge, "knock", "--to", address]).json()
