"""What becomes of a call, answer by answer, on a counted clock."""

from typing import Any

import pytest

from ferrule_runtime import errors as base
from ferrule_runtime.contract import (
    Errors,
    Outcome,
    Retry,
    Rule,
    all_of,
    body,
    equal,
    header,
    in_,
    status,
    truthy,
    wait,
)
from ferrule_runtime.errors import ErrorTable
from ferrule_runtime.wire import Body
from tests.runtime.scripts import Renewed, Stage, call_of, fixed, lost, play, reply


def words(stage: Stage) -> list[bytes]:
    """The Authorization of each attempt."""
    return [value for _, lines in stage.sent for name, value in lines if name == b"authorization"]


def test_a_success_is_given_at_once() -> None:
    stage = Stage()
    answer = reply(200)
    assert play(stage, call_of(), answer) is answer
    assert stage.pauses == []


def test_what_may_pass_is_repeated_with_growing_pauses() -> None:
    stage = Stage()
    call = call_of(retry=Retry(attempts=4, backoff=(0.5, 30.0)))
    play(stage, call, reply(503), lost(), reply(500), reply(200))
    assert stage.pauses == [0.5, 1.0, 2.0]
    assert call.attempt == 4


def test_jitter_takes_any_part_of_the_pause() -> None:
    stage = Stage(chance=0.25)
    play(stage, call_of(retry=Retry(backoff=(2.0, 30.0))), reply(503), reply(200))
    assert stage.pauses == [0.5]


def test_a_fixed_pause_and_none() -> None:
    fixed_pause, none = Stage(), Stage()
    play(
        fixed_pause,
        call_of(retry=Retry(backoff=2.0, jitter="none")),
        reply(503),
        reply(503),
        reply(),
    )
    play(none, call_of(retry=Retry(backoff=None)), reply(503), reply(200))
    assert fixed_pause.pauses == [2.0, 2.0]
    assert none.pauses == []


def test_the_last_attempt_raises_what_it_met() -> None:
    stage = Stage()
    with pytest.raises(base.ServiceUnavailable) as caught:
        play(stage, call_of(retry=Retry(attempts=2)), reply(503), reply(503))
    assert caught.value.attempts == 2
    assert caught.value.status_code == 503


def test_a_write_that_may_have_acted_is_not_repeated() -> None:
    for first in (reply(503), lost(), reply(500)):
        stage = Stage()
        with pytest.raises(base.ConnectorError) as caught:
            play(stage, call_of("POST"), first)
        assert caught.value.attempts == 1
        assert caught.value.is_retry_safe is False


def test_a_write_that_was_never_sent_is_repeated() -> None:
    stage = Stage()
    play(stage, call_of("POST"), lost(was_sent=False), reply(201))
    assert len(stage.sent) == 2


def test_a_limited_write_is_repeated_because_it_did_not_happen() -> None:
    stage = Stage()
    play(stage, call_of("POST"), reply(429, retry_after="3"), reply(201))
    assert stage.pauses == [3.0]


def test_a_fault_that_cannot_pass_is_raised_at_once() -> None:
    stage = Stage()
    with pytest.raises(base.ConnectionFailed):
        play(stage, call_of(), lost(may_pass=False))


def test_network_faults_are_left_alone_where_the_spec_says_so() -> None:
    stage = Stage()
    with pytest.raises(base.ConnectionFailed):
        play(stage, call_of(retry=Retry(network=False)), lost())


def test_all_errors_repeats_what_is_not_expected_to_pass() -> None:
    stage = Stage()
    call = call_of(retry=Retry(all_errors=True, backoff=None))
    play(stage, call, reply(404), reply(400), reply(200))
    assert call.attempt == 3
    with pytest.raises(base.NotFound):
        play(stage, call_of("POST", retry=Retry(all_errors=True)), reply(404))


def test_a_one_shot_body_is_never_sent_twice() -> None:
    one_shot = Body(lambda: iter((b"x",)), 1, is_replayable=False)
    with pytest.raises(base.ServiceUnavailable) as caught:
        play(Stage(), call_of("PUT", content=one_shot), reply(503))
    assert caught.value.is_retry_safe is False
    with pytest.raises(base.RateLimited):
        play(Stage(), call_of("PUT", content=one_shot), reply(429))


@pytest.mark.parametrize(
    ("name", "value", "pause"),
    [
        ("retry_after", "7", 7.0),
        ("retry_after", "0.5", 0.5),
        ("retry_after", " 2 ", 2.0),
        ("retry_after_ms", "1500", 1.5),
        ("retry_after", "Tue, 14 Nov 2023 22:30:10 GMT", 10.0),
        ("retry_after", "Tuesday, 14-Nov-23 22:30:10 GMT", 10.0),
        ("retry_after", "0", 0.5),
        ("retry_after", "-5", 0.5),
        ("retry_after", "nan", 0.5),
        ("retry_after", "inf", 0.5),
        ("retry_after", "soon", 0.5),
        ("retry_after", "", 0.5),
        ("retry_after", "1, 2", 0.5),
        ("retry_after", "Wed, 21 Oct 2015 07:28:00 GMT", 0.5),
        ("retry_after_ms", "junk", 0.5),
    ],
)
def test_every_form_of_retry_after(name: str, value: str, pause: float) -> None:
    stage = Stage()
    stage.clock.time = 1000.0 - 1_700_000_000.0 + 1_699_999_000.0 + 2000.0
    stage.policy.now = lambda: 1_700_001_000.0
    play(stage, call_of(), reply(429, b"{}", **{name: value}), reply(200))
    assert stage.pauses == [pytest.approx(pause)]


