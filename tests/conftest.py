"""What every test can ask for: services on loopback, and what the run tells at its end."""

import ipaddress
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from tests.packaging.wheelhouse import NoIndexError, shared
from tests.services.faults import FaultServer
from tests.services.real import (
    RealService,
    ServiceMissingError,
    find_program,
    httpbin,
    kinto,
    moto,
    running,
)
from tests.services.redis import RunningRedis
from tests.services.scripted import ScriptedService

# Property tests measure no time: a slow machine is not a fault.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

MISSING = "real service missing: "
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
# What takes longest in one piece begins first: then no worker is left with it at the end.
LONGEST = (
    "tests/docs/test_commands.py",
    "tests/recipes/",
    "tests/typing/",
    "tests/packaging/",
    "tests/providers/",
    "tests/runtime/test_hard_use.py",
    "tests/runtime/test_fault_grid.py",
    "tests/exports/",
    "tests/properties/",
    "tests/mending/",
)
collect_ignore_glob = ["cases/*/expected", "typing/planted"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the compiler says now as the expected files of the golden cases",
    )


def pytest_configure(config: pytest.Config) -> None:
    sys.addaudithook(_refuse_to_leave_loopback)
    # What the compiler keeps between runs lies with the checkout here, and not in anybody's home.
    os.environ["XDG_CACHE_HOME"] = str(config.rootpath / ".pytest_cache" / "compiler")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(
        key=lambda item: next(
            (rank for rank, start in enumerate(LONGEST) if item.nodeid.startswith(start)),
            len(LONGEST),
        )
    )


def _refuse_to_leave_loopback(event: str, arguments: tuple[object, ...]) -> None:
    """Tests talk to this machine only; a test that dials out fails where it does so."""
    if event != "socket.connect":
        return
    address = arguments[1]
    if not isinstance(address, tuple) or _is_loopback(str(address[0])):
        return
    raise PermissionError(f"a test tried to connect to {address}: tests talk to loopback only")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in ("", "localhost")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tests_without: dict[str, int] = {}
    for outcome in ("skipped", "failed", "error"):
        for report in terminalreporter.stats.get(outcome, []):
            _, met, service = report.longreprtext.partition(MISSING)
            if met:
                name = service.splitlines()[0].rstrip("')")
                tests_without[name] = tests_without.get(name, 0) + 1
    terminalreporter.section("real services")
    if not tests_without:
        terminalreporter.line("none was missing")
    for service, count in sorted(tests_without.items()):
        terminalreporter.line(f"missing: {service} (tests that did not run: {count})")


def skip_without_service(reason: str) -> NoReturn:
    """Skip a test for want of something real; with FERRULE_REQUIRE_SERVICES=1 that is a failure."""
    if os.environ.get("FERRULE_REQUIRE_SERVICES") == "1":
        pytest.fail(MISSING + reason, pytrace=False)
    pytest.skip(MISSING + reason)


@pytest.fixture(scope="session")
def wheelhouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our wheels and all that they need, made once for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    try:
        return shared(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
    except NoIndexError:
        reason = "a package index; there pip finds what our packages depend on"
    skip_without_service(reason)


def _run(service: RealService, folder: Path) -> Iterator[str]:
    try:
        program = find_program(service)
    except ServiceMissingError as missing:
        reason = str(missing)
    else:
        with running(service, folder, program) as url:
            yield url
        return
    skip_without_service(reason)


@pytest.fixture(scope="session")
def httpbin_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The origin of a real httpbin, shared by the whole run."""
    yield from _run(httpbin(), tmp_path_factory.mktemp("httpbin"))


@pytest.fixture(scope="session")
def kinto_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL (with `/v1`) of a real Kinto, shared by the whole run.

    Pages of five; any basic credentials are a user.
    """
    for origin in _run(kinto(), tmp_path_factory.mktemp("kinto")):
        yield f"{origin}/v1"


@pytest.fixture(scope="session")
def moto_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The origin of a moto server, which plays AWS; shared by the whole run."""
    yield from _run(moto(), tmp_path_factory.mktemp("moto"))


def _run_redis() -> Iterator[RunningRedis]:
    try:
        server = RunningRedis()
    except ServiceMissingError as missing:
        reason = str(missing)
    else:
        yield server
        server.stop()
        return
    skip_without_service(reason)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RunningRedis]:
    """A real Redis, shared by the whole run: use keys of your own."""
    yield from _run_redis()


@pytest.fixture
def own_redis() -> Iterator[RunningRedis]:
    """A real Redis that a test may stop."""
    yield from _run_redis()


@pytest.fixture
def start_service() -> Iterator[Callable[[], ScriptedService]]:
    """Starts scripted services; at the end each is stopped and asked if all went as scripted."""
    started: list[ScriptedService] = []

    def start() -> ScriptedService:
        started.append(ScriptedService())
        return started[-1]

    yield start
    for service in started:
        service.close()
    for service in started:
        service.verify()


@pytest.fixture
def service(start_service: Callable[[], ScriptedService]) -> ScriptedService:
    """A scripted service on a real socket: `service.on("GET", "/items", reply(json={...}))`."""
    return start_service()


@pytest.fixture
def other_service(start_service: Callable[[], ScriptedService]) -> ScriptedService:
    """A second origin, for what must not reach it."""
    return start_service()


@pytest.fixture
def faults() -> Iterator[FaultServer]:
    """A service whose every path is one fault; see `tests/services/faults.py` for their names."""
    server = FaultServer()
    yield server
    server.close()
    assert not server.server.failures, server.server.failures


@pytest.fixture
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether expected files are to be written instead of compared."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser of this machine."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        skip_without_service("chromium is not installed; `apt-get install chromium` does it")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()
