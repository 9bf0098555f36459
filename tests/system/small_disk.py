"""A small disk in memory under a node's data folder, which a test fills, empties and makes larger.

Promise: it lives in a mount namespace of this process, and is gone with it however it ends.
"""

import os
import shutil
import subprocess

from loop_disk import CannotMount

PIECE = b"\xa5" * (256 << 10)
MIB = 1 << 20


def _run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotMount(f"{words[0]}: {(done.stderr or done.stdout).strip() or done.returncode}")


class SmallDisk:
    """Mounted over the folder of a node that does not run; what was in it is on the disk then."""

    def __init__(self, folder, mib):
        self.folder = folder
        self.beside = []  # mounted out of it
        aside = folder.with_name(f"{folder.name}.aside")
        folder.rename(aside)
        folder.mkdir(mode=0o700)
        _run("mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=0700", "tmpfs", folder)
        shutil.copytree(aside, folder, dirs_exist_ok=True, symlinks=True)
        shutil.rmtree(aside)

    @property
    def filler(self):
        return self.folder / "somebody-elses-file"

    def free(self):
        """Bytes."""
        disk = os.statvfs(self.folder)
        return disk.f_bavail * disk.f_frsize

    def fill(self, leave):
        """Somebody else writes until `leave` bytes are free; with 0, until nothing more goes in."""
        with open(self.filler, "ab", buffering=0) as file:
            while self.free() > leave:
                try:
                    file.write(PIECE[: max(4096, min(len(PIECE), self.free() - leave))])
                except OSError:
                    return

    def empty(self):
        """Somebody else's file is gone."""
        self.filler.unlink(missing_ok=True)

    def folder_beside(self, name):
        """A folder on this disk that is not in the node's: what it holds lies in `elsewhere` there."""
        there, beside = self.folder / "elsewhere", self.folder.with_name(f"{self.folder.name}.{name}")
        there.mkdir()
        beside.mkdir()
        _run("mount", "--bind", there, beside)
        self.beside.append(beside)
        return beside

    def enlarge(self, mib):
        _run("mount", "-o", f"remount,size={mib}m", self.folder)

    def close(self):
        for folder in self.beside:
            subprocess.run(["umount", "-l", folder], check=False, capture_output=True)
        subprocess.run(["umount", "-l", self.folder], check=False, capture_output=True)
