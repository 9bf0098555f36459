"""What can befall a file of a stopped node's data folder: which files there are, by kind, and what a fault makes of one.

Promise: a fault changes the folder, or says that it cannot (None); the same random numbers make the same fault.
"""

import pathlib
import shutil

BLOCK_BYTES = 4096
FAULTS = ("bit", "block", "half", "swap", "removed", "older")
KINDS = ("table", "live log", "old log", "manifest", "current", "options", "store identity", "high water", "key",
         "charter", "identity", "run")


def files_of(kind, folder):
    """The files of one kind, oldest first; none where there is none."""
    store = folder / "db" / "rocksdb"
    logs = sorted(store.glob("*.log"))
    return {
        "table": sorted(store.glob("*.sst")),
        "live log": logs[-1:],
        "old log": logs[:-1],
        "manifest": sorted(store.glob("MANIFEST-*")),
        "current": sorted(store.glob("CURRENT")),
        "options": sorted(store.glob("OPTIONS-*")),
        "store identity": sorted(store.glob("IDENTITY")),
        "high water": sorted(folder.glob("high_water")),
        "key": sorted(folder.glob("keys/*.key")),
        "charter": sorted(folder.glob("charter.json")),
        "identity": sorted(folder.glob("identity.json")),
        "run": sorted(path for path in folder.glob("run/*") if path.is_file()),
    }[kind]


def copy_folder(source, target):
    """A copy of a data folder of which no node is running; without what is made anew at a start."""

    def left_out(folder, names):
        return [name for name in names if name == "ballast" or (pathlib.Path(folder) / name).is_socket()]

    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(source, target, ignore=left_out)


def spoil_where(folder, word):
    """A bit of every table of a stopped node in which `word` stands as it is, there. How many tables that were."""
    spoilt = 0
    for path in files_of("table", folder):
        data = bytearray(path.read_bytes())
        at = data.find(word.encode())
        if at >= 0:
            data[at] ^= 1
            path.write_bytes(data)
            spoilt += 1
    return spoilt


class Damage:
    """Faults in `folder`. `older` is the same folder as it was before, `other` that of another node."""

    def __init__(self, folder, older, other, random):
        self.folder, self.older, self.other, self.random = folder, older, other, random

    def strike(self, kind, fault):
        """Does it to one file of that kind. Returns what was done, in words; None where there is nothing to do it to."""
        files = files_of(kind, self.folder)
        if not files:
            return None
        path = self.random.choice(files)
        name = str(path.relative_to(self.folder))
        before = path.read_bytes()
        where = getattr(self, f"_{fault}")(path, kind)
        if where is None or (path.exists() and path.read_bytes() == before):
            return None
        return f"{name} {where}"

    def _bit(self, path, _):
        data = bytearray(path.read_bytes())
        if not data:
            return None
        position, bit = self.random.randrange(len(data)), self.random.randrange(8)
        data[position] ^= 1 << bit
        path.write_bytes(data)
        return f"byte {position} bit {bit}"

    def _block(self, path, _):
        data = bytearray(path.read_bytes())
        filled = [start for start in range(0, len(data), BLOCK_BYTES) if any(data[start:start + BLOCK_BYTES])]
        if not filled:
            return None
        start = self.random.choice(filled)
        end = min(start + BLOCK_BYTES, len(data))
        data[start:end] = bytes(end - start)
        path.write_bytes(data)
        return f"bytes {start} to {end}"

    def _half(self, path, _):
        size = path.stat().st_size
        with open(path, "r+b") as file:
            file.truncate(size // 2)
        return f"{size // 2} of {size} bytes"

    def _removed(self, path, _):
        path.unlink()
        return ""

    def _swap(self, path, kind):
        """With another of the folder; where it has no other, the one of another node comes in its place."""
        others = [file for file in files_of(kind, self.folder) if file != path]
        if others:
            other = self.random.choice(others)
            mine, theirs = path.read_bytes(), other.read_bytes()
            path.write_bytes(theirs)
            other.write_bytes(mine)
            return f"with {other.name}"
        foreign = files_of(kind, self.other)
        if not foreign:
            return None
        path.write_bytes(self.random.choice(foreign).read_bytes())
        return "of another node"

    def _older(self, path, _):
        older = self.older / path.relative_to(self.folder)
        if not older.is_file():
            return None
        path.write_bytes(older.read_bytes())
        return "of before"
