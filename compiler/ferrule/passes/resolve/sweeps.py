"""Spells what makes an action several calls of one kind, and what becomes of its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ferrule.forms.code import Code
from ferrule.forms.fanout import needed_inputs, parameters_of, source_of
from ferrule.forms.spec import Action, ConnectorSpec
from ferrule.passes.resolve.declare import Declarer
from ferrule.passes.resolve.formats import encoder_name
from ferrule.passes.resolve.lowering import Lowering, dotted
from ferrule.passes.resolve.types import Plain
from ferrule.python_text import dict_of, literal, tuple_of
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.sweeps import Each, Items, Since


KEYWORDS = {"query": "query", "header": "headers", "cookie": "cookies", "body": "body"}
"""By the place of a parameter: the keyword in which a call hands its values over."""


class SweepWriter(Struct, frozen=True):
    """Writes `Each(…)`, `Since(…)`, `Items(…)` and `Split(…)` of one action.

    `homes` names the constant of each action: `resources.tickets:LIST`.
    """

    spec: ConnectorSpec
    lowering: Lowering
    homes: dict[str, str]

    def each(self, action: Action, each: Each) -> Code:
        """`Each(((("path", "ticket_id"), "ticket_id", ("id",)),), parent=…)`."""
        places = {name: where for where, name, _ in parameters_of(action)}
        into, parent, listed = [], None, None
        for name, word in each.parameters.items():
            source = source_of(word, self.spec.actions)
            target = (places[name], dotted((name,)) if places[name] == "body" else name)
            into.append(literal((target, name, () if source is None else source.way)))
            if source is None:
                listed = self.lowering.template(word)
            else:
                parent = literal(self.homes[source.action])
        batch = None if each.batch is None else literal(each.batch)
        return self.lowering.make("Each", tuple_of(into), parent=parent, listed=listed, batch=batch)

    def since(self, since: Since) -> Code:
        """`Since(("query", "since"), until=…, form="epoch")`."""
        lowering = self.lowering
        way = tuple(since.field.split(".")) if since.field else ()
        form = _form(since.as_)
        return lowering.make(
            "Since",
            lowering.target(since.into),
            until=None if since.until is None else lowering.target(since.until),
            field=literal(way) if way else None,
            form=None if form is None else literal(form),
            start=None if since.start is None else lowering.template(since.start),
            step_seconds=None if since.step is None else literal(since.step.seconds),
            lookback_seconds=None if since.lookback is None else literal(since.lookback.seconds),
        )

    def split(self, split: ast.Split) -> Code:
        """`Split(("body", "records"), 10, merge="id")`."""
        return self.lowering.make(
            "Split",
            self.lowering.target(split.place),
            literal(split.most),
            merge=None if split.merge is None else literal(split.merge),
        )


def items_code(lowering: Lowering, items: Items) -> Code:
    """`Items(where=…, derive={…})`. Where an answer is read, no name of the action is known."""
    return lowering.make(
        "Items",
        where=None if items.where is None else lowering.condition(items.where),
        derive=lowering.values(items.derive) if items.derive else None,
        rename=(
            dict_of({old: literal(new) for old, new in items.rename.items()})
            if items.rename
            else None
        ),
        drop=literal(tuple(items.drop)) if items.drop else None,
    )


def _form(type_: ast.TypeExpr | None) -> str | None:
    if not isinstance(type_, ast.WordType):
        return None
    made = Declarer(ConnectorSpec.empty()).of_word(type_)
    form = made.format if isinstance(made, Plain) else None
    return encoder_name(form) if form is not None else "date" if type_.word == "date" else None


def handed_on(spec: ConnectorSpec, action: Action) -> dict[str, list[str]]:
    """What a fan-out gives to the other action: by keyword of a call, the names of its parameters.

    What that action needs is taken from the parameters and inputs of the same names, what it may be
    given from inputs alone.
    """
    each = action.each
    if each is None:
        return {}
    sources = [source_of(word, spec.actions) for word in each.parameters.values()]
    source = next((one for one in sources if one is not None), None)
    if source is None:
        return {}
    inputs = {name for name, _ in needed_inputs(action)}
    own = {name for _, name, _ in parameters_of(action)} - set(each.parameters)
    found: dict[str, list[str]] = {}
    for where, name, is_needed in parameters_of(spec.actions[source.action]):
        if name in inputs or (is_needed and name in own):
            found.setdefault("path" if where == "path" else KEYWORDS[where], []).append(name)
    return found


def set_by_itself(action: Action) -> frozenset[str]:
    """The parameters that a fan-out fills in, so that callers do not give them."""
    return frozenset(() if action.each is None else action.each.parameters)
