"""Every way in which a service can fail, on real sockets: what is raised after how many tries."""

from typing import Any

import pytest

from ferrule_runtime import errors
from ferrule_runtime.contract import Operation, Timeout
from tests.runtime.faces import Face
from tests.services.faults import FaultServer

GET: Operation[Any] = Operation("things.get", "GET", "/x", returns=dict[str, Any])
POST: Operation[Any] = Operation("things.create", "POST", "/x", returns=dict[str, Any])
KEYED: Operation[Any] = Operation(
    "things.create", "POST", "/x", returns=dict[str, Any], idempotency_key="Idempotency-Key"
)


def test_an_error_tells_of_its_call_and_of_nothing_below(face: Face, faults: FaultServer) -> None:
    client = face.at(f"{faults.url}/status/500", max_attempts=2)
    with pytest.raises(errors.ServerError) as caught:
        face.run(client, GET)
    error = caught.value
    assert (error.action, error.method, error.path_template) == ("things.get", "GET", "/x")
    assert "things.get" in str(error)
    assert error.attempts == 2
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize("fault", ["nan-json", "bigint-json"])
def test_numbers_that_are_none_are_refused(face: Face, faults: FaultServer, fault: str) -> None:
    client = face.at(f"{faults.url}/{fault}", max_attempts=3)
    with pytest.raises(errors.InvalidResponse):
        face.run(client, GET)
    assert len(faults.requests) == 1


@pytest.mark.parametrize("fault", ["bom-json", "duplicate-keys", "ok", "many-headers"])
def test_what_is_unusual_and_readable_is_read(face: Face, faults: FaultServer, fault: str) -> None:
    client = face.at(f"{faults.url}/{fault}")
    assert isinstance(face.run(client, GET), dict)


@pytest.mark.parametrize("fault", ["close-before", "status/503", "corrupt-gzip", "truncated"])
def test_what_passes_is_not_seen_by_the_caller(face: Face, faults: FaultServer, fault: str) -> None:
    client = face.at(f"{faults.url}/first/2/{fault}", max_attempts=3, timeout=5.0)
    assert face.run(client, GET) == {"ok": True}
    assert len(faults.requests) == 3


@pytest.mark.parametrize("length", [3, 100])
def test_a_body_that_is_not_as_long_as_the_caller_says(
    face: Face, faults: FaultServer, length: int
) -> None:
    create: Operation[Any] = Operation("things.create", "POST", "/x", send="bytes", returns=Any)
    client = face.at(f"{faults.url}/ok")
    given = {"body": iter([b"1234", b"5678"]), "headers": {"Content-Length": str(length)}}
    with pytest.raises(errors.ConnectionFailed, match="not as long as its headers say") as caught:
        face.run(client, create, **given)
    assert caught.value.is_retry_safe is False


def test_a_keyed_call_carries_the_same_key_at_each_attempt(face: Face, faults: FaultServer) -> None:
    client = face.at(f"{faults.url}/first/2/close-before", max_attempts=3)
    face.run(client, KEYED)
    face.run(client, KEYED)
    keys = [request.header("idempotency-key") for request in faults.requests]
    assert len(keys) == 4
    assert keys[0] == keys[1] == keys[2] != keys[3]
    assert all(keys)


def test_a_refused_connection_is_tried_again_whatever_the_method(
    face: Face, faults: FaultServer
) -> None:
    client = face.at(faults.refused_url, max_attempts=3)
    with pytest.raises(errors.ConnectionFailed) as caught:
        face.run(client, POST)
    assert caught.value.attempts == 3
    assert caught.value.is_retry_safe is True


def test_a_call_that_may_have_acted_says_so(face: Face, faults: FaultServer) -> None:
    client = face.at(f"{faults.url}/close-before", max_attempts=3)
    with pytest.raises(errors.ConnectionFailed) as caught:
        face.run(client, POST)
    assert caught.value.is_retry_safe is False
    assert "the service may have acted" in str(caught.value)
    with pytest.raises(errors.ConnectionFailed) as caught:
        face.run(client, KEYED)
    assert caught.value.is_retry_safe is True


@pytest.mark.parametrize("replay", ["safe", "never", "key"])
def test_replay_decides_what_is_sent_again(face: Face, faults: FaultServer, replay: str) -> None:
    operation: Operation[Any] = Operation("x", "POST", "/x", returns=dict, replay=replay)
    client = face.at(f"{faults.url}/close-before", max_attempts=3)
    with pytest.raises(errors.ConnectionFailed):
        face.run(client, operation)
    assert len(faults.requests) == (3 if replay == "safe" else 1)


def test_a_read_that_must_not_be_replayed_is_sent_once(face: Face, faults: FaultServer) -> None:
    operation: Operation[Any] = Operation("x", "GET", "/x", returns=dict, replay="never")
    client = face.at(f"{faults.url}/close-before", max_attempts=3)
    with pytest.raises(errors.ConnectionFailed):
        face.run(client, operation)
    assert len(faults.requests) == 1


