"""Waiting for something to happen, and saying what did not.

Promise: nothing here sleeps for a fixed time. Every wait looks again after a short pause, ends as soon as
what was waited for is there, and gives up loudly.
"""

import time

PATIENCE_S = 120.0
# Between two looks: looking costs time that those who are waited for could have.
PAUSE_LEAST_S = 0.02
PAUSE_MOST_S = 0.25
PAUSE_PART = 0.2  # of the time that has been waited


class NeverCame(Exception):
    """Something waited for did not happen in time."""


def wait_until(what, condition, patience_s=PATIENCE_S, pause_s=None, explain=None):
    """Calls `condition` until it returns something true, and returns that.

    `pause_s` is the time between two looks; by default short at first, and longer the longer it takes. `explain`, if given,
    is called at the end of patience and says how things stand instead.
    """
    begun = time.monotonic()
    while True:
        value = condition()
        if value:
            return value
        waited = time.monotonic() - begun
        if waited >= patience_s:
            instead = f": {explain()}" if explain else ""
            raise NeverCame(f"waited {patience_s:.0f} s for {what}{instead}")
        time.sleep(pause_s or min(max(PAUSE_LEAST_S, waited * PAUSE_PART), PAUSE_MOST_S))
