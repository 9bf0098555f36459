"""Waiting for something to happen, and saying what did not.

Promise: nothing here sleeps for a fixed time. Every wait looks again after a short pause, ends as soon as
what was waited for is there, and gives up loudly.
"""

import time

PATIENCE_S = 120.0
PAUSE_S = 0.02


class NeverCame(Exception):
    """Something waited for did not happen in time."""


def wait_until(what, condition, patience_s=PATIENCE_S, pause_s=PAUSE_S, explain=None):
    """Calls `condition` until it returns something true, and returns that.

    `explain`, if given, is called at the end of patience and says how things stand instead.
    """
    deadline = time.monotonic() + patience_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= deadline:
            instead = f": {explain()}" if explain else ""
            raise NeverCame(f"waited {patience_s:.0f} s for {what}{instead}")
        time.sleep(pause_s)
