"""The scripted service says what it was told, and shows what it was asked."""

import re
import socket
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.services.loopback import Ending, Request
from tests.services.scripted import Reply, ScriptedService, reply


@pytest.fixture
def visitor() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=5, trust_env=False) as client:
        yield client


def test_replies_come_in_order_and_the_last_one_stays(
    service: ScriptedService, visitor: httpx.Client
) -> None:
    service.on("GET", "/items", reply(503), reply(json=[1]), reply(text="é"))
    answers = [visitor.get(f"{service.url}/items") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [503, 200, 200, 200]
    assert answers[0].content == b""
    assert answers[1].json() == [1]
    assert [answer.text for answer in answers[2:]] == ["é", "é"]


def test_a_function_sees_the_request(service: ScriptedService, visitor: httpx.Client) -> None:
    def double(request: Request) -> Reply:
        return reply(json=request.json()["n"] * 2, headers=[("Set-Cookie", "a=1")] * 2)

    service.on("POST", "/double", double)
    answer = visitor.post(f"{service.url}/double", json={"n": 21})
    assert answer.json() == 42
    assert answer.headers.get_list("set-cookie") == ["a=1", "a=1"]


def test_requests_are_kept_as_they_came(service: ScriptedService) -> None:
    service.on("PUT", "//a%2Fb/..", reply(204))
    with socket.create_connection(("127.0.0.1", service.server.ports[0]), timeout=5) as line:
        head = "PUT //a%2Fb/..?q=%20+&q= HTTP/1.1\r\nHost: a\r\nX-Two: 1\r\nx-two: 2\r\n"
        line.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 204 ")
    (request,) = service.requests
    assert request.target == "//a%2Fb/..?q=%20+&q="
    assert request.query == "q=%20+&q="
    assert request.headers[1:3] == (("X-Two", "1"), ("x-two", "2"))
    assert request.header("X-TWO") == "1, 2"
    assert request.header("X-Three") is None
    assert request.body == b"hi"


def test_a_connection_is_kept_and_requests_may_be_pipelined(service: ScriptedService) -> None:
    service.on("GET", "/a", reply(text="A"))
    service.on("GET", "/b", reply(text="B"))
    with socket.create_connection(("127.0.0.1", service.server.ports[0]), timeout=5) as line:
        line.sendall(b"GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n")
        received = b""
        while not received.endswith(b"\r\n\r\nB"):
            received += line.recv(1000)
    assert received.count(b"HTTP/1.1 200 ") == 2


def test_head_has_the_length_and_no_body(service: ScriptedService, visitor: httpx.Client) -> None:
    service.on("*", "/a", reply(text="four"))
    answer = visitor.head(f"{service.url}/a")
    assert (answer.headers["content-length"], answer.content) == ("4", b"")
    assert visitor.get(f"{service.url}/a").text == "four"


def test_patterns_later_scripts_and_calls(service: ScriptedService, visitor: httpx.Client) -> None:
    service.on("GET", re.compile(r"/items/\d+"), reply(text="any"))
    service.on("GET", "/items/7", reply(text="seven"))
    assert visitor.get(f"{service.url}/items/6").text == "any"
    assert visitor.get(f"{service.url}/items/7?x=1").text == "seven"
    assert [call.query for call in service.calls("GET", "/items/7")] == ["x=1"]


def test_an_ending_breaks_the_connection(service: ScriptedService, visitor: httpx.Client) -> None:
    service.on("GET", "/a", Ending.CLOSE, Ending.RESET, reply(text="well"))
    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            visitor.get(f"{service.url}/a")
    assert visitor.get(f"{service.url}/a").text == "well"


def test_the_other_service_is_another_origin(
    service: ScriptedService, other_service: ScriptedService
) -> None:
    assert service.url != other_service.url


def test_what_nobody_scripted_is_held_against_the_test(visitor: httpx.Client) -> None:
    service = ScriptedService()
    assert visitor.get(f"{service.url}/x?y=1").status_code == 404
    service.close()
    with pytest.raises(AssertionError, match=re.escape("GET /x?y=1")):
        service.verify()


@pytest.mark.parametrize("kind", [ValueError, KeyError])
def test_a_script_that_fails_fails_the_test(
    visitor: httpx.Client, kind: Callable[[str], Exception]
) -> None:
    def broken(request: Request) -> Reply:
        raise kind("my mistake")

    service = ScriptedService()
    service.on("GET", "/", broken)
    assert visitor.get(service.url).status_code == 500
    service.close()
    with pytest.raises((ValueError, KeyError), match="my mistake"):
        service.verify()


def test_malformed_requests_are_held_against_the_test() -> None:
    service = ScriptedService()
    with socket.create_connection(("127.0.0.1", service.server.ports[0]), timeout=5) as line:
        line.sendall(b"GET /a b HTTP/1.1\r\n\r\n")
        assert line.recv(1000).startswith(b"HTTP/1.1 400 ")
    service.close()
    with pytest.raises(AssertionError, match="malformed"):
        service.verify()


def test_a_test_cannot_leave_loopback() -> None:
    # 192.0.2.0/24 is set aside for documentation: nothing would answer there either.
    with socket.socket() as line, pytest.raises(PermissionError, match="loopback only"):
        line.connect(("192.0.2.1", 80))
