"""A real S3 server for tests: Ceph RGW in a micro cluster on loopback, in memory."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

NEEDED = ("ceph-mon", "ceph-osd", "ceph-mgr", "radosgw", "radosgw-admin", "ceph-authtool", "monmaptool", "ceph")

_CONFIGURATION = """
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{mon2},v1:127.0.0.1:{mon1}]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = {root}/keyring
auth allow insecure global id reclaim = false
osd pool default size = 1
osd pool default min size = 1
mon allow pool size one = true
mon warn on pool no redundancy = false
osd crush chooseleaf type = 0
osd pool default pg num = 8
osd pool default pg autoscale mode = off
mon max pg per osd = 1000
mon data = {root}/mon
mgr data = {root}/mgr
osd data = {root}/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd memory target = 939524096
ms bind ipv6 = false
run dir = {root}/run
admin socket = {root}/run/$name.asok
log file = {root}/log/$name.log
pid file = {root}/run/$name.pid
mon data avail crit = 1
mon data avail warn = 1
mgr initial modules =
[client.rgw.a]
rgw data = {root}/rgw
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw crypt require ssl = false
rgw dns name = localhost
rgw enable usage log = false
"""


@dataclass(frozen=True)
class S3Address:
    endpoint: str
    access_key: str
    secret_key: str


def missing_programs() -> list[str]:
    return [name for name in NEEDED if shutil.which(name) is None]


@contextlib.contextmanager
def running_s3(root: Path):
    """Start the cluster under ``root``, give its address, stop it again."""
    address = S3Address(f"127.0.0.1:{_free_port()}", "test" + secrets.token_hex(4), secrets.token_hex(16))
    try:
        _start(root, address)
        yield address
    finally:
        _stop(root)


def _start(root: Path, address: S3Address) -> None:
    for name in ("mon", "mgr", "osd", "rgw", "log", "run"):
        (root / name).mkdir()
    fsid, mon1, port = str(uuid.uuid4()), _free_port(), address.endpoint.rsplit(":", 1)[1]
    mon2 = _free_port()
    conf, keyring, monmap = root / "ceph.conf", root / "keyring", root / "monmap"
    conf.write_text(_CONFIGURATION.format(root=root, fsid=fsid, mon1=mon1, mon2=mon2, port=port))

    def run(*command: str) -> None:
        with (root / "log" / "boot.log").open("ab") as log:
            environment = {**os.environ, "CEPH_CONF": str(conf)}
            subprocess.run(command, check=True, stdout=log, stderr=log, env=environment, timeout=60)

    vector = f"[v2:127.0.0.1:{mon2},v1:127.0.0.1:{mon1}]"
    run("monmaptool", "--create", "--clobber", "--fsid", fsid, "--addv", "a", vector, str(monmap))
    caps = {
        "mon.": ("mon", "allow *"),
        "client.admin": ("mon", "allow *", "osd", "allow *", "mgr", "allow *"),
        "mgr.x": ("mon", "allow profile mgr", "osd", "allow *"),
        "osd.0": ("mon", "allow profile osd", "mgr", "allow profile osd", "osd", "allow *"),
        "client.rgw.a": ("mon", "allow rw", "osd", "allow rwx", "mgr", "allow rw"),
    }
    for number, (name, pairs) in enumerate(caps.items()):
        create = ("--create-keyring",) if number == 0 else ()
        grants = [part for kind, cap in zip(pairs[::2], pairs[1::2], strict=True) for part in ("--cap", kind, cap)]
        run("ceph-authtool", *create, str(keyring), "--gen-key", "-n", name, *grants)
    with_conf = ("-c", str(conf))
    run("ceph-mon", *with_conf, "-i", "a", "--mkfs", "--monmap", str(monmap), "--keyring", str(keyring))
    run("ceph-mon", *with_conf, "-i", "a")
    run("ceph", *with_conf, "auth", "import", "-i", str(keyring))
    run("ceph-mgr", *with_conf, "-i", "x")
    osd = str(uuid.uuid4())
    run("ceph", *with_conf, "osd", "new", osd, "0")
    run("ceph-osd", *with_conf, "-i", "0", "--mkfs", "--osd-uuid", osd)
    run("ceph-osd", *with_conf, "-i", "0")
    run("radosgw", *with_conf, "-n", "client.rgw.a")
    _wait_for(int(port))
    keys = (f"--access-key={address.access_key}", f"--secret-key={address.secret_key}")
    who = ("--uid=test", "--display-name=Test")
    run("radosgw-admin", *with_conf, "-n", "client.rgw.a", "user", "create", *who, *keys)


def _stop(root: Path) -> None:
    for name in ("client.rgw.a", "osd.0", "mgr.x", "mon.a"):
        with contextlib.suppress(OSError, ValueError):
            os.kill(int((root / "run" / f"{name}.pid").read_text()), signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError("the S3 server did not open its port")
