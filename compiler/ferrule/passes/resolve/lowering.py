"""Spells places, templates, conditions and waits as calls of the runtime's constructors."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

from ferrule.forms.code import Code
from ferrule.forms.spec import STANDARD
from ferrule.forms.values import Value, Values
from ferrule.passes.resolve.spelling import ClassNames
from ferrule.python_text import (
    attribute,
    call,
    dict_of,
    list_of,
    literal,
    name,
    tuple_of,
)
from ferrule.words import READINGS, ast, parse_answer_place, parse_request_place

CONTRACT_MODULE = "ferrule_runtime.contract"

_COMPARISONS = {
    "==": "equal",
    "!=": "unequal",
    "<": "less",
    "<=": "less_equal",
    ">": "greater",
    ">=": "greater_equal",
    "contains": "contains",
    "starts": "starts",
    "ends": "ends",
    "matches": "matches",
}
_GAP = re.compile(r"\{(used|limit|remaining|reset)(?::([a-z_]+))?\}")


class Lowering(Struct, frozen=True):
    """Writes the small trees of words as data that the runtime reads.

    `local` are the names that an action adds, each with the root it stands under at run time.
    """

    names: ClassNames
    local: Mapping[str, str] = field(default_factory=dict)

    def contract(self, word: str) -> Code:
        """A constructor of the runtime; an alias where a class of the package has its name."""
        return name(word, CONTRACT_MODULE, f"_{word}" if word in self.names.taken else "")

    def make(self, word: str, /, *positional: Code, **keywords: Code | None) -> Code:
        """A call of a constructor of the runtime."""
        return call(self.contract(word), *positional, **keywords)

    # --- templates

    def template(self, template: ast.Template) -> Code:
        """`template("https://", ref("subdomain"), …)`."""
        return self.make("template", *map(self._part, template.parts))

    def _part(self, part: str | ast.Reference) -> Code:
        return literal(part) if isinstance(part, str) else self.reference(part)

    def reference(self, reference: ast.Reference) -> Code:
        """`ref("token", "access_token", filters=…)`."""
        root = self.local.get(reference.names[0])
        names = reference.names if root is None else (root, *reference.names)
        return self.make(
            "ref",
            *map(literal, names),
            filters=tuple_of(map(self._filter, reference.filters)) if reference.filters else None,
            fallback=None if reference.fallback is None else self.reference(reference.fallback),
            offset_seconds=literal(reference.offset_seconds) if reference.offset_seconds else None,
        )

    def _filter(self, used: ast.Filter) -> Code:
        arguments = list(map(literal, used.arguments))
        if used.key is not None:
            arguments[0] = self.reference(used.key)
        return tuple_of([literal(used.name), *arguments])

    def value(self, value: Value) -> Code:
        """A value that is sent: a template, a constant, or a list or map of them."""
        if isinstance(value, ast.Template):
            return self.template(value)
        if isinstance(value, list):
            return list_of(map(self.value, value))
        if isinstance(value, dict):
            return self.values(value)
        assert value is None or isinstance(value, str | int | float)
        return literal(value)

    def values(self, values: Mapping[str, Value] | Values) -> Code:
        """A dict of values by wire name."""
        return dict_of({wire: self.value(each) for wire, each in values.items()})

    def path(self, path: ast.PathTemplate) -> Code:
        """A path with `{name}` gaps: text, or a template where something is looked up."""
        parts: list[str | ast.Reference] = []
        for part in path.parts:
            text = "{" + part.name + "}" if isinstance(part, ast.PathParam) else part
            if isinstance(text, str) and parts and isinstance(parts[-1], str):
                parts[-1] += text
            else:
                parts.append(text)
        if len(parts) == 1 and isinstance(parts[0], str):
            return literal(parts[0])
        return self.make("template", *map(self._part, parts))

    # --- places in answers

    def place(self, place: ast.AnswerPlace) -> Code:
        """`body("meta", "cursor")`, `header("Link")`, …"""
        match place.root:
            case "body":
                assert place.path is not None
                return self.body(place.path)
            case "last":
                return self.make("last", *map(literal, place.keys))
            case "status" | "text":
                return self.make(place.root)
            case "jwt":
                return literal(f"jwt.{place.name}")
            case _:
                return self.make(place.root, literal(place.name))

    def body(self, path: ast.BodyPath) -> Code:
        """A place in the decoded body."""
        if path.steps is None:
            return self.make("body_query", literal(path.text))
        steps = (
            self.contract("ANY") if step.key is None else literal(step.key) for step in path.steps
        )
        return self.make("body", *steps)

    def matched(self, matched: ast.MatchedPlace) -> Code:
        """A place, or the part of its text that a search finds."""
        place = self.place(matched.place)
        if matched.pattern is None:
            return place
        return call(attribute(place, "matching"), literal(matched.pattern))

    def read(self, read: ast.ReadPlace) -> Code:
        """A place with a reading; a reading in units of time is a wait."""
        place = self.matched(read.place)
        if read.as_word is None:
            return place
        if read.as_word in READINGS:
            return self.make("as_", place, literal(read.as_word))
        return self.make("wait", place, literal(read.as_word))

    # --- conditions and waits

    def condition(self, condition: ast.Condition) -> Code:
        """A condition as nested calls."""
        match condition:
            case ast.Both(conditions=several):
                return self.make("all_of", *map(self.condition, several))
            case ast.Either(conditions=several):
                return self.make("any_of", *map(self.condition, several))
            case ast.Not(condition=inner):
                return self.make("not_", self.condition(inner))
            case ast.Comparison():
                found = self._comparison(condition)
                return self.make("not_", found) if condition.is_negated else found

    def _comparison(self, test: ast.Comparison) -> Code:
        left = self._operand(test.left)
        if test.operator == "truthy":
            return self.make("truthy", left)
        if test.operator == "in":
            choices = (literal(each.value) for each in test.choices)
            return self.make("in_", left, *choices)
        assert test.right is not None
        return self.make(_COMPARISONS[test.operator], left, self._operand(test.right))

    def _operand(self, operand: ast.Operand | ast.Constant) -> Code:
        if isinstance(operand, ast.Constant):
            return literal(operand.value)
        place = self.place(operand.place)
        if operand.as_word is not None:
            place = self.make("as_", place, literal(operand.as_word))
        return place if operand.function is None else self.make(operand.function, place)

    def wait(self, wait: ast.Wait) -> Code:
        """A tuple of alternatives."""
        return tuple_of(map(self._wait_step, wait.steps))

    def _wait_step(self, step: ast.WaitStep) -> Code:
        if step.seconds is not None:
            return self.make("wait", literal(step.seconds), literal("seconds"))
        assert step.place is not None
        return self.make("wait", self.matched(step.place), literal(step.unit))

    def observe(self, place: str, pattern: str) -> Code:
        """`Observe("X-Call-Limit", (("used", None), "/", ("limit", None)))`."""
        if pattern == STANDARD:
            return self.make("Observe", literal(parse_answer_place(place).name))
        parts: list[Code] = []
        at = 0
        for gap in _GAP.finditer(pattern):
            if gap.start() > at:
                parts.append(literal(pattern[at : gap.start()]))
            parts.append(literal((gap[1], gap[2])))
            at = gap.end()
        if at < len(pattern):
            parts.append(literal(pattern[at:]))
        header = parse_answer_place(place).name
        return self.make("Observe", literal(header), tuple_of(parts))

    # --- places in requests

    def target(self, place: ast.RequestPlace) -> Code:
        """`("query", "page[after]")`, `("body", "start.cursor")`."""
        return literal((place.where, target_name(place)))

    def target_text(self, text: str) -> Code:
        """The same for a place that is a key of the spec."""
        return self.target(parse_request_place(text))


def target_name(place: ast.RequestPlace) -> str:
    """The name behind the first dot of a place in a request."""
    return dotted(place.keys) if place.where == "body" else place.name


def dotted(keys: tuple[str, ...]) -> str:
    """A way into a body: `start.cursor`, `a["odd.name"].x`."""
    text = ""
    for key in keys:
        if not key or "." in key or '["' in key:
            text += f'["{key}"]'
        else:
            text += f".{key}" if text else key
    return text
