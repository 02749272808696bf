"""The fault server fails in the ways it claims to."""

import http.client
import socket
import time

import httpx
import pytest

from tests.services.faults import BOMB_BYTES, FAULTS, RETRY_AFTER, FaultServer


def get(url: str) -> httpx.Response:
    with httpx.Client(timeout=5, trust_env=False) as client:
        return client.get(url)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("close-before", httpx.RemoteProtocolError),
        ("reset-before", httpx.ReadError),
        ("reset-mid-headers", httpx.ReadError),
        ("reset-after-headers", httpx.ReadError),
        ("truncated", httpx.RemoteProtocolError),
        ("truncated-chunked", httpx.RemoteProtocolError),
        ("corrupt-gzip", httpx.DecodingError),
        ("garbage", httpx.RemoteProtocolError),
        ("two-lengths", httpx.RemoteProtocolError),
        ("huge-header", httpx.RemoteProtocolError),
    ],
)
def test_a_broken_answer_is_broken(faults: FaultServer, fault: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        get(f"{faults.url}/{fault}/items")
    assert faults.hits == {f"/{fault}/items": 1}


@pytest.mark.parametrize(
    ("fault", "status", "body"),
    [
        ("ok", 200, b'{"ok":true}'),
        ("truncated-no-length", 200, b"[1,2"),
        ("short-valid-json", 200, b"12"),
        ("slow", 200, b'{"ok":true}'),
        ("html", 200, b"<html>log in</html>"),
        ("html-as-json", 200, b"<html>log in</html>"),
        ("html-error", 502, b"<html><h1>Bad gateway</h1></html>"),
        ("empty", 200, b""),
        ("no-content-with-body", 204, b""),
        ("bad-json", 200, b"{bad"),
        ("nan-json", 200, b'{"a":NaN,"b":1e999}'),
        ("duplicate-keys", 200, b'{"id":1,"id":2}'),
        ("bom-json", 200, b"\xef\xbb\xbf{}"),
        ("latin1-json", 200, b'{"n":"\xe9"}'),
        ("scalar-json", 200, b"null"),
        ("gzip-chain", 200, b"{}"),
        ("many-headers", 200, b'{"ok":true}'),
        ("status/418", 418, b'{"error":"as asked"}'),
    ],
)
def test_a_whole_answer_is_whole(faults: FaultServer, fault: str, status: int, body: bytes) -> None:
    answer = get(f"{faults.url}/{fault}")
    assert (answer.status_code, answer.content) == (status, body)


@pytest.mark.parametrize("fault", ["stall-before", "stall-headers", "stall-body"])
def test_a_stalled_answer_does_not_come(faults: FaultServer, fault: str) -> None:
    with httpx.Client(timeout=0.3, trust_env=False) as client, pytest.raises(httpx.ReadTimeout):
        client.get(f"{faults.url}/{fault}")


@pytest.mark.parametrize("fault", ["drip-headers", "drip-body"])
def test_a_dripping_answer_keeps_coming(faults: FaultServer, fault: str) -> None:
    with socket.create_connection(("127.0.0.1", faults.server.ports[0]), timeout=5) as visitor:
        visitor.sendall(f"GET /{fault} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        received = [visitor.recv(1000) for _ in range(4)]
    assert all(received)


def test_stopping_ends_a_stalled_answer() -> None:
    faults = FaultServer()
    with socket.create_connection(("127.0.0.1", faults.server.ports[0]), timeout=20) as visitor:
        visitor.sendall(b"GET /stall-before HTTP/1.1\r\nHost: a\r\n\r\n")
        while not faults.requests:
            time.sleep(0.01)
        faults.close()
        assert visitor.recv(1) == b""


def test_a_bomb_is_small_on_the_wire(faults: FaultServer) -> None:
    visitor = http.client.HTTPConnection("127.0.0.1", faults.server.ports[0], timeout=20)
    visitor.request("GET", "/gzip-bomb")
    packed = visitor.getresponse().read()
    visitor.close()
    assert len(packed) < BOMB_BYTES // 500


def test_a_truncated_gzip_is_cut(faults: FaultServer) -> None:
    assert not get(f"{faults.url}/truncated-gzip").text.endswith("]}")


@pytest.mark.parametrize("form", sorted(RETRY_AFTER))
def test_retry_after_comes_in_its_form(faults: FaultServer, form: str) -> None:
    answer = get(f"{faults.url}/retry-after/{form}")
    assert answer.status_code == 429
    assert answer.headers.raw.count((b"Retry-After", RETRY_AFTER[form].strip().encode("latin-1")))


def test_retry_after_can_be_a_date_or_missing(faults: FaultServer) -> None:
    assert get(f"{faults.url}/retry-after/date").headers["Retry-After"].endswith("GMT")
    assert "Retry-After" not in get(f"{faults.url}/retry-after/none").headers


def test_first_fails_so_often_and_no_more(faults: FaultServer) -> None:
    url = f"{faults.url}/first/2/status/503/items"
    assert [get(url).status_code for _ in range(4)] == [503, 503, 200, 200]


def test_a_redirect_leads_to_the_origin_it_names(faults: FaultServer) -> None:
    with httpx.Client(trust_env=False, follow_redirects=True) as client:
        client.get(f"{faults.url}/redirect/307")
        assert not faults.twin_requests
        client.get(f"{faults.url}/redirect-twin/307")
        assert [call.path for call in faults.twin_requests] == ["/echo"]
        client.get(f"{faults.url}/redirect-userinfo/302")
        assert len(faults.twin_requests) == 2
        with pytest.raises(httpx.TooManyRedirects):
            client.get(f"{faults.url}/redirect-loop")


def test_nobody_listens_where_connections_are_refused(faults: FaultServer) -> None:
    with pytest.raises(httpx.ConnectError):
        get(faults.refused_url)


def test_an_unknown_fault_is_not_taken_for_one(faults: FaultServer) -> None:
    answer = get(f"{faults.url}/no-such-fault")
    assert answer.status_code == 404
    assert answer.json()["known"] == sorted(FAULTS)


@pytest.mark.parametrize("fault", ["deep-json", "bigint-json"])
def test_json_that_parsers_choke_on(faults: FaultServer, fault: str) -> None:
    with pytest.raises((RecursionError, ValueError)):
        get(f"{faults.url}/{fault}").json()
