"""The service on a real port of loopback, in a thread."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from ferrule_providers.core import Core
from tests.providers.conftest import Api, open_api


@contextlib.contextmanager
def served(make: Callable[[int], Any]) -> Iterator[None]:
    """Serve an application on loopback in a thread while the block runs."""
    import uvicorn

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        port = listener.getsockname()[1]
        config = uvicorn.Config(make(port), log_level="critical", access_log=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        deadline = time.monotonic() + 20
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        try:
            yield
        finally:
            server.should_exit = True
            thread.join(20)


@contextlib.contextmanager
def service_over(core: Core) -> Iterator[tuple[str, Api]]:
    """The service over the core of a test: its URL, and what asks it."""
    opened: list[Api] = []

    def make(port: int) -> Any:
        opened.append(open_api(core, port=port))
        return opened[0].client.app

    with served(make):
        yield str(opened[0].client.base_url).rstrip("/"), opened[0]
