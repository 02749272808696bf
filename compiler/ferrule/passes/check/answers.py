"""What the answers of each action are known to look like, and the proof of places in them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ferrule.forms.spec import METHODS, Action, Errors, ReturnCases
from ferrule.forms.tree import Path
from ferrule.passes.check.answer_types import (
    NUMBER,
    TEXT,
    TRUTH,
    UNKNOWN,
    AnswerTypes,
    Choice,
    JsonType,
    Sequence,
    Unknown,
    Walked,
    placed,
)
from ferrule.passes.check.context import Context, did_you_mean, listed, quoted
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.requests import Test


_READ_AS = {"integer": NUMBER, "number": NUMBER, "text": TEXT, "boolean": TRUTH}


class Answer(Struct, frozen=True):
    """What is known of an answer: its body, the last item of its list, and whose answer it is."""

    body: JsonType
    whose: str
    item: JsonType | None = None


class Answers(Struct, dict=True):
    """The answers of a spec's actions and of its errors."""

    context: Context
    types: AnswerTypes
    _of_actions: dict[str, Answer] = field(default_factory=dict)

    @cached_property
    def envelope(self) -> JsonType | None:
        """What the connector says surrounds the results of a list."""
        shape = self.context.spec.envelope
        return None if shape is None else self.types.of_shape(shape, ("envelope",))

    @cached_property
    def of_errors(self) -> Answer:
        """What the body of an error looks like, by `errors.envelope` of the connector."""
        return self.of_failures(self.context.spec.errors, ("errors",)) or Answer(UNKNOWN, "errors")

    def of_failures(self, errors: Errors | None, path: Path) -> Answer | None:
        """What an `errors` block says about the body of an error, if it does."""
        if errors is None or errors.envelope is None:
            return None
        where = (*path, "envelope")
        return Answer(self.types.of_shape(errors.envelope, where), "`errors.envelope`")

    @cached_property
    def of_any(self) -> Answer:
        """What any answer of the connector may look like: an error or a result."""
        if isinstance(self.of_errors.body, Unknown):
            return Answer(UNKNOWN, "an answer")
        made = Choice((self.of_errors.body, self.envelope or UNKNOWN))
        return Answer(made, "`errors.envelope` and `envelope`")

    @property
    def of_nothing(self) -> Answer:
        """An answer that nobody looks into."""
        return Answer(UNKNOWN, "the answer")

    def of_test(self, test: Test) -> Answer:
        """What the answer of the connection test looks like, where an action asks the same."""
        for name, action in self.context.spec.actions.items():
            for method in METHODS:
                asked = getattr(test, method)
                if asked is not None and asked == getattr(action, method):
                    return self._make(name, action, pages=False)
        return Answer(UNKNOWN, "the answer of the test")

    def good_or_bad(self, answer: Answer, failed: Answer) -> Answer:
        """What the rules of an action see: its good answers and its errors."""
        if isinstance(failed.body, Unknown) or isinstance(answer.body, Unknown):
            return Answer(UNKNOWN, answer.whose)
        return Answer(Choice((answer.body, failed.body)), answer.whose)

    def of_action(self, name: str, action: Action, *, pages: bool) -> Answer:
        """What a good answer of an action looks like."""
        found = self._of_actions.get(name)
        if found is None:
            found = self._of_actions[name] = self._make(name, action, pages=pages)
        return found

    def _make(self, name: str, action: Action, *, pages: bool) -> Answer:
        path: Path = ("actions", name)
        body, item = self._of_returns(action.returns)
        if action.envelope is not None:
            made = self.types.of_shape(action.envelope, (*path, "envelope"))
            merged = self.types.merge(made, body)
            if isinstance(merged, str):
                where = f"`${merged}`" if merged else "the answer itself"
                message = f"`envelope` and `returns` do not agree on {where}"
                self.context.at_key("answer-conflict", (*path, "envelope"), message)
                merged = UNKNOWN
            body = merged
        if pages and self.envelope is not None:
            # What holds for most lists of a connector need not hold for each.
            merged = self.types.merge(self.envelope, body)
            body = body if isinstance(merged, str) else merged
        return Answer(body, f"the answer of {quoted(name)}", item)

    def _of_returns(self, returns: ast.Returns | ReturnCases | None) -> tuple[JsonType, JsonType]:
        """The body that is known from `returns`, and the item where it is a list."""
        if returns is None:
            return UNKNOWN, UNKNOWN
        if isinstance(returns, ReturnCases):
            made = [self._of_returns(each)[0] for each in returns.cases.values()]
            return Choice(tuple(made)) if made else UNKNOWN, UNKNOWN
        if returns.type is None:
            return UNKNOWN, UNKNOWN
        type_ = self.types.of_type(returns.type)
        expanded = self.types.expand(type_)
        item = expanded.item if isinstance(expanded, Sequence) else UNKNOWN
        if returns.at is None:
            return type_, item
        path = returns.at.place.path
        if path is None or path.steps is None or returns.at.pattern is not None:
            return UNKNOWN, item
        return placed(type_, tuple(step.key for step in path.steps)), item

    # --- proofs ---

    def look(self, place: ast.AnswerPlace, answer: Answer) -> Walked:
        """Where a place leads in an answer."""
        if place.root == "body" and place.path is not None:
            if place.path.steps is None:
                return Walked(None)
            keys = tuple(step.key for step in place.path.steps)
            walked = self.types.walk(answer.body, keys)
            if walked.is_possible and place.path.is_collecting:
                return Walked(True, Sequence(walked.type), True)
            return walked
        if place.root == "last":
            if answer.item is None:
                return Walked(None)
            return self.types.walk(answer.item, place.keys)
        if place.root == "status":
            return Walked(True, NUMBER)
        return Walked(True, TEXT, True)

    def prove(self, place: ast.AnswerPlace, path: Path, answer: Answer) -> Walked:
        """The same, and tell a place that cannot be, and remember one that cannot be proven."""
        walked = self.look(place, answer)
        if walked.is_possible is False:
            self.tell_impossible(place, path, answer, walked)
        elif walked.is_possible is None and place.root in ("body", "last"):
            self.context.unproven.add(path)
        return walked

    def tell_impossible(
        self, place: ast.AnswerPlace, path: Path, answer: Answer, walked: Walked
    ) -> None:
        """Tell that a place is not in what is declared, at the step where it leaves it."""
        steps = place.path.steps if place.path is not None else None
        node: ast.Node = steps[walked.step] if steps is not None else place
        key = steps[walked.step].key if steps is not None else place.keys[walked.step]
        message = f"{_shown(place)} is not in {answer.whose}: {walked.reason}"
        meant = did_you_mean(key, walked.near) if isinstance(key, str) else None
        known = f"it has {listed(walked.near[:8], 'and')}" if walked.near else None
        if walked.step == 0 and isinstance(key, str) and isinstance(answer.body, Sequence):
            known = "where the list stands beside this, say where: `returns: list(T) at $.items`"
        self.context.inside("no-such-path", path, node, message, help=meant or known)

    def operand_type(self, operand: ast.Operand, path: Path, answer: Answer) -> Walked:
        """What an operand of a condition is, proven on the way."""
        walked = self.prove(operand.place, path, answer)
        if operand.function == "exists":
            return Walked(True, TRUTH)
        if operand.function is not None:
            return Walked(True, NUMBER)
        if operand.as_word is not None:
            return Walked(True, _READ_AS[operand.as_word], True)
        return walked


def _shown(place: ast.AnswerPlace) -> str:
    if place.path is not None:
        return quoted(place.path.text)
    return quoted(".".join([place.root, *place.keys]))
