"""Real services start on a free port, answer, and leave nothing behind."""

import sys
from pathlib import Path

import httpx
import pytest

from tests.services import real


def test_httpbin_answers(httpbin_url: str) -> None:
    answer = httpx.get(f"{httpbin_url}/anything/a%2Fb", params={"q": "1"}, trust_env=False)
    assert answer.json()["args"] == {"q": "1"}


def test_kinto_pages_by_five(kinto_url: str) -> None:
    with httpx.Client(base_url=kinto_url, auth=("pages", "of five"), trust_env=False) as client:
        for number in range(6):
            place = "/buckets/default/collections/numbers/records"
            client.post(place, json={"data": {"n": number}}).raise_for_status()
        answer = client.get(place)
    assert len(answer.json()["data"]) == 5
    assert answer.headers["Next-Page"].startswith(kinto_url)


def a_server(code: str) -> real.RealService:
    return real.RealService(
        "a server", Path(sys.executable).name, "/", lambda port, folder: ["-c", code, str(port)]
    )


WITH_A_CHILD = """
import http.server, pathlib, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path("child").write_text(str(child.pid))
http.server.test(http.server.SimpleHTTPRequestHandler, port=int(sys.argv[1]), bind="127.0.0.1")
"""


def test_the_children_of_a_service_end_with_it_even_when_the_block_fails(tmp_path: Path) -> None:
    def fail_inside() -> None:
        with real.running(a_server(WITH_A_CHILD), tmp_path) as url:
            assert httpx.get(url, trust_env=False).status_code == 200
            assert is_running(int((tmp_path / "child").read_text()))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_inside()
    assert not is_running(int((tmp_path / "child").read_text()))


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_service_that_does_not_start_tells_its_log(tmp_path: Path) -> None:
    silent = a_server("raise SystemExit('no storage')")
    with pytest.raises(real.ServiceFailedError, match="no storage"), real.running(silent, tmp_path):
        pass


def test_a_service_that_is_not_installed_says_how_it_would_be(tmp_path: Path) -> None:
    absent = real.RealService("kinto", "no-such-program", "/", lambda port, folder: [])
    with (
        pytest.raises(real.ServiceMissingError, match="make services"),
        real.running(absent, tmp_path),
    ):
        pass
