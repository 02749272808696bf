"""Services that hang keep no page from being answered."""

import contextlib
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from ferrule_providers.api.lanes import THREADS
from ferrule_providers.core import Core
from tests.providers.conftest import ADMIN, Api, open_api
from tests.providers.serving import served

SECONDS = 60.0


def test_many_tests_of_a_service_that_hangs_leave_pages_and_health_alone(
    make_core: Callable[..., Core], sqlite_url: str
) -> None:
    opened: list[Api] = []

    def make(port: int) -> Any:
        opened.append(open_api(make_core(sqlite_url), port=port))
        return opened[0].client.app

    with served(make), contextlib.ExitStack() as held, ThreadPoolExecutor(THREADS + 5) as pool:
        api = opened[0]
        hanging = held.enter_context(socket.create_server(("127.0.0.1", 0), backlog=128))
        hanging.settimeout(SECONDS)
        api.set_up("one", server=f"http://127.0.0.1:{hanging.getsockname()[1]}")
        base, headers = str(api.client.base_url).rstrip("/"), {"X-API-Key": api.key}

        def test(_number: int) -> Any:
            one = f"{base}{ADMIN}/acme/connections/one/test"
            return httpx.post(one, headers=headers, timeout=SECONDS).json()

        told = pool.map(test, range(THREADS + 5))
        for _ in range(THREADS):
            held.enter_context(hanging.accept()[0])
        for path in ("/health", ADMIN, "/admin/login"):
            # Far less than the test takes that has to give up first.
            answer = httpx.get(base + path, headers=headers, timeout=15.0)
            assert answer.status_code == 200, path
        held.close()
        assert {each["ok"] for each in told} == {False}
