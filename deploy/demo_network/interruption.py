"""Ctrl-C and SIGTERM as KeyboardInterrupt, but never between the start of a process and the moment it is known here: such a
process would be ended by nobody."""

import _thread
import threading
from contextlib import contextmanager

_lock = threading.Lock()
_held = 0
_came_meanwhile = False


def interrupt(*_):
    """A signal handler; runs in the main thread."""
    global _came_meanwhile
    if _held > 0:  # read without the lock: the main thread may hold it
        _came_meanwhile = True
    else:
        raise KeyboardInterrupt


@contextmanager
def held_off():
    """What is done inside is done whole; an interruption that comes meanwhile comes after it."""
    global _held, _came_meanwhile
    with _lock:
        _held += 1
    try:
        yield
    finally:
        with _lock:
            _held -= 1
            comes_now = _came_meanwhile and _held == 0
            if comes_now:
                _came_meanwhile = False
        if comes_now and threading.current_thread() is threading.main_thread():
            raise KeyboardInterrupt
        if comes_now:
            _thread.interrupt_main()
