"""Shows Ferrule at work: compiles the specs, installs a client, runs it against a real Kinto.

`make demo` runs this. Between client and service stands a small proxy that counts the calls and,
once, answers 503 in the service's place.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.services.loopback import Request, response  # noqa: E402
from tests.services.proxy import Proxy  # noqa: E402
from tests.services.real import kinto, running  # noqa: E402

STAGE = ROOT / ".demo"
COLOURED = sys.stdout.isatty() and "NO_COLOR" not in os.environ


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


class Breakage:
    """Answers 503 in the service's place: once, to the first request for a second page."""

    def __init__(self) -> None:
        self._pages_seen = 0

    def __call__(self, request: Request) -> bytes | None:
        if request.method != "GET" or "_token=" not in request.query:
            return None
        self._pages_seen += 1
        if self._pages_seen == 2:
            aside("the same call again  -> passed on")
        if self._pages_seen != 1:
            return None
        aside(f"{request.method} ...?{request.query[:28]}...  -> 503, which I made up: once")
        problem = b'{"code": 503, "errno": 201, "error": "Busy", "message": "Try again."}'
        return response(503, problem, headers=[("Retry-After", "1")])


@contextmanager
def proxied(service: str) -> Iterator[Proxy]:
    proxy = Proxy(service, Breakage())
    try:
        yield proxy
    finally:
        proxy.close()


def by_second(proxy: Proxy, path_part: str) -> list[int]:
    """How many calls of these paths came in each second since the first of them."""
    times = [moment for moment, request in proxy.arrivals if path_part in request.path]
    # The first call also opens its connection: it comes late by more than the others.
    first = min(times, default=0.0) - 0.1
    counts = [0] * int(max(times, default=0.0) - first + 1)
    for moment in times:
        counts[int(moment - first)] += 1
    return counts


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
        tell(f"{len(proxy.requests)} calls. The burst, second by second:")
        for number, count in enumerate(by_second(proxy, "/burst/"), 1):
            tell(f"  {number}  {styled('■' * count, '36')} {count}")
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
