"""One node: its data folder, its process while it runs, and the questions one can put to it.

Promise: a process that was started here is ended here, by its own process id, whatever happens in between.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass

from demo_network.interruption import held_off
from demo_network.programs import DONE, CommandFailed, Programs, plain_environment, run
from demo_network.waiting import wait_until

STOP_S = 30.0


@dataclass(frozen=True)
class Place:
    """Who a node is to be."""

    kind: str
    slug: str
    name: str
    country: str


class Node:
    """A data folder with a node in it. Not thread-safe, but different nodes may be used at once."""

    def __init__(self, programs: Programs, folder, place: Place, address, outputs):
        self.programs = programs
        self.folder = pathlib.Path(folder)
        self.place = place
        self.slug = place.slug
        self.address = address
        self.output = pathlib.Path(outputs) / f"{place.slug}.txt"
        self.process = None

    # The command line.

    def hansa(self, *words, stdin=None, environment=None):
        """Runs `hansa` on this node's folder; whatever its exit code."""
        return run([self.programs.hansa, "--data", self.folder, *words], stdin=stdin, environment=environment)

    def do(self, *words, code=DONE, stdin=None):
        """Runs `hansa` and expects that exit code."""
        return self.hansa(*words, stdin=stdin).expecting(code)

    def ask(self, *words, stdin=None):
        """Runs `hansa --json`, expects it to be done, and returns what it printed."""
        return self.do(*words, "--json", stdin=stdin).json()

    def heads(self, member=None):
        """How long each feed held is and where it ends, as far as this node knows."""
        rows = self.ask("feeds", member) if member else self.ask("feeds")
        return {
            (row["member"], row["collection"], row["incarnation"]): (row["length"], row["head"])
            for row in rows
            if row["length"] > 0
        }

    # The process.

    def start(self, environment=None, listen=True, options=()):
        """Starts the process and does not wait; see wait_ready."""
        if self.is_running():
            raise CommandFailed(f"{self.slug} runs already")
        self._endpoints_before = self._endpoints_mark()
        words = [str(self.programs.hansad), "--data", str(self.folder)]
        if listen:
            words += ["--listen", self.address]
        words += options
        with open(self.output, "ab") as output, held_off():
            self.process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=plain_environment(environment),
                # Ctrl-C in the terminal reaches us alone, and we end what we started, in order.
                start_new_session=True,
            )
        return self

    def wait_ready(self, patience_s=30.0):
        """Returns once the node says where it can be reached."""

        def ready():
            if not self.is_running():
                raise CommandFailed(f"{self.slug} ended as it started:\n{self.tail()}")
            mark = self._endpoints_mark()
            return mark is not None and mark != self._endpoints_before

        wait_until(f"{self.slug} to be ready", ready, patience_s, explain=self.tail)
        return self

    def _endpoints_mark(self):
        try:
            found = os.stat(self.folder / "run" / "endpoints.json")
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def stop(self):
        """Asks the process to end and returns its exit code."""
        self.ask_to_stop()
        return self.wait_ended()

    def ask_to_stop(self):
        if self.is_running():
            self.process.send_signal(signal.SIGTERM)

    def wait_ended(self):
        if self.process is None:
            return None
        try:
            return self.process.wait(STOP_S)
        except subprocess.TimeoutExpired as error:
            self.kill()
            raise CommandFailed(f"{self.slug} did not end within {STOP_S:.0f} s of SIGTERM:\n{self.tail()}") from error

    def kill(self):
        """Ends the process as a power cut would."""
        if self.is_running():
            self.process.send_signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def wait_killed(self, patience_s=30.0):
        """Returns once the process has killed itself at a named moment."""
        wait_until(f"{self.slug} to fall at its kill point", lambda: not self.is_running(), patience_s, explain=self.tail)
        if self.process.returncode != -signal.SIGKILL:
            raise CommandFailed(f"{self.slug} ended with {self.process.returncode} instead of a kill:\n{self.tail()}")

    def freeze(self):
        """Stops the process where it stands, until thaw; it neither runs nor ends."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        if self.is_running():
            self.process.send_signal(signal.SIGCONT)

    # What it left behind.

    def log(self):
        """The node's own log, whole."""
        try:
            return (self.folder / "log" / "hansad.log").read_text("utf-8", "replace")
        except FileNotFoundError:
            return ""

    def tail(self, lines=15):
        """The end of the node's log and of what it printed, for a person who must find out what went wrong."""
        printed = self.output.read_text("utf-8", "replace") if self.output.exists() else ""
        parts = []
        for name, text in (("log", self.log()), ("output", printed)):
            if text.strip():
                last = text.strip().splitlines()[-lines:]
                parts.append(f"{name} of {self.slug}, its last lines:\n  " + "\n  ".join(last))
        return "\n".join(parts) or f"{self.slug} left no log"

    def endpoints(self):
        """What run/endpoints.json says; None if it is not there."""
        try:
            return json.loads((self.folder / "run" / "endpoints.json").read_text())
        except FileNotFoundError:
            return None

    def copy_to(self, folder):
        """A copy of the data folder, of a node that does not run."""
        shutil.copytree(self.folder, folder)
        return folder


def now_ms():
    return time.monotonic() * 1000.0
