"""Answers from the values that a test gives, in the shape that the action's decoder reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ferrule_runtime.answer import Answer, AnswerFault
from ferrule_runtime.decode import Decoder
from ferrule_runtime.mocks.answers import MockAnswer, NotMockable
from ferrule_runtime.types import bare, fields_of, is_list, is_model

if TYPE_CHECKING:
    from ferrule_runtime.connector import Connector
    from ferrule_runtime.operation import Case, Operation


_MEDIA_TYPES = {
    "json": "application/json",
    "xml": "application/xml",
    "csv": "text/csv",
    "text": "text/plain",
    "bytes": "application/octet-stream",
}


class Returned:
    """Makes answers of one operation from values."""

    def __init__(self, operation: Operation[Any], connector: Connector) -> None:
        self._operation = operation
        self._connector = connector

    def given(self, value: tuple[Any, ...], fields: dict[str, Any]) -> Any:
        """The one value of `returns(value)` or `returns(**fields)`. Raises TypeError."""
        action = self._operation.action
        if len(value) > 1 or (value and fields):
            raise TypeError(f"{action}.returns() takes one value, or fields by name")
        if value:
            return value[0]
        model = self._model()
        if fields and model is None:
            raise TypeError(f"{action} gives no object with fields: say returns(value)")
        known = set() if model is None else _names_of(model)
        for name in fields:
            if name not in known:
                raise TypeError(f"{action} gives no {name}; {_near(name, known)}")
        return fields if fields or model is not None else None

    def answer(self, value: Any) -> MockAnswer:
        """The answer, read back once to see that it gives a value of the declared type."""
        if self._operation.stream is not None:
            return self._stream(value)
        if is_list(self._operation.returns) and value is not None:
            return self._checked(self.of_wire(self.raw_items(value)))
        faults: list[str] = []
        for key, case in self._cases():
            try:
                return self._checked(self._of_case(key, case, value), key)
            except (AnswerFault, NotMockable, TypeError, ValueError) as fault:
                faults.append(str(fault))
        raise ValueError(f"{self._operation.action} cannot return this: {'; '.join(faults)}")

    def raw_items(self, items: Any) -> list[Any]:
        """The items of a page in their wire form, completed and checked. Raises ValueError."""
        if not isinstance(items, (list, tuple)):
            raise TypeError(f"{self._operation.action} gives a list: say returns([…])")
        from ferrule_runtime.mocks.samples import NoSample

        reason = ""
        try:
            wire = _wire_form(self._operation.returns, list(items))
            self._checked(self.of_wire(wire))
            return list(wire)
        except (AnswerFault, NotMockable, NoSample) as fault:
            reason = str(fault)
        raise ValueError(f"{self._operation.action} cannot return this: {reason}")

    def of_wire(self, items: list[Any]) -> MockAnswer:
        """The answer of a page with these items in their wire form."""
        answer = MockAnswer(is_xml=self._operation.media == "xml")
        answer.put(self._operation.at, items)
        return self._succeeding(answer)

    def _cases(self) -> list[tuple[Any, Case | Operation[Any]]]:
        cases = self._operation.cases
        return [(None, self._operation)] if cases is None else list(cases.items())

    def _of_case(self, key: Any, case: Case | Operation[Any], value: Any) -> MockAnswer:
        answer = MockAnswer(key if isinstance(key, int) else 200, is_xml=case.media == "xml")
        if isinstance(key, str) and self._operation.by is None:
            answer.headers["Content-Type"] = _MEDIA_TYPES.get(key, key)
        if case.constant is not None:
            if value != case.constant[0]:
                raise ValueError(f"it always returns {case.constant[0]!r}")
        elif case.returns is None:
            if value is not None:
                raise ValueError("it returns None")
            answer.content = b""
        elif case.stream is not None and case.stream != "bytes":
            answer.content = self._stream_content(case, case.stream, value)
        elif case.media == "bytes" or case.stream == "bytes":
            answer.content = packed(bytes(value), case.packing)
        elif getattr(case, "redirect", False) and case.at is None:
            answer.status, answer.headers["Location"] = 302, str(value)
        elif case.media == "text" and case.at is None:
            answer.content = str(value).encode()
        elif value is not None:
            answer.put(case.at, _wire_form(case.returns, value))
        return self._succeeding(answer)

    def _succeeding(self, answer: MockAnswer) -> MockAnswer:
        """The answer, with what the errors block wants to see in a success."""
        for errors in (self._connector.errors, self._operation.errors):
            if errors is not None and errors.ok is not None and not errors.ok(_read(answer)):
                answer.satisfy(errors.ok, True)
                if answer.content == b"":
                    answer.content = None
        return answer

    def _checked(self, answer: MockAnswer, key: Any = None) -> MockAnswer:
        """The answer, after the decoder has read it."""
        by = None if self._operation.by is None else key
        case = (self._operation.cases or {}).get(key)
        if case is not None and case.stream is not None:
            return answer  # what streams was read already
        Decoder(self._operation).value(_read(answer), by)
        return answer

    def _stream(self, value: Any) -> MockAnswer:

        operation, answer = self._operation, MockAnswer()
        kind = operation.stream
        if kind == "bytes":
            answer.content = packed(bytes(value), operation.packing)
            return answer
        assert kind is not None
        answer.content = self._stream_content(operation, kind, value)
        return answer

    def _stream_content(self, case: Case | Operation[Any], kind: str, value: Any) -> bytes:
        from ferrule_runtime.feeds import Event
        from ferrule_runtime.mocks.streams import stream_content
        from ferrule_runtime.stream_items import feed_of

        is_raw = case.returns in (str, Event)
        items = [each if is_raw else _wire_form(case.returns, each) for each in value]
        content = stream_content(kind, items)
        feed = feed_of(kind, case.returns, Answer(200, [], b""))
        met = [*feed.feed(content), *feed.finish()]
        if len(met) != len(items):
            raise ValueError(f"{self._operation.action} cannot stream this")
        return packed(content, case.packing)

    def _model(self) -> Any:
        kinds = [bare(case.returns) for _, case in self._cases()]
        return next((kind for kind in kinds if is_model(kind)), None)


def packed(content: bytes, packing: str | None) -> bytes:
    """The content as the file that it is declared to come in."""
    if packing == "gzip":
        from gzip import compress

        return compress(content, mtime=0)
    if packing == "zip":
        from io import BytesIO
        from zipfile import ZipFile

        file = BytesIO()
        with ZipFile(file, "w") as archive:
            archive.writestr("content", content)
        return file.getvalue()
    return content


def _read(answer: MockAnswer) -> Answer:
    return Answer(answer.status, answer.lines(), answer.bytes())


def _wire_form(kind: Any, value: Any) -> Any:
    """The JSON of a value: completed, read as the type, and written as the service writes it."""
    from pydantic import ValidationError

    from ferrule_runtime.mismatch import fault_of
    from ferrule_runtime.mocks.samples import completed
    from ferrule_runtime.models import adapter

    reading = adapter(kind)
    made = completed(kind, value)
    try:
        read = reading.validate_python(made)
        return reading.dump_python(
            read, mode="json", by_alias=True, exclude_unset=True, warnings=False
        )
    except ValidationError as error:
        failure = error
    raise fault_of(failure, made)


def _names_of(model: Any) -> set[str]:
    fields = fields_of(model).items()
    return {name for own, field in fields for name in (own, field.alias or own)}


def _near(name: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}"
