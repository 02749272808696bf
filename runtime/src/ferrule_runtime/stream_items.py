"""The items of streams, each validated as the type that was declared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import Answer, AnswerFault
from ferrule_runtime.feeds import CsvFeed, Event, EventsFeed, Feed, LinesFeed

if TYPE_CHECKING:
    from collections.abc import Callable


def mismatch_of(kind: str, media_type: str) -> str | None:
    """What is wrong with a stream of this media type; None where it may be what was declared."""
    is_html = "html" in media_type
    is_json = kind in ("events", "csv") and media_type == "application/json"
    if not is_html and not is_json:
        return None
    said = {"lines": "lines of JSON", "events": "events", "csv": "CSV"}[kind]
    return f"is {'HTML' if is_html else 'JSON'} where {said} were expected"


class Done(Exception):
    """The service says that the stream has ended."""


def feed_of(kind: str, item_type: Any, answer: Answer) -> Feed:
    """The parser of a stream: its items are validated as the type that was declared."""
    if kind == "events":
        return EventsFeed(_event_decoder(item_type))
    if kind == "csv":
        return _csv_feed(item_type, answer)
    if kind == "lines":
        return LinesFeed(_json_decoder(item_type))
    raise ValueError(f"there is no stream of {kind!r}")


def _json_decoder(item_type: Any) -> Callable[[bytes, str], Any]:
    if item_type is str:
        return lambda line, _place: line.decode("utf-8", "replace")
    from pydantic_core import ValidationError

    from ferrule_runtime.envelope import holds
    from ferrule_runtime.models import adapter

    made = adapter(item_type)
    validate: Callable[[bytes], Any] = made.validator.validate_json
    if holds(made.core_schema, "decimal"):
        validate = _with_exact(made.validator)

    def decode(line: bytes, place: str) -> Any:
        try:
            return validate(line)
        except ValidationError as error:
            failure = error
        raise _fault(failure, line, place)

    return decode


def _with_exact(validator: Any) -> Callable[[bytes], Any]:
    """Reads decimals with all of their digits."""
    from ferrule_runtime.exact import exact_tree, is_too_long

    def validate(line: bytes) -> Any:
        if is_too_long(line):
            try:
                tree = exact_tree(line)
            except (ValueError, RecursionError):
                pass  # told by the validator of what is JSON
            else:
                return validator.validate_python(tree)
        return validator.validate_json(line)

    return validate


def _fault(failure: Any, content: bytes, place: str) -> AnswerFault:
    from ferrule_runtime.mismatch import fault_of

    fault = fault_of(failure, Answer(200, (), content).tree)
    return AnswerFault(fault.reason, f"{place}: {fault.place}")


def _event_decoder(item_type: Any) -> Callable[[Event], Any]:
    if item_type is Event:
        return lambda event: event
    if item_type is str:
        return lambda event: event.data
    decode = _json_decoder(item_type)

    def decoded(event: Event) -> Any:
        # No standard, but what the services of the field send last.
        if event.data == "[DONE]":
            raise Done
        return decode(event.data.encode("utf-8", "replace"), f"event {event.event!a}")

    return decoded


def _csv_feed(item_type: Any, answer: Answer) -> CsvFeed:
    from ferrule_runtime.answer import charset_of
    from ferrule_runtime.types import is_list

    charset = charset_of(answer.header("content-type") or "") or "utf-8"
    if is_list(item_type):
        return CsvFeed(lambda cells, _place: cells, has_names=False, charset=charset)
    from ferrule_runtime.models import adapter

    validator = adapter(item_type).validator

    def decode(cells: dict[str, str], place: str) -> Any:
        return _typed_row(validator, cells, place)

    return CsvFeed(decode, has_names=True, charset=charset)


def _typed_row(validator: Any, cells: dict[str, str], place: str) -> Any:
    """Cells by the types of the model; an empty cell of a type that is no text is left out."""
    from pydantic_core import ValidationError

    from ferrule_runtime.mismatch import fault_of

    try:
        return validator.validate_strings(cells)
    except ValidationError as error:
        failure = error
    refused = {error["loc"][0] for error in failure.errors(include_input=False)}
    filled = {name: text for name, text in cells.items() if text or name not in refused}
    if len(filled) < len(cells):
        try:
            return validator.validate_strings(filled)
        except ValidationError as error:
            failure = error
    fault = fault_of(failure, cells)
    raise AnswerFault(fault.reason, f"{place}: {fault.place.removeprefix('$.')}")
