"""A real Redis on loopback, without files, stopped at the end."""

import contextlib
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator

import redis

from tests.services.real import ServiceMissingError

START_SECONDS = 20.0


class RunningRedis:
    """One Redis server: its URL, and means to stop and start it. Raises ServiceMissingError."""

    def __init__(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise ServiceMissingError("redis-server (apt-get install redis-server)")
        self._program = program
        self.port = _free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        self._process = subprocess.Popen(
            [
                *(self._program, "--port", str(self.port), "--bind", "127.0.0.1"),
                *("--save", "", "--appendonly", "no", "--daemonize", "no"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        give_up_at = time.monotonic() + START_SECONDS
        with contextlib.closing(redis.Redis.from_url(self.url)) as client:
            while True:
                with contextlib.suppress(redis.RedisError):
                    client.ping()
                    return
                if time.monotonic() > give_up_at:
                    raise RuntimeError("redis-server does not answer")
                time.sleep(0.02)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """It stands still: connections are taken and questions wait, and no answer comes."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it; what it kept is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
