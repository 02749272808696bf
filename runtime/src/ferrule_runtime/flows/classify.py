"""Judges an answer: success, or what is to be done about it, by rules, codes, statuses, table."""

from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import Answer
from ferrule_runtime.errors import Errors, Outcome
from ferrule_runtime.places import BodyPlace, Matching
from ferrule_runtime.waits import RETRY_AFTER, first_wait

if TYPE_CHECKING:
    from ferrule_runtime.hooks import ClassifyHook
    from ferrule_runtime.wire import Reply

# What may pass of itself, where a spec says nothing. 429 did not happen at all, and is "limited".
MAY_PASS = frozenset((408, 500, 502, 503, 504))


class Verdict:
    """What an answer that is no success means.

    `error` names the class that says so, None: the class of the status (of `is_ok_failure`: the
    connector's base). `wait_seconds` is what the service told, None: it did not.
    """

    __slots__ = ("error", "is_ok_failure", "kind", "wait_seconds")

    def __init__(
        self,
        kind: str,
        error: str | None = None,
        wait_seconds: float | None = None,
        *,
        is_ok_failure: bool = False,
    ) -> None:
        self.kind = kind
        self.error = error
        self.wait_seconds = wait_seconds
        self.is_ok_failure = is_ok_failure

    def __repr__(self) -> str:
        return f"Verdict({self.kind}, {self.error}, {self.wait_seconds})"


class Classifier:
    """An errors block made ready. `accepted` are statuses that the action declares results for."""

    __slots__ = ("_code_key", "_hook", "_sees_codes_only", "_sees_success", "accepted", "errors")

    def __init__(
        self,
        errors: Errors | None = None,
        accepted: frozenset[int] = frozenset(),
        hook: "ClassifyHook | None" = None,
    ):
        self.errors = errors or Errors()
        self.accepted = accepted
        self._hook = hook
        self._code_key = _key_of(self.errors.code) if self.errors.codes else None
        self._sees_success = bool(
            self.errors.rules
            or self.errors.ok is not None
            or (self.errors.codes and self.errors.code)
            or any(200 <= status < 300 for status in self.errors.statuses)
        )
        self._sees_codes_only = not (
            self.errors.rules
            or self.errors.ok is not None
            or any(200 <= status < 300 for status in self.errors.statuses)
        )

    def judge(self, reply: "Reply", now: float) -> Verdict | None:
        """What this answer means; None for a success. `now` is the time since the epoch."""
        if self._hook is not None:
            said = self._said(self._hook, reply, now)
            if said is not None:
                return None if said.kind == "success" else said
        status = reply.status
        is_2xx = 200 <= status < 300
        if is_2xx and (not self._sees_success or self._is_plain_success(reply)):
            return None
        answer = answer_of(reply)
        errors = self.errors
        for rule in errors.rules:
            if rule.when(answer):
                return self._verdict(rule.then, answer, now)
        if not is_2xx and status in self.accepted:
            return None
        if errors.codes and not (is_2xx and self._has_no_code(reply)):
            code = self.code_of(answer)
            outcome = None if code is None else errors.codes.get(code)
            if outcome is not None:
                return self._verdict(outcome, answer, now)
        outcome = errors.statuses.get(status)
        if outcome is not None and status not in self.accepted:
            return self._verdict(outcome, answer, now)
        if is_2xx:
            is_ok = errors.ok is None or reply.stream is not None or errors.ok(answer)
            return None if is_ok else Verdict("fail", is_ok_failure=True)
        return self._by_table(status, answer, now)

    def _said(self, hook: "ClassifyHook", reply: "Reply", now: float) -> Verdict | None:
        """What a hook says of an answer: a lower-case word is an outcome, another one a class."""
        from ferrule_runtime.hooks import HookAnswer

        answer = answer_of(reply)
        word = hook(HookAnswer(answer))
        if not word:
            return None
        outcome = Outcome(word) if word.islower() else Outcome("fail", error=word)
        return self._verdict(outcome, answer, now) or Verdict("success")

    def _verdict(self, outcome: Outcome, answer: Answer, now: float) -> Verdict | None:
        if outcome.kind == "success":
            return None
        wait = first_wait(outcome.wait, answer, now) if outcome.wait else None
        if wait is None and outcome.kind in ("retry", "limited", "fail"):
            wait = first_wait(RETRY_AFTER, answer, now)
        error = outcome.error
        if error is None and outcome.kind == "limited":
            error = "RateLimited"
        elif error is None and outcome.kind == "reconnect":
            error = "ReconnectRequired"
        elif error is None and outcome.kind == "reauthenticate" and answer.status < 300:
            error = "Unauthorized"
        return Verdict(outcome.kind, error, wait)

    def _by_table(self, status: int, answer: Answer, now: float) -> Verdict:
        if status == 401:
            return Verdict("reauthenticate")
        if status == 429:
            return Verdict("limited", None, first_wait(RETRY_AFTER, answer, now))
        if status in MAY_PASS:
            wait = first_wait(RETRY_AFTER, answer, now)
            return Verdict(
                "retry", "RateLimited" if status == 503 and wait is not None else None, wait
            )
        return Verdict("fail", None, first_wait(RETRY_AFTER, answer, now))

    def _is_plain_success(self, reply: "Reply") -> bool:
        """Whether only a code could say otherwise, and there is none."""
        return self._sees_codes_only and self._has_no_code(reply)

    def _has_no_code(self, reply: "Reply") -> bool:
        """Whether a success cannot hold a code, seen without reading its JSON."""
        return self._code_key is not None and self._code_key not in reply.content

    def code_of(self, answer: Answer) -> str | None:
        """The service's code as text, from the first place that holds one."""
        return first_text(self.errors.code, answer)


def answer_of(reply: "Reply") -> Answer:
    """The answer that rules and decoders read; made once a reply."""
    if reply.answer is None:
        reply.answer = Answer(reply.status, reply.headers, reply.content)
    return reply.answer


def first_text(places: tuple[Any, ...], answer: Answer) -> str | None:
    """What the first place that holds a text or a number holds, as text; of several the first."""
    for place in places:
        found = place(answer)
        while type(found) is list and found:
            found = found[0]
        if type(found) is str and found:
            return found
        if type(found) is int or type(found) is float:
            return repr(found)
    return None


def _key_of(places: tuple[Any, ...]) -> bytes | None:
    """The bytes of the last name on the way to the only place of a code, where that is plain."""
    if len(places) != 1:
        return None
    place = places[0].place if isinstance(places[0], Matching) else places[0]
    name = place.steps[-1] if isinstance(place, BodyPlace) and place.steps else None
    # Such a name is never escaped in JSON: what does not hold it has no code.
    if isinstance(name, str) and name.isascii() and name.replace("_", "").isalnum():
        return f'"{name}"'.encode()
    return None