@pytest.mark.parametrize("fault", ["stall-before", "stall-headers", "stall-body"])
def test_silence_ends_in_a_timeout(face: Face, faults: FaultServer, fault: str) -> None:
    # Only the wait for an answer is short: on a busy machine the rest takes its time.
    silence = Timeout(connect=5.0, read=0.2, write=5.0, pool=5.0)
    client = face.at(f"{faults.url}/{fault}", max_attempts=2, timeout=silence)
    with pytest.raises(errors.Timeout) as caught:
        face.run(client, GET)
    assert caught.value.attempts == 2
    assert faults.arrived(2) == 2


@pytest.mark.parametrize("fault", ["drip-headers", "drip-body", "stall-before", "stall-body"])
def test_the_deadline_bounds_the_whole_call(face: Face, faults: FaultServer, fault: str) -> None:
    # The drips go on for a minute, and no single read of theirs takes longer than the timeout.
    client = face.at(f"{faults.url}/{fault}", max_attempts=5, timeout=5.0, deadline=0.5)
    with pytest.raises(errors.Timeout) as caught:
        face.run(client, GET)
    assert "deadline" in str(caught.value)
    # No second attempt; where the machine itself stood still for as long, not even the first.
    assert len(faults.requests) <= 1


def test_the_deadline_holds_with_a_client_of_the_users_too(face: Face, faults: FaultServer) -> None:
    own = face.own_client()
    client = face.at(
        f"{faults.url}/drip-headers", http_client=own, max_attempts=5, timeout=5.0, deadline=0.5
    )
    with pytest.raises(errors.Timeout, match="deadline"):
        face.run(client, GET)
    assert len(faults.requests) <= 1
    # Its own requests have no deadline of ours.
    assert face.get(own.get(f"{faults.url}/ok")).status_code == 200


def test_a_body_larger_than_the_bound_is_refused_while_it_is_unpacked(
    face: Face, faults: FaultServer
) -> None:
    client = face.at(f"{faults.url}/gzip-bomb", max_response_bytes=1_000_000)
    with pytest.raises(errors.InvalidResponse, match="larger than 1000000 bytes"):
        face.run(client, GET)
    assert len(faults.requests) == 1


def test_a_body_that_says_that_it_is_too_large_is_not_read(face: Face, faults: FaultServer) -> None:
    client = face.at(f"{faults.url}/ok", max_response_bytes=5)
    with pytest.raises(errors.InvalidResponse, match="larger than 5 bytes"):
        face.run(client, GET)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_read_follows_a_redirect_on_its_own_origin(
    face: Face, faults: FaultServer, code: int
) -> None:
    client = face.at(f"{faults.url}/redirect/{code}")
    assert face.run(client, GET)["target"] == "/echo"


@pytest.mark.parametrize("where", ["redirect-twin", "redirect-userinfo"])
def test_no_redirect_leads_to_another_origin(face: Face, faults: FaultServer, where: str) -> None:
    client = face.at(f"{faults.url}/{where}/302")
    with pytest.raises(errors.Redirected) as caught:
        face.run(client, GET)
    assert caught.value.status_code == 302
    assert faults.twin_requests == []


def test_a_write_is_not_redirected(face: Face, faults: FaultServer) -> None:
    client = face.at(f"{faults.url}/redirect/307")
    with pytest.raises(errors.Redirected):
        face.run(client, POST)
    assert len(faults.requests) == 1


def test_a_redirect_loop_ends_after_five(face: Face, faults: FaultServer) -> None:
    client = face.at(f"{faults.url}/redirect-loop")
    with pytest.raises(errors.Redirected):
        face.run(client, GET)
    assert len(faults.requests) == 6


@pytest.mark.parametrize("form", ["huge", "negative", "nan", "infinite", "exponent", "word", "iso"])
def test_a_wait_without_sense_or_beyond_the_cap_is_not_waited(
    face: Face, faults: FaultServer, form: str
) -> None:
    client = face.at(f"{faults.url}/retry-after/{form}", max_attempts=2, max_wait=10.0)
    with pytest.raises(errors.RateLimited) as caught:
        face.run(client, GET)
    is_beyond = form in ("huge", "exponent", "iso")
    assert len(faults.requests) == (1 if is_beyond else 2)
    told = caught.value.retry_after_seconds
    assert told is None if not is_beyond else told is not None and told > 10.0


@pytest.mark.parametrize("form", ["zero", "none", "past-date", "rfc850", "empty"])
def test_a_limited_call_is_sent_again_even_if_it_writes(
    face: Face, faults: FaultServer, form: str
) -> None:
    client = face.at(f"{faults.url}/first/1/retry-after/{form}", max_attempts=2)
    assert face.run(client, POST) == {"ok": True}
    assert len(faults.requests) == 2
