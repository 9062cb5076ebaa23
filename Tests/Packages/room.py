"""An empty room for a function: a chroot with busybox, a `/proc`, and what a check puts into `/etc`.

Nothing in it can help a function: no C library, no certificates, no shell but busybox. Lambda has `/proc`,
and a static Swift program does not start without it.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile

# Modules that the images of Lambda may have or lack. None is in the room: a function must not care.
nsswitch = """\
passwd: sss systemd files
group: sss systemd files
hosts: myhostname resolve [!UNAVAIL=return] mdns4_minimal [NOTFOUND=return] files dns
services: nis files
"""
usual_bundle = "/etc/pki/tls/certs/ca-bundle.crt"
# For `unshare` and `chroot`; in the room there is nothing to be found.
programs = "/usr/sbin:/usr/bin:/sbin:/bin"
begin = "/bin/busybox mount -t proc proc /proc && cd /var/task && exec ./bootstrap"


class Room:
    """files: text by path in the room, such as `{"/etc/hosts": "..."}`."""

    def __init__(self, package, files):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="alex-room-"))
        try:
            self._furnish(package, files)
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        self.process = None

    def _furnish(self, package, files):
        for name in ("bin", "proc", "etc", "tmp", "var/task"):
            (self.folder / name).mkdir(parents=True)
        shutil.copy(busybox(), self.folder / "bin/busybox")
        for path, text in ({"/etc/nsswitch.conf": nsswitch} | files).items():
            file = self.folder / path.lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        shutil.copy(package, self.folder / "tmp/package.zip")
        # Also checks the mode in the zip: nobody calls chmod.
        unpacked = subprocess.run(
            [*self._inside, "unzip", "-q", "/tmp/package.zip", "-d", "/var/task"],
            capture_output=True, text=True)
        assert unpacked.returncode == 0, f"{package} cannot be unpacked: {unpacked.stderr}"
        unpacked = {file.name for file in (self.folder / "var/task").iterdir()}
        assert unpacked - {"vocab.txt"} == {"bootstrap"}, unpacked

    def enter(self, control_plane, environment):
        """Starts the function. Nothing of this process' environment goes along."""
        self.log = open(self.folder / "tmp/log", "w+")
        self.process = subprocess.Popen(
            [*self._inside, "sh", "-c", begin],
            env=environment | {"AWS_LAMBDA_RUNTIME_API": control_plane.address, "PATH": programs},
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.log.close()
        shutil.rmtree(self.folder)

    @property
    def _inside(self):
        return [*isolation(), "chroot", self.folder, "/bin/busybox"]

    @property
    def lines(self):
        """What the function has logged."""
        self.log.seek(0)
        return self.log.read()

    def is_alive(self):
        status = self.process.poll()
        assert status is None, f"the function ended with {status}:\n{self.lines}"


def isolation():
    """A mount namespace, whose `/proc` goes with the function; with it whoever is not root may mount."""
    command = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    return command if os.geteuid() == 0 else [*command, "--user", "--map-root-user"]


def busybox():
    path = shutil.which("busybox")
    assert path, "busybox is missing: scripts/setup.sh --tests"
    return path
