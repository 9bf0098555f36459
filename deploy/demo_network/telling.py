"""How the demo tells its story: a line for each step, with its outcome and its seconds; plain text everywhere."""

import sys
import time
import unicodedata
from contextlib import contextmanager


class StepFailed(Exception):
    """A step of the story did not come true; it has been told."""


class Step:
    """One step while it is told."""

    def __init__(self, what):
        self.what = what
        self.notes = []
        self.lines = []

    def note(self, text):
        """A few words behind the step's own."""
        self.notes.append(text)

    def show(self, *lines):
        """Lines below the step."""
        self.lines += lines


class Teller:
    def __init__(self, out=None):
        self.out = out or sys.stdout
        self.started = time.monotonic()
        self.steps = 0

    def say(self, text=""):
        print(text, file=self.out, flush=True)

    def seconds(self):
        return time.monotonic() - self.started

    @contextmanager
    def step(self, what):
        """Tells `what` and how it ended. Whatever is raised inside becomes a StepFailed."""
        begun = time.monotonic()
        waiting = self.out.isatty()
        if waiting:
            print(f"  ...            {what}", end="\r", file=self.out, flush=True)
        step = Step(what)
        try:
            yield step
        except (Exception, KeyboardInterrupt) as error:
            self._line("FAILED", begun, what, waiting)
            if isinstance(error, KeyboardInterrupt):
                raise
            self.say("\n".join("           " + line for line in str(error).splitlines()))
            raise StepFailed(what) from error
        self.steps += 1
        self._line("ok", begun, "; ".join([what, *step.notes]), waiting)
        for line in step.lines:
            self.say("           " + line)

    def _line(self, outcome, begun, what, waiting):
        clear = "\x1b[K" if waiting else ""
        self.say(f"  {outcome:<6} {time.monotonic() - begun:5.1f} s  {what}{clear}")


def width_of(text):
    """Columns that `text` takes on a terminal."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) != 0 for letter in text)


def table(heads, rows):
    """Lines of a plain table; numbers to the right."""
    cells = [[str(cell) for cell in row] for row in [heads, *rows]]
    widths = [max(width_of(row[column]) for row in cells) for column in range(len(heads))]
    is_number = [all(isinstance(row[column], (int, float)) for row in rows) for column in range(len(heads))]
    lines = []
    for row in cells:
        parts = []
        for column, cell in enumerate(row):
            space = " " * (widths[column] - width_of(cell))
            parts.append(space + cell if is_number[column] else cell + space)
        lines.append("  ".join(parts).rstrip())
    return lines
