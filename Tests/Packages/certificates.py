"""A private certificate authority, made by openssl, and what it signs."""

import pathlib
import subprocess


class Authority:
    """An authority nobody in the world trusts but who is told to; `bundle` is its certificate as a file."""

    def __init__(self, folder, name):
        self.folder = pathlib.Path(folder)
        self.name = name
        self.bundle = self.folder / f"{name}.pem"
        self.key = self.folder / f"{name}.key"
        openssl("req", "-x509", *new_key, "-keyout", self.key, "-out", self.bundle, "-days", "2",
                "-subj", f"/CN={name}", "-addext", "basicConstraints=critical,CA:TRUE",
                "-addext", "keyUsage=critical,keyCertSign")

    def certify(self, *hosts):
        """(certificate, key) for a server that answers under these names."""
        stem = self.folder / f"{self.name}-server"
        certificate, key, request = (stem.with_suffix(ending) for ending in (".pem", ".key", ".csr"))
        names = stem.with_suffix(".ext")
        names.write_text("subjectAltName=" + ",".join(f"DNS:{host}" for host in hosts))
        openssl("req", *new_key, "-keyout", key, "-out", request, "-subj", f"/CN={hosts[0]}")
        openssl("x509", "-req", "-in", request, "-CA", self.bundle, "-CAkey", self.key, "-days", "2",
                "-set_serial", "1", "-extfile", names, "-out", certificate)
        return certificate, key


new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