def test_a_wait_beyond_the_cap_is_told_and_not_waited() -> None:
    stage = Stage(max_wait=60.0)
    with pytest.raises(base.RateLimited) as caught:
        play(stage, call_of(), reply(429, retry_after="61"))
    assert caught.value.retry_after_seconds == 61.0
    assert caught.value.is_retry_safe is True
    assert stage.pauses == []


def test_a_503_that_says_when_is_a_rate_limit_too() -> None:
    with pytest.raises(base.RateLimited) as caught:
        play(Stage(), call_of("POST"), reply(503, retry_after="1"))
    assert isinstance(caught.value, base.ServiceUnavailable)
    stage = Stage()
    play(stage, call_of(), reply(503, retry_after="4"), reply(200))
    assert stage.pauses == [4.0]


def test_no_pause_goes_beyond_the_deadline() -> None:
    stage = Stage()
    call = call_of(deadline=stage.clock.time + 2.0, retry=Retry(backoff=3.0))
    with pytest.raises(base.ServiceUnavailable):
        play(stage, call, reply(503))
    assert stage.pauses == []


def test_an_attempt_is_not_begun_after_the_deadline() -> None:
    stage = Stage()
    call = call_of(deadline=stage.clock.time + 2.0, retry=Retry(backoff=1.0))

    def slow(_: Any) -> Any:
        stage.clock.time += 1.5
        return reply(503)

    with pytest.raises(base.ServiceUnavailable):
        play(stage, call, slow)
    with pytest.raises(base.Timeout):
        play(stage, call_of(deadline=stage.clock.time - 1.0))


def test_a_refused_token_is_replaced_once() -> None:
    stage, auth = Stage(), Renewed()
    play(stage, call_of("POST", auth=auth), reply(401), reply(201))
    assert words(stage) == [b"t1", b"t2"]


def test_a_second_refusal_is_the_end() -> None:
    stage, auth = Stage(), Renewed()
    with pytest.raises(base.Unauthorized) as caught:
        play(stage, call_of(auth=auth), reply(401), reply(401))
    assert caught.value.attempts == 2
    assert auth.count == 2


def test_a_key_that_never_changes_fails_at_once() -> None:
    stage = Stage()
    with pytest.raises(base.Unauthorized):
        play(stage, call_of(auth=fixed()), reply(401))
    assert len(stage.sent) == 1


def test_a_rule_can_ask_for_a_new_token() -> None:
    errors = Errors(
        rules=(Rule(equal(body("reason"), "Authentication"), Outcome("reauthenticate")),)
    )
    stage, auth = Stage(), Renewed()
    failed = reply(200, b'{"reason":"Authentication"}')
    play(stage, call_of(auth=auth, errors=errors), failed, reply(200))
    assert words(stage) == [b"t1", b"t2"]
    with pytest.raises(base.Unauthorized):
        play(Stage(), call_of(auth=Renewed(), errors=errors), failed.copy(), failed.copy())


def test_a_one_shot_body_is_not_replayed_with_a_new_token() -> None:
    one_shot = Body(lambda: iter((b"x",)), 1, is_replayable=False)
    with pytest.raises(base.Unauthorized):
        play(Stage(), call_of("POST", auth=Renewed(), content=one_shot), reply(401))


class OfTheSpec(base.StatusError):
    """A class that only a spec knows."""


TABLE = ErrorTable(base.ConnectorError, {**base.BUILT_IN, "OfTheSpec": OfTheSpec})


def raised(call: Any, *script: Any) -> base.ConnectorError:
    with pytest.raises(base.ConnectorError) as caught:
        play(Stage(table=TABLE), call, *script)
    return caught.value


def test_the_order_is_rules_codes_statuses_ok_table() -> None:
    errors = Errors(
        ok=truthy(body("ok")),
        code=(body("code"),),
        rules=(Rule(equal(body("code"), "ruled"), Outcome("fail", error="Conflict")),),
        codes={
            "ruled": Outcome("fail", error="NotFound"),
            "coded": Outcome("fail", error="OfTheSpec"),
        },
        statuses={418: Outcome("fail", error="BadRequest")},
    )
    for status_code, content, kind in (
        (418, b'{"code":"ruled"}', base.Conflict),
        (418, b'{"code":"coded"}', OfTheSpec),
        (418, b'{"code":"other"}', base.BadRequest),
        (200, b'{"code":"coded"}', OfTheSpec),
        (404, b'{"code":"other"}', base.NotFound),
    ):
        assert isinstance(raised(call_of(errors=errors), reply(status_code, content)), kind)
    assert type(raised(call_of(errors=errors), reply(200, b"{}"))) is base.ConnectorError
    play(Stage(), call_of(errors=errors), reply(200, b'{"ok":true}'))


