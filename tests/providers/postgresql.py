"""Starts a real PostgreSQL on loopback in a folder of its own, and stops it by its process id."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.services.real import ServiceMissingError

READY_SECONDS = 60.0
STOP_SECONDS = 20.0


def find_folder() -> Path:
    """The folder with initdb and postgres, as Debian and others lay it out."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("postgres")
    folders += [Path(on_path).parent] if on_path else []
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise ServiceMissingError("postgresql is not installed; `apt-get install postgresql` does it")


def _user() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as the user that its package made."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    raise ServiceMissingError("postgresql does not run as root, and there is no user postgres")


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Run a server while the block runs; gives a URL without a database's name."""
    programs, user = find_folder(), _user()
    folder = Path(tempfile.mkdtemp(prefix="ferrule-pg-"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        subprocess.run(
            [
                *(programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "postgres"),
                *("--no-sync", "--locale=C.UTF-8", "--encoding=UTF8"),
            ],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
            timeout=READY_SECONDS,
        )
        with _served(programs, folder, user) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _served(programs: Path, folder: Path, user: str | None) -> Iterator[str]:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port = finder.getsockname()[1]
    options = {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        # The tests kill clients, not the machine.
        "fsync": "off",
        "max_connections": "200",
        "shared_buffers": "32MB",
    }
    words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with (folder.parent / f"{folder.name}.log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=user,
            cwd=folder,
        )
    try:
        _wait(process, port)
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        # The data is thrown away: no checkpoint first.
        process.send_signal(signal.SIGQUIT)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_SECONDS)
        Path(log.name).unlink(missing_ok=True)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    import psycopg

    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"postgres ended with {process.returncode}")
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(f"host=127.0.0.1 port={port} user=postgres", connect_timeout=2).close()
            return
        time.sleep(0.05)
    raise RuntimeError("postgres does not answer")
