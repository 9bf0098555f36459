"""An ext4 disk in a file, whose power can be cut: what had not reached the file by then is gone.

Promise: only devices that were made here are touched. They live in a mount namespace of this process, so that they end
with it and its children however it ends; and everything is given back by `close` before that.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys

from support import fresh_folder

from demo_network.waiting import wait_until

IN_OWN_NAMESPACE = "HANSA_OWN_MOUNTS"
SKIPPED = 77
DISK_BYTES = 96 << 20
# The longest that ext4 lets anything lie about: only what is synced reaches the disk soon.
COMMIT_S = 60


class CannotMount(Exception):
    """This machine gives no loop device, or none that writes past its caches."""


def _run(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotMount(f"{words[0]}: {(done.stderr or done.stdout).strip() or done.returncode}")
    return done.stdout.strip()


def enter_own_namespace():
    """Starts this program anew in a mount namespace of its own. Raises CannotMount where that cannot be."""
    if os.environ.get(IN_OWN_NAMESPACE):
        return
    if os.geteuid() != 0:
        raise CannotMount("a disk can be mounted only as root")
    namespace = ("unshare", "--mount", "--propagation", "private")
    for program in ("unshare", "losetup", "mount", "umount", "mkfs.ext4"):
        if shutil.which(program) is None:
            raise CannotMount(f"there is no {program}")
    _run(*namespace, "true")
    os.environ[IN_OWN_NAMESPACE] = "1"
    os.execvp(namespace[0], [*namespace, sys.executable, "-B", *sys.argv])


def end_in_order_on_sigterm():
    """SIGTERM becomes an error of the test, after which everything is cleaned up."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


class LoopDisk:
    """One disk, mounted at `self.path` until `close`."""

    def __init__(self, folder):
        self.path = pathlib.Path(folder) / "disk"
        self.image = pathlib.Path(folder) / "disk.img"
        self.copy = pathlib.Path(folder) / "copy.img"
        self.path.mkdir()
        with open(self.image, "wb") as image:
            image.truncate(DISK_BYTES)
        _run("mkfs.ext4", "-q", "-F", self.image)
        self.device = None
        self.mounted = False
        self._mount()

    def _mount(self):
        self.device = _run("losetup", "--find", "--show", "--direct-io=on", self.image)
        try:
            if self._about("loop/dio") != "1":
                raise CannotMount(f"{self.device} does not write past the caches of this file system")
            _run("mount", "-t", "ext4", "-o", f"commit={COMMIT_S}", self.device, self.path)
            self.mounted = True
        finally:
            # Given back as soon as nothing is mounted from it any more.
            _run("losetup", "--detach", self.device)

    def _about(self, what):
        return pathlib.Path("/sys/block", pathlib.Path(self.device).name, what).read_text(encoding="ascii").strip()

    def _writes(self):
        """What the device has written, and what it is at."""
        numbers = self._about("stat").split()
        return numbers[4], numbers[6], int(numbers[8])

    def keep_what_reached_it(self):
        """Copies what is on the disk now. Whoever writes to it must stand still meanwhile."""

        def copied():
            before = self._writes()
            shutil.copyfile(self.image, self.copy)
            return before == self._writes() and before[2] == 0  # nothing came while it was copied

        wait_until("the disk to be copied at rest", copied)

    def cut(self):
        """Puts in place what was kept, as after a power cut. Nobody may have a file open."""
        self.unmount()
        self.copy.replace(self.image)
        self._mount()

    def unmount(self):
        if not self.mounted:
            return
        _run("umount", self.path)
        self.mounted = False
        wait_until(f"{self.device} to be given back", lambda: str(self.image) not in _run("losetup", "--list", "--output",
                                                                                          "BACK-FILE", "--noheadings"))

    def close(self):
        self.unmount()


def try_one():
    """Raises CannotMount where this machine gives no such disk."""
    folder = fresh_folder("LoopDisk")
    try:
        LoopDisk(folder).close()
    finally:
        shutil.rmtree(folder)
