"""Data folders as a released program left them: how they are packed, unpacked, and what they are known to hold.

They lie in tests/data/stores/<version>/: hub.tar.gz (what `network found` made, the hub's folder in it), city.tar.gz, and
known.json: what the nodes showed when they were made.
"""

import gzip
import hashlib
import io
import json
import pathlib
import struct
import tarfile

from support import SOURCES, UNEMPLOYMENT

STORES = SOURCES / "tests" / "data" / "stores"
CITY = "gb-bristol"
# Made anew at every start, or only for people.
LEFT_OUT = {"run", "log", "lock", "LOCK", "ballast", "rocksdb.log", "rocksdb.log.1"}

# The high-water file: two slots, each magic ‖ u32 version ‖ u64 counter ‖ u32 length ‖ payload ‖ SHA-256 of all before.
SLOT_BYTES = 16384
SLOT_HEAD = struct.Struct(">8sIQI")


def versions():
    """Every version of which there are folders, in order of their names."""
    return sorted(path.name for path in STORES.iterdir() if path.is_dir())


def known(version):
    return json.loads((STORES / version / "known.json").read_text(encoding="utf-8"))


def pack(folder, path):
    """The same folder gives the same bytes."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for found in sorted(pathlib.Path(folder).rglob("*")):
            relative = found.relative_to(folder)
            if LEFT_OUT & set(relative.parts):
                continue
            entry = archive.gettarinfo(found, str(relative))
            entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = 0, 0, 0, "", ""
            archive.addfile(entry, io.BytesIO(found.read_bytes()) if entry.isfile() else None)
    path.write_bytes(gzip.compress(packed.getvalue(), 9, mtime=0))


def unpack(version, name, folder):
    """Whole files and folders with the modes they had, below a new `folder` that nobody else can read."""
    folder = pathlib.Path(folder)
    folder.mkdir(mode=0o700, parents=True)
    with tarfile.open(STORES / version / f"{name}.tar.gz") as archive:
        for entry in archive.getmembers():
            target = folder / entry.name
            if entry.isdir():
                target.mkdir(mode=entry.mode)
            else:
                target.write_bytes(archive.extractfile(entry).read())
                target.chmod(entry.mode)
    return folder


def shown_by(node):
    """What a node shows of the city, in the form of known.json."""
    return {
        "figures": [[row["year"], row["cell"], row["value"], row["revision"], row["published"]]
                    for row in node.ask("indicators", "show", "--member", CITY)],
        "history": [[row["year"], row["id"], row["sequence"], row["revision"], row["value"]]
                    for row in node.ask("indicators", "history", UNEMPLOYMENT, "--member", CITY)],
        "practices": [[row["id"], row["title"], row["revision"]]
                      for row in node.ask("practices", "list", "--city", CITY)],
        "heads": sorted([*feed, *end] for feed, end in node.heads().items()),
    }


def raise_version_of_marks(path):
    """Makes a high-water file look as if a newer Hansa had written it; returns the new version."""
    file = bytearray(path.read_bytes())
    raised = None
    for start in range(0, len(file), SLOT_BYTES):
        magic, version, counter, length = SLOT_HEAD.unpack_from(file, start)
        if magic != b"hansahwm":
            continue  # never written
        raised = version + 1
        SLOT_HEAD.pack_into(file, start, magic, raised, counter, length)
        end = start + SLOT_HEAD.size + length
        file[end:end + 32] = hashlib.sha256(file[start:end]).digest()
    path.write_bytes(file)
    return raised
