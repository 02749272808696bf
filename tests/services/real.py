"""Starts real services on a free loopback port, and stops them with all their children."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
READY_SECONDS = 60.0
STOP_SECONDS = 10.0
CHILDREN_SECONDS = 3.0
"""How long children may outlive the process that started them."""

STARTS = 3
"""A port found free may be taken before the service binds it: then another one is tried."""


class ServiceMissingError(Exception):
    """A real service is not installed; the message says how it would be."""


class ServiceFailedError(Exception):
    """A real service is installed and does not start; the message carries the end of its log."""


@dataclass(frozen=True, slots=True)
class RealService:
    """How a service is started: its command's words, given a port and a folder for files."""

    name: str
    program: str
    ready_path: str
    arguments: Callable[[int, Path], list[str]]


def httpbin() -> RealService:
    """httpbin behind gunicorn: status codes, redirects, encodings, auth, echo."""

    def arguments(port: int, folder: Path) -> list[str]:
        place = ["--bind", f"127.0.0.1:{port}", "--worker-tmp-dir", str(folder)]
        return [*place, "--worker-class", "gthread", "--threads", "8", "httpbin:app"]

    return RealService("httpbin", "gunicorn", "/get", arguments)


def moto() -> RealService:
    """A stand-in for AWS that holds every request against its signature, once it is told to."""

    def arguments(port: int, folder: Path) -> list[str]:
        return ["-H", "127.0.0.1", "-p", str(port)]

    return RealService("moto", "moto_server", "/moto-api/", arguments)


KINTO_SETTINGS = {
    "storage_backend": "kinto.core.storage.memory",
    "cache_backend": "kinto.core.cache.memory",
    "permission_backend": "kinto.core.permission.memory",
    "userid_hmac_secret": "of no use outside this process",
    "includes": "kinto.plugins.default_bucket kinto.plugins.accounts kinto.plugins.flush",
    "account_create_principals": "system.Everyone",
    "bucket_create_principals": "system.Authenticated",
    "flush_endpoint_enabled": "true",
    "paginate_by": "5",
    "retry_after_seconds": "3",
}


def kinto(settings: Mapping[str, str] | None = None) -> RealService:
    """Kinto in memory: any basic credentials are a user; pages of five.

    `settings` are laid over ours; their names stand without the leading `kinto.`.
    """

    def arguments(port: int, folder: Path) -> list[str]:
        ini = folder / "kinto.ini"
        lines = [
            f"kinto.{key} = {value}"
            for key, value in (KINTO_SETTINGS | dict(settings or {})).items()
        ]
        ini.write_text(_KINTO_INI.format(port=port, settings="\n".join(lines)), encoding="utf-8")
        return ["start", "--ini", str(ini)]

    return RealService("kinto", "kinto", "/v1/", arguments)


_KINTO_INI = """\
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = {port}

[app:main]
use = egg:kinto
multiauth.policies = account basicauth
multiauth.policy.account.use = kinto.plugins.accounts.authentication.AccountsAuthenticationPolicy
multiauth.policy.basicauth.use = kinto.core.authentication.BasicAuthAuthenticationPolicy
{settings}

[loggers]
keys = root

[handlers]
keys = console

[formatters]
keys = plain

[logger_root]
level = WARN
handlers = console

[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain

[formatter_plain]
format = %(message)s
"""


def find_program(service: RealService) -> Path:
    """The service's program: in $FERRULE_SERVICES, in `.services`, or beside the running Python."""
    named = os.environ.get("FERRULE_SERVICES")
    environments = [Path(named)] if named else [REPOSITORY / ".services"]
    for folder in [environment / "bin" for environment in environments] + [
        Path(sys.executable).parent
    ]:
        if (folder / service.program).exists():
            return folder / service.program
    raise ServiceMissingError(f"{service.name} is not installed; `make services` installs it")


@contextlib.contextmanager
def running(service: RealService, folder: Path, program: Path | None = None) -> Iterator[str]:
    """Run a service while the block runs; gives its origin, without a slash at the end."""
    process, port = _start(service, program or find_program(service), folder)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(process)


def _start(
    service: RealService, program: Path, folder: Path
) -> tuple[subprocess.Popen[bytes], int]:
    log = folder / f"{service.name}.log"
    for _ in range(STARTS):
        port = _free_port()
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(program), *service.arguments(port, folder)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
                start_new_session=True,
            )
        try:
            if _becomes_ready(process, port, service.ready_path):
                return process, port
        except BaseException:
            stop(process)
            raise
        stop(process)
    told = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise ServiceFailedError(
        f"{service.name} did not start in {STARTS} tries; its log ends in\n{told}"
    )


def _free_port() -> int:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        return int(finder.getsockname()[1])


def _becomes_ready(process: subprocess.Popen[bytes], port: int, path: str) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        if _answers(port, path):
            return True
        time.sleep(0.1)
    return False


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started: politely, then without asking."""
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        # The group outlives its leader as long as a child of it runs.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal_number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        if process.returncode is not None and _group_is_gone(process.pid):
            return


def _group_is_gone(group: int) -> bool:
    deadline = time.monotonic() + CHILDREN_SECONDS
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False