def test_a_class_of_a_code_has_the_class_of_its_status_too() -> None:
    errors = Errors(code=(body("code"),), codes={"x": Outcome("fail", error="OfTheSpec")})
    error = raised(call_of(errors=errors), reply(403, b'{"code":"x"}'))
    assert isinstance(error, OfTheSpec)
    assert isinstance(error, base.Forbidden)
    again = raised(call_of(errors=errors), reply(403, b'{"code":"x"}'))
    assert type(again) is type(error)
    assert error.code == "x"


def test_codes_compare_as_text_and_a_wildcard_takes_the_first() -> None:
    from ferrule_runtime.contract import ANY

    errors = Errors(
        code=(body("missing"), body("errors", ANY, "code")),
        codes={"606": Outcome("limited", wait=(wait(20.0, "seconds"),))},
    )
    stage = Stage()
    play(
        stage, call_of("POST", errors=errors), reply(200, b'{"errors":[{"code":606}]}'), reply(200)
    )
    assert stage.pauses == [20.0]


def test_fail_is_final_and_beats_the_built_in_retry() -> None:
    errors = Errors(statuses={503: Outcome("fail", error="Conflict")})
    error = raised(call_of(errors=errors), reply(503))
    assert isinstance(error, base.Conflict)
    assert error.attempts == 1


def test_a_status_with_a_declared_result_is_no_error() -> None:
    errors = Errors(statuses={404: Outcome("fail", error="NotFound")})
    assert play(Stage(), call_of(errors=errors, accepted=(404,)), reply(404)).status == 404


@pytest.mark.parametrize("kind", ["ignore", "end"])
def test_an_answer_that_is_ignored_or_the_last_is_no_error(kind: str) -> None:
    errors = Errors(statuses={410: Outcome(kind)})
    assert play(Stage(), call_of(errors=errors), reply(410)).outcome == kind


def test_success_goes_on_whatever_the_status() -> None:
    errors = Errors(rules=(Rule(equal(status(), 409), Outcome("success")),))
    assert play(Stage(), call_of(errors=errors), reply(409)).status == 409


def test_reconnect_means_that_a_person_must_act() -> None:
    errors = Errors(code=(body("e"),), codes={"revoked": Outcome("reconnect")})
    error = raised(call_of(auth=Renewed(), errors=errors), reply(401, b'{"e":"revoked"}'))
    assert isinstance(error, base.ReconnectRequired)
    assert error.attempts == 1


def test_a_rule_reads_headers_and_waits_as_they_tell() -> None:
    errors = Errors(
        rules=(
            Rule(
                all_of(in_(status(), 403, 429), equal(header("x-ratelimit-remaining"), "0")),
                Outcome("limited", wait=(wait(header("x-ratelimit-reset"), "epoch"),)),
            ),
        )
    )
    stage = Stage()
    resets_at = f"{stage.policy.now() + 30:.0f}"
    limited = reply(403, x_ratelimit_remaining="0", x_ratelimit_reset=resets_at)
    play(stage, call_of("POST", errors=errors), limited, reply(200))
    assert stage.pauses == [pytest.approx(30.0)]
    error = raised(call_of(errors=errors), reply(403, x_ratelimit_remaining="1"))
    assert type(error) is base.Forbidden


def test_a_streamed_reply_that_fails_is_closed() -> None:
    errors = Errors(rules=(Rule(equal(header("x-bad"), "1"), Outcome("fail")),))
    stage = Stage()
    streamed = reply(200, b"", x_bad="1")
    streamed.stream, streamed.close = iter(()), lambda: None
    with pytest.raises(base.ConnectorError):
        play(stage, call_of(errors=errors, is_streaming=True), streamed)
    assert stage.closed == 1


def test_an_error_tells_what_the_service_said_on_one_line() -> None:
    errors = Errors(
        code=(body("code"),),
        message=(body("message"),),
        details=body("details"),
        request_id=header("x-trace"),
    )
    content = b'{"code":"bad","message":"no\\r\\nINJECTED \\u001b[31mred","details":[{"a":1}]}'
    error = raised(call_of(errors=errors), reply(400, content, x_trace="abc"))
    assert "\n" not in str(error)
    assert "\x1b" not in str(error)
    assert (error.code, error.details, error.request_id) == ("bad", [{"a": 1}], "abc")
    assert error.message == "no\r\nINJECTED \x1b[31mred"
    assert error.content == content
    assert error.headers["X-Trace"] == "abc"
    assert str(error).startswith("acme.things.do: GET /things answered 400 bad: no")


def test_a_code_that_is_the_status_is_told_once() -> None:
    errors = Errors(code=(body("code"),), message=(body("message"),))
    error = raised(call_of(errors=errors), reply(400, b'{"code": 400, "message": "no"}'))
    assert str(error) == "acme.things.do: GET /things answered 400: no"
    assert error.code == "400"
