"""A shell on a terminal of its own, typed to key by key as a person would, and what its screen showed.

Promise: the shell is ended by its own id; waiting ends after PATIENCE_S at the latest, and says what was shown.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

PATIENCE_S = 30.0
COLUMNS, LINES = 200, 50
ESCAPES = re.compile(rb"\x1b(\[[0-9;?<>=]*[A-Za-z]|[()][A-Z0-9]|[=>]|\][^\x07]*\x07)|[\x07\r]")


class Terminal:
    """Use as a context."""

    # How each shell is told to show what is typed so far on Ctrl-X Ctrl-B, and to drop it.
    SHOWING = {
        "bash": r"""show() { printf '<<%s>>\n' "$READLINE_LINE"; READLINE_LINE=; }; bind -x '"\C-x\C-b": show'""",
        "zsh": r"""show() { print -rn -- "<<$BUFFER>>" >/dev/tty; BUFFER=; }; zle -N show; bindkey '^X^B' show""",
    }
    DROP = "\x15"  # Ctrl-U; Ctrl-C would also drop what is typed next and not read yet
    STARTED = {"bash": ["bash", "--noprofile", "--norc", "-i"], "zsh": ["zsh", "-f", "-i"]}

    def __init__(self, shell, environment):
        self.shown = b""
        self.marks = 0
        self.process, self.screen = pty.fork()
        if self.process == 0:
            os.execvpe(shell, self.STARTED[shell], {**environment, "TERM": "xterm", "PS1": "$ "})
        fcntl.ioctl(self.screen, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        # What is typed before the first prompt may be lost.
        self.wait_for(r"\$ $")
        self.do(f"stty cols {COLUMNS}")
        self.do(self.SHOWING[shell])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.screen)

    def text(self):
        return ESCAPES.sub(b"", self.shown).decode("utf-8", "replace")

    def press(self, keys):
        data = keys.encode()
        while data:
            data = data[os.write(self.screen, data):]

    def wait_for(self, pattern, after=0):
        """The match of `pattern` in what was shown from character `after` on."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            match = re.search(pattern, self.text()[after:], re.S)
            if match:
                return match
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.screen], [], [], left)[0]:
                raise AssertionError(f"{pattern!r} was not shown within {PATIENCE_S:.0f} s; this was: {self.text()[after:]}")
            self.shown += os.read(self.screen, 65536)

    def do(self, line):
        """Runs a line and waits until it is done."""
        self.marks += 1
        after = len(self.text())
        # What is typed is shown too, but not in these letters.
        self.press(f"{line}\necho do''ne-{self.marks}.\n")
        self.wait_for(rf"done-{self.marks}\.", after)

    def completed(self, typed):
        """What stands on the line once `typed`, which may have tabs in it, is completed."""
        after = len(self.text())
        self.press(typed + "\x18\x02")
        return self.wait_for(r"<<(.*?)>>", after).group(1)

    def listed(self, typed, pattern):
        """Types, and waits for `pattern` in what is offered; the line is then dropped."""
        after = len(self.text())
        self.press(typed)
        match = self.wait_for(pattern, after)
        self.press(self.DROP)
        return match
