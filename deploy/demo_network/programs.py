"""The programs of one build, how to run one, and what it answered."""

import json
import os
import pathlib
import random
import socket
import subprocess
import threading
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMMAND_S = 60.0

DONE = 0
FAILED = 1
USAGE = 2
NOT_FOUND = 3
REFUSED = 4
UNREACHABLE = 5


class CommandFailed(Exception):
    """A command ended with another exit code than it was expected to."""


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    words: tuple
    code: int
    out: str
    err: str

    def json(self):
        try:
            return json.loads(self.out)
        except json.JSONDecodeError as error:
            raise CommandFailed(f"{self.line()} did not print one JSON value: {error}\n{self.out}") from error

    def line(self):
        return " ".join(str(word) for word in self.words)

    def expecting(self, code):
        """This answer, if the command ended with `code`."""
        if self.code == code:
            return self
        said = (self.err or self.out).strip()
        raise CommandFailed(f"{self.line()}\n  exit code {self.code}, expected {code}; it said: {said}")


@dataclass(frozen=True)
class Programs:
    """Where the programs of one build are."""

    build: pathlib.Path
    hansa: pathlib.Path = field(init=False)
    hansad: pathlib.Path = field(init=False)
    forge: pathlib.Path = field(init=False)
    force_admission: pathlib.Path = field(init=False)
    raise_layout: pathlib.Path = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "hansa", self.build / "bin" / "hansa")
        object.__setattr__(self, "hansad", self.build / "bin" / "hansad")
        object.__setattr__(self, "forge", self.build / "tests" / "hansa-forge")
        object.__setattr__(self, "force_admission", self.build / "tests" / "hansa-force-admission")
        object.__setattr__(self, "raise_layout", self.build / "tests" / "hansa-raise-layout")


def programs_of_this_build():
    """The programs in $HANSA_BUILD, or in the release build of this checkout."""
    return Programs(pathlib.Path(os.environ.get("HANSA_BUILD", ROOT / "build" / "release")))


def plain_environment(extra=None):
    """What programs are started with: nothing of the user's that could change what they do or say."""
    keep = ("PATH", "HOME", "TMPDIR", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS")
    environment = {name: os.environ[name] for name in keep if name in os.environ}
    environment["LC_ALL"] = "C.UTF-8"
    environment.update(extra or {})
    return environment


def run(words, stdin=None, environment=None, seconds=COMMAND_S, cwd=None):
    """Runs one program to its end. `stdin` is text or bytes; without it there is none."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    source = {"input": data} if data is not None else {"stdin": subprocess.DEVNULL}
    try:
        done = subprocess.run(
            [os.fsencode(str(word)) for word in words],
            capture_output=True,
            timeout=seconds,
            env=plain_environment(environment),
            cwd=cwd,
            check=False,
            **source,
        )
    except subprocess.TimeoutExpired as error:
        raise CommandFailed(f"{' '.join(str(word) for word in words)} did not end within {seconds:.0f} s") from error
    out = done.stdout.decode("utf-8", "replace")
    err = done.stderr.decode("utf-8", "replace")
    return Answer(tuple(words), done.returncode, out, err)


def shown(path):
    """`path` as a person in the checkout would type it."""
    path = pathlib.Path(path)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def told(answer):
    """The one line of an error, with paths as a person in the checkout would type them."""
    return answer.err.strip().replace(f"{ROOT}/", "")


_ports_given = set()
_ports_lock = threading.Lock()


def free_address():
    """127.0.0.1 and a port that nobody has, below those that the kernel gives to outgoing connections."""
    with _ports_lock:
        return f"127.0.0.1:{_free_port()}"


def _free_port():
    for port in random.sample(range(20000, 32000), 2000):
        if port in _ports_given:
            continue
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind(("127.0.0.1", port))
            except OSError:
                continue
        _ports_given.add(port)
        return port
    raise CommandFailed("no port of 127.0.0.1 between 20000 and 32000 is free")
