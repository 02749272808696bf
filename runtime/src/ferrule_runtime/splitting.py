"""Cuts a long list of a call into several calls, and joins what they give."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from ferrule_runtime.errors import ConnectorError, FailedItem, PartialFailure
from ferrule_runtime.omit import omit
from ferrule_runtime.operation import Arguments, Operation
from ferrule_runtime.walk import path_names_of, put_value

if TYPE_CHECKING:
    from ferrule_runtime.flows.policy import Policy
    from ferrule_runtime.wire import Call, Reply


class Pieces:
    """The calls of one action, and what they have given.

    Where some items of a call have failed, the calls behind it are made all the same: what the
    caller hears at the end is of the whole list.
    """

    def __init__(self, operation: Operation[Any], arguments: Arguments) -> None:
        self.operation = operation
        self.each = pieces(operation, arguments)
        self.values: list[Any] = []
        self._arguments = arguments
        self._failed: list[FailedItem] = []
        self._last: tuple[Call, Reply] | None = None

    def add(self, call: "Call", reply: "Reply", result: Callable[[], Any]) -> None:
        """The answer of the next call; `result` reads it."""
        try:
            self.values.append(result())
        except PartialFailure as error:
            if len(self.each) == 1:
                raise
            self._keep(error)
            self._last = (call, reply)

    def _keep(self, error: PartialFailure) -> None:
        assert self.operation.split is not None
        start = self.operation.split.most * len(self.values)
        self._failed += [
            FailedItem(start + each.index, each.code, each.message, each.item)
            for each in error.failed
        ]
        self.values.append(error.result)

    def whole(self, policy: "Policy") -> Any:
        """What all calls gave together. Raises PartialFailure where items of any have failed."""
        found = joined(self.operation, self.values)
        if self._last is None:
            return found
        from ferrule_runtime.flows.failure import failure_of_items

        assert self.operation.split is not None
        count = len(_given(self._arguments, self.operation.split.target))
        raise failure_of_items(policy, *self._last, tuple(self._failed), count, found)

    def tell_done(self, error: ConnectorError) -> None:
        """Note on an error how much had been done before it."""
        if self.values:
            done, of = len(self.values), len(self.each)
            error.add_note(f"{done} of the {of} calls of this action had been made before")


def pieces(operation: Operation[Any], arguments: Arguments) -> list[Arguments]:
    """The arguments of each call, in order; one where the list is short or is left out."""
    split = operation.split
    assert split is not None
    whole = _given(arguments, split.target)
    if not isinstance(whole, list | tuple) or len(whole) <= split.most:
        return [arguments]
    made = []
    names = path_names_of(operation.path)
    for number, start in enumerate(range(0, len(whole), split.most), 1):
        piece = arguments.copy()
        put_value(piece, split.target, list(whole[start : start + split.most]), names)
        _number_key(operation, piece, number)
        made.append(piece)
    return made


def _number_key(operation: Operation[Any], piece: Arguments, number: int) -> None:
    """A key of the caller's own is of the whole call: each of its pieces needs another one."""
    place = operation.idempotency_key
    if isinstance(place, tuple):
        given = _given(piece, place)
        if isinstance(given, str):
            put_value(piece, place, f"{given}-{number}", ())
        return
    given = (piece.headers or {}).get(place) if place else None
    if place and isinstance(given, str):
        piece.headers = {**piece.headers, place: f"{given}-{number}"}


def _given(arguments: Arguments, target: tuple[str, str]) -> Any:
    from ferrule_runtime.encode.json import split_path

    where, name = target
    found: Any = {"query": arguments.query, "body": arguments.body}.get(where)
    for key in split_path(name) if where == "body" else [name]:
        found = found.get(key, omit) if isinstance(found, dict) else omit
    return found


def joined(operation: Operation[Any], values: list[Any]) -> Any:
    """What all calls gave together: one list, or what each of them gave."""
    name = None if operation.split is None else operation.split.merge
    if not all(isinstance(each, list) for each in values):
        if name is not None:
            return _merged_by(name, values)[-1]
        return values[-1] if values else None
    items = [item for each in values for item in each]
    return items if name is None or len(values) < 2 else _merged_by(name, items)


def _merged_by(name: str, items: list[Any]) -> list[Any]:
    """One item of all that have the same in this field, where the first of them stood."""
    found: dict[Any, Any] = {}
    for number, item in enumerate(items):
        value = _field(item, name)
        # What names nothing is like no other.
        key = ("", number) if not isinstance(value, str | int) else (type(value), value)
        found[key] = _merged(found[key], item) if key in found else item
    return list(found.values())


def _field(item: Any, name: str) -> Any:
    if isinstance(item, BaseModel):
        fields = type(item).model_fields
        own = (each for each, field in fields.items() if (field.alias or each) == name)
        return getattr(item, next(own, name), None)
    return item.get(name) if isinstance(item, dict) else None


def _merged(one: Any, other: Any) -> Any:
    """Both together; what both tell is told last by the other one, unless that is nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one | {key: _merged(one.get(key), each) for key, each in other.items()}
    if isinstance(one, BaseModel) and type(one) is type(other):
        told = {name: getattr(other, name) for name in other.model_fields_set}
        return one.model_copy(
            update={name: _merged(getattr(one, name, None), each) for name, each in told.items()}
        )
    return one if other is None else other
