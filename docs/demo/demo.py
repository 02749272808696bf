"""Shows Ferrule at work: compiles the specs, installs a client, runs it against a real Kinto.

`make demo` runs this. Between client and service stands a small proxy that counts the calls and,
once, answers 503 in the service's place.
"""

import argparse
import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.services.loopback import LoopbackServer, Request, Step, response  # noqa: E402
from tests.services.real import kinto, running  # noqa: E402

STAGE = ROOT / ".demo"
COLOURED = sys.stdout.isatty() and "NO_COLOR" not in os.environ
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


def styled(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if COLOURED else text


def act(number: int, title: str) -> None:
    print(f"\n{styled(f'{number}. {title}', '1')}")


def tell(text: str) -> None:
    print(f"   {text}", flush=True)


def aside(text: str) -> None:
    """What the proxy sees, set apart from what the client says."""
    print(styled(f"{'':6}proxy | {text}", "2"), flush=True)


def run(*words: str | Path, where: Path = ROOT) -> float:
    """Run a command to its end, show its output only if it fails; gives the seconds it took."""
    started = time.monotonic()
    done = subprocess.run(
        [str(word) for word in words], cwd=where, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
        raise SystemExit(f"this command failed: {' '.join(map(str, words))}")
    return time.monotonic() - started


class Proxy:
    """Passes calls on to a service, counts them by the second, and answers one of them itself."""

    def __init__(self, service: str) -> None:
        place = urlsplit(service)
        self.host, self.port = place.hostname or "127.0.0.1", place.port or 80
        self.times: list[float] = []
        self._lock = threading.Lock()
        self._pages_seen = 0
        self._server = LoopbackServer(self._answer)
        self.url = self._server.url

    def close(self) -> None:
        self._server.close()

    def most_in_a_second(self) -> int:
        """The largest number of calls that came within any one second."""
        return max(
            sum(start <= moment < start + 1 for moment in self.times) for start in self.times
        )

    def _answer(self, request: Request) -> Iterable[Step]:
        with self._lock:
            self.times.append(time.monotonic())
            breaks = self._is_second_page(request)
        if breaks:
            aside(f"{request.method} ...?{request.query[:28]}...  -> 503, which I made up: once")
            problem = b'{"code": 503, "errno": 201, "error": "Busy", "message": "Try again."}'
            return [response(503, problem, headers=[("Retry-After", "1")])]
        return [self._pass_on(request)]

    def _is_second_page(self, request: Request) -> bool:
        if request.method != "GET" or "_token=" not in request.query:
            return False
        self._pages_seen += 1
        if self._pages_seen == 2:
            aside("the same call again  -> passed on")
        return self._pages_seen == 1

    def _pass_on(self, request: Request) -> bytes:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.putrequest(
                request.method, request.target, skip_host=True, skip_accept_encoding=True
            )
            # The client's Host goes through as it is: Kinto's next-page links then lead back here.
            for name, value in request.headers:
                connection.putheader(name, value)
            connection.endheaders(request.body)
            answer = connection.getresponse()
            body = answer.read()
            kept = [pair for pair in answer.getheaders() if pair[0].lower() not in HOP_BY_HOP]
            length = int(answer.headers.get("Content-Length") or len(body))
            return response(answer.status, body, None, kept, length=length)
        finally:
            connection.close()


@contextmanager
def proxied(service: str) -> Iterator[Proxy]:
    proxy = Proxy(service)
    try:
        yield proxy
    finally:
        proxy.close()


def compile_specs() -> None:
    act(1, "Compile every spec in specs/")
    generated = STAGE / "generated"
    seconds = run(Path(sys.executable).parent / "ferrule", "compile", "specs", "-o", generated)
    packages = sorted(path.parent.name for path in generated.glob("*/pyproject.toml"))
    tell("$ ferrule compile specs -o .demo/generated")
    tell(f"{len(packages)} packages in {seconds:.1f} s: {', '.join(packages)}")


def install_client() -> Path:
    act(2, "Install one of them where no compiler is")
    wheels, python = STAGE / "wheels", STAGE / "venv" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--quiet", "--quiet")
    run(
        *pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels,
        ROOT / "runtime", STAGE / "generated" / "kinto",
    )  # fmt: skip
    if not python.exists():
        run(sys.executable, "-m", "venv", "--without-pip", STAGE / "venv")
    tell("$ pip install --find-links .demo/wheels kinto-connector")
    seconds = run(
        *pip, "--python", python, "install", "--force-reinstall",
        "--find-links", wheels, "kinto-connector",
    )  # fmt: skip
    tell(f"kinto-connector, ferrule-runtime, httpx and pydantic, in {seconds:.1f} s")
    return python


def play(python: Path) -> int:
    act(3, "Start a real Kinto on this machine, with a proxy in front of it")
    (STAGE / "kinto").mkdir(exist_ok=True)
    with running(kinto(), STAGE / "kinto") as service, proxied(service) as proxy:
        tell(f"Kinto listens on {service}, the proxy on {proxy.url}")
        environment = os.environ | {
            "KINTO_SERVER": f"{proxy.url}/v1",
            "KINTO_USERNAME": "demo",
            "KINTO_PASSWORD": "a secret that nobody sees",
            "PYTHONUNBUFFERED": "1",
        }
        story = Path(__file__).with_name("story.py")
        ended = subprocess.run([python, story], env=environment, check=False).returncode
        act(5, "What the proxy counted")
        tell(f"{len(proxy.times)} calls, never more than {proxy.most_in_a_second()} in a second")
    tell("Kinto and the proxy are stopped. Everything made on the way is in .demo/")
    return ended


def main() -> int:
    """Run the whole demo; gives the exit code of the client's own part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--services", type=Path, help="the environment that Kinto is installed in")
    services = parser.parse_args().services
    if services:
        os.environ["FERRULE_SERVICES"] = str(services.resolve())
    STAGE.mkdir(exist_ok=True)
    compile_specs()
    return play(install_client())


if __name__ == "__main__":
    sys.exit(main())
