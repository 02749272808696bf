"""Answers as typed values: one decoder an operation, built at its first answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import ValidationError

from ferrule_runtime.answer import AnswerFault, JsonFault, parse_json, recode
from ferrule_runtime.envelope import build_validator, can_hold, holds
from ferrule_runtime.exact import with_exact
from ferrule_runtime.omit import omit
from ferrule_runtime.places import BodyPlace, HeaderPlace, LastPlace, Place, QueryPlace
from ferrule_runtime.reading import MISSING, Path, Reading, json_path, walk
from ferrule_runtime.types import is_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ferrule_runtime.answer import Answer
    from ferrule_runtime.operation import Case, Operation, Paging
    from ferrule_runtime.sequences import Items


class Decoder:
    """Reads the answers of one operation. Raises AnswerFault that tells a place and no value."""

    __slots__ = ("_cases", "_default", "_paging", "operation")

    def __init__(self, operation: Operation[Any], paging: Paging | None = None) -> None:
        self.operation = operation
        self._paging = paging
        self._cases: dict[Any, CaseDecoder] = {}
        self._default: CaseDecoder | None = None
        if operation.cases is None:
            self._default = CaseDecoder(operation, paging, is_open=operation.returns is Any)

    def value(self, answer: Answer, by: Any = None) -> Any:
        """The typed result. `by` is the argument that picks the case, where the action has one."""
        case = self._default
        if case is None:
            case = self._case(answer, by)
        return case.value(answer)

    def page(
        self, answer: Answer, by: Any = None, names: Mapping[str, Any] | None = None
    ) -> tuple[list[Any], Answer]:
        """The items of a page, and an answer whose places are read: what paging asks next.

        `names` are looked up where items are derived.
        """
        case = self._default
        if case is None:
            case = self._case(answer, by)
        return case.page(answer, names)

    def received(self, answer: Answer, by: Any = None) -> int:
        """How many items an answer holds, those included that are not handed out."""
        case = self._default
        if case is None:
            case = self._case(answer, by)
        return case.received(answer)

    def preload(self) -> None:
        """Build now what the first answer of each case would build."""
        for key, case in (self.operation.cases or {}).items():
            if key not in self._cases:
                self._cases[key] = CaseDecoder(case, self._paging)

    def nothing(self) -> Any:
        """The result of an answer that is ignored: an empty list, or None."""
        return [] if is_list(self.operation.returns) else None

    def _case(self, answer: Answer, by: Any) -> CaseDecoder:
        key = case_key(self.operation, answer, by)
        found = self._cases.get(key)
        if found is None:
            assert self.operation.cases is not None
            case = self.operation.cases[key]
            # A media type says what it is, and so does the value of an argument.
            is_open = case.returns is Any and type(key) is int
            found = self._cases[key] = CaseDecoder(case, self._paging, is_open=is_open)
        return found


def decoder_of(operation: Operation[Any], paging: Paging | None = None) -> Decoder:
    """The decoder of an operation, kept for the process."""
    name = "decoder" if paging is None else "page decoder"
    found: Decoder | None = operation.memo.get(name)
    if found is None or found._paging is not paging:
        found = operation.memo[name] = Decoder(operation, paging)
    return found


def case_key(operation: Operation[Any], answer: Answer, by: Any) -> Any:
    """Which of the declared cases an answer is: by an argument, its status, or its media type."""
    cases = operation.cases or {}
    if operation.by is not None:
        if by is None or by is omit:
            return next(iter(cases))
        if by in cases:
            return by
        known = ", ".join(map(repr, cases))
        raise ValueError(f"{operation.by} must be one of {known}")
    if any(type(key) is int for key in cases):
        if answer.status in cases:
            return answer.status
        raise AnswerFault(f"{answer.status} is none that was declared", "status")
    media_type = answer.media_type
    if not media_type:
        return next(iter(cases))
    for key in cases:
        if is_media(media_type, key):
            return key
    raise AnswerFault("is none that was declared", "header.Content-Type")


def is_media(media_type: str, word: str) -> bool:
    """Whether a media type is json, xml, csv, text, or any bytes; or the very one named."""
    if "/" in word:
        return media_type == word.lower()
    kind, _, subtype = media_type.partition("/")
    if word in ("json", "xml"):
        return subtype == word or subtype.endswith(f"+{word}")
    if word == "csv":
        return subtype in ("csv", "comma-separated-values")
    return word == "bytes" or (word == "text" and kind == "text")


class CaseDecoder:
    """Reads one kind of answer: its type, the place of it, and what paging needs beside it."""

    __slots__ = (
        "_adapter",
        "_admits_none",
        "_at",
        "_envelope",
        "_extract",
        "_has_any",
        "_has_decimal",
        "_is_list",
        "_is_open",
        "_items",
        "_lasts",
        "_paging",
        "_steps",
        "_transform",
        "case",
    )

    def __init__(
        self,
        case: Case | Operation[Any],
        paging: Paging | None = None,
        *,
        is_open: bool = False,
    ) -> None:
        """Where it `is_open` what an answer is, its media type decides."""
        self.case = case
        self._is_open = is_open and case.media == "json"
        self._at: Place | None = case.at
        self._extract, self._transform = _hooks_of(case)
        self._items: Items | None = getattr(case, "items", None)
        if case.at is None and getattr(case, "redirect", False):
            self._at = HeaderPlace("Location")
        self._is_list = is_list(case.returns)
        self._paging = paging
        self._lasts = tuple(_lasts_of(paging)) if paging is not None else ()
        self._adapter: Any = None
        self._envelope: Any = None
        self._steps: Path | None = None
        self._admits_none = case.returns is None
        self._has_any = False
        self._has_decimal = False
        if case.constant is None and case.returns is not None and case.media in ("json", "xml"):
            self._build()

    def _build(self) -> None:
        from ferrule_runtime.models import adapter

        self._adapter = adapter(self.case.returns)
        self._admits_none = _takes_none(self._adapter)
        self._has_any = holds(self._adapter.core_schema, "any")
        is_json = self.case.media == "json"
        self._has_decimal = is_json and holds(self._adapter.core_schema, "decimal")
        if self._at is None:
            self._steps = ()
        elif type(self._at) is BodyPlace:
            self._steps = self._at.steps
        facts = tuple(_facts_of(self._paging)) if self._paging is not None else ()
        is_readable = is_json and self._is_as_sent
        if is_readable and self._steps is not None and can_hold(self._steps, facts):
            self._envelope = build_validator(
                self._adapter, self._steps, facts, is_list=self._is_list
            )

    def value(self, answer: Answer, names: Mapping[str, Any] | None = None) -> Any:
        """The typed result of this answer."""
        if self._is_open and not answer.is_parsed:
            from ferrule_runtime.open_answers import opened

            found = opened(answer)
            if found is not answer:
                if self._at is None:
                    return found
                answer = answer.with_tree(found)
        if self._has_decimal:
            answer = with_exact(answer)
        if self._envelope is not None and self._steps is not None:
            found = self._read(answer)
            for step in self._steps:
                found = None if found is None else found.get(step)
            return self._nothing(answer) if found is None else found
        if self.case.constant is not None:
            return self.case.constant[0]
        if self.case.returns is None:
            return None
        if self.case.media == "bytes":
            return answer.content
        if self.case.media == "text":
            return self._of_text(answer)
        if self.case.media == "xml":
            answer = answer.with_tree(_xml_of(answer))
        found = self._of_tree(answer, names)
        return self._nothing(answer) if found is None else found

    def received(self, answer: Answer) -> int:
        """How many items stand in the answer, before they are shaped."""
        if self._extract is not None:
            from ferrule_runtime.hooks import HookAnswer

            found = self._extract(HookAnswer(answer))
            return len(found) if isinstance(found, list) else int(found is not None)
        found = (self._at or BodyPlace(())).find(answer)
        return len(found) if isinstance(found, list) else int(found not in (MISSING, None))

    def page(
        self, answer: Answer, names: Mapping[str, Any] | None = None
    ) -> tuple[list[Any], Answer]:
        """The items, and the answer with what was read of it, for paging to ask."""
        facts: Any = None
        if self.case.media == "xml":
            answer = answer.with_tree(_xml_of(answer))
        if self._has_decimal:
            answer = with_exact(answer)
        if self._envelope is not None and self._steps:
            found = facts = self._read(answer)
            for step in self._steps:
                found = None if found is None else found.get(step)
            items = self._nothing(answer) if found is None else found
        else:
            items = self.value(answer, names)
        if items is None:
            items = []
        elif not isinstance(items, list):
            items = [items]  # a fan-out over what gives one thing
        has_last = bool(items) or not self._is_as_sent
        last = self._raw_last(items, answer) if self._lasts and has_last else None
        if facts is not None and not answer.is_parsed:
            return items, answer.with_tree(facts, last)
        if last is not None:
            return items, answer.with_tree(answer.tree, last)
        return items, answer

    def _read(self, answer: Answer) -> Any:
        """The body, or the dicts along the envelope's ways; None for no body at all."""
        content = answer.content
        if not content and self._may_be_empty(answer):
            return None
        failure: ValidationError | None = None
        try:
            if answer.is_parsed:
                return self._envelope.validate_python(answer.json)
            found = self._envelope.validate_json(content)
            if self._has_any and (b"NaN" in content or b"Infinity" in content):
                parse_json(content)
            return found
        except ValidationError as error:
            failure = error
        return self._read_again(answer, failure)

    def _may_be_empty(self, answer: Answer) -> bool:
        """Whether no body at all means something: nothing in the middle of a walk is a loss."""
        if self._admits_none or self.case.default is not None:
            return True
        return self._is_list and (self._paging is None or answer.status != 200)

    def _read_again(self, answer: Answer, failure: Any) -> Any:
        """After a failure: another charset, or the fault in words."""
        from ferrule_runtime.mismatch import fault_of

        content = answer.content
        if (
            not answer.is_parsed
            and failure.errors(include_input=False)[0]["type"] == "json_invalid"
        ):
            content_type = answer.header("content-type") or ""
            if content.startswith(b"\xef\xbb\xbf"):
                recoded: bytes | None = content[3:]
            else:
                recoded = recode(content, content_type)
            if recoded is None:
                raise not_json(answer)
            content = recoded
            try:
                return self._envelope.validate_json(content)
            except ValidationError as error:
                failure = error
        tree = answer.json if answer.is_parsed else _tree_of(content, answer)
        raise fault_of(failure, tree)

    def _of_tree(self, answer: Answer, names: Mapping[str, Any] | None = None) -> Any:
        """The result where its place is no row of names: extracted first, validated then."""
        from ferrule_runtime.mismatch import fault_of

        place = self._at or BodyPlace(())
        if self._extract is not None:
            from ferrule_runtime.hooks import HookAnswer

            value, ways = self._extract(HookAnswer(answer)), ()
        else:
            value, ways = _extracted(place, answer)
        if value is MISSING or value is None:
            return None
        if self.case.media == "xml":
            from ferrule_runtime.xml import shaped

            value = shaped(self.case.returns, value)
        if self._items is not None:
            from ferrule_runtime.shaping import shaped as shaped_items

            value = shaped_items(self._items, value, names)
        if self._transform is not None:
            value = _transformed(self._transform, value)
        failure: ValidationError | None = None
        try:
            if type(value) is str and not isinstance(place, (BodyPlace, QueryPlace)):
                return self._adapter.validator.validate_strings(value)
            return self._adapter.validator.validate_python(value)
        except ValidationError as error:
            failure = error
        fault = fault_of(failure, value, ways)
        if not isinstance(place, (BodyPlace, QueryPlace)):
            fault = AnswerFault(fault.reason, str(place))
        raise fault

    def _of_text(self, answer: Answer) -> Any:
        if self._at is None:
            text: Any = answer.text
        else:
            text = self._at(answer)
            if text is None:
                return self._nothing(answer)
        if self.case.returns is str or not isinstance(text, str):
            return text
        if self._adapter is None:
            from ferrule_runtime.models import adapter

            self._adapter = adapter(self.case.returns)
        try:
            return self._adapter.validator.validate_strings(text.strip())
        except ValidationError as error:
            failure = error
        from ferrule_runtime.mismatch import fault_of

        raise AnswerFault(fault_of(failure, None).reason, "text")

    def _nothing(self, answer: Answer) -> Any:
        """What a missing or null result means: a default, an empty list, None, or a fault."""
        if self.case.default is not None:
            return self.case.default[0]
        if self._is_list:
            return []
        if self._admits_none:
            return None
        if self._steps is None:
            raise AnswerFault("is missing", str(self._at))
        if not answer.content:
            raise not_json(answer)
        raise AnswerFault("is missing or null", json_path(self._steps))

    def _raw_last(self, items: list[Any], answer: Answer) -> Any:
        """The last item as the service sent it, or the few fields of it that paging asks for."""
        # What was shaped is no longer what the service sent.
        found = self._wire_fields(items[-1]) if items and self._is_as_sent else None
        if found is not None:
            return found
        raw = (self._at or BodyPlace(())).find(answer)
        return raw[-1] if type(raw) is list and raw else None

    @property
    def _is_as_sent(self) -> bool:
        """Whether items are read just as the service sent them."""
        return self._items is None and self._extract is None and self._transform is None

    def _wire_fields(self, item: Any) -> dict[Any, Any] | None:
        """The fields of an item that paging asks for, where they are on the wire as in Python."""
        fields: dict[Any, Any] = {}
        for wanted in self._lasts:
            value = _wire_text(item, wanted.steps)
            if value is None:
                return None
            fields[wanted.steps[0]] = value
        return fields


def _hooks_of(case: Case | Operation[Any]) -> tuple[Any, Any]:
    """The functions of the author that find the result and change its items."""
    if not getattr(case, "hooks", None):
        return None, None
    from ferrule_runtime.hooks import hook_of

    operation: Any = case
    return hook_of(operation, "extract"), hook_of(operation, "transform")


def _transformed(transform: Any, value: Any) -> Any:
    if not isinstance(value, list):
        return transform(value)
    made = (transform(item) for item in value)
    return [item for item in made if item is not None]


def _extracted(place: Place, answer: Answer) -> tuple[Any, Any]:
    """What stands at the place (or MISSING), and the way there: one, or one for each item."""
    if not isinstance(place, (BodyPlace, QueryPlace)):
        return place.find(answer), ()
    if not answer.content and not answer.is_parsed:
        return None, ()
    tree = _json_of(answer)
    if isinstance(place, QueryPlace):
        found = list(place.walk(tree))
    elif place.collects:
        found = list(walk(tree, place.steps))
    else:
        return place.within(tree), place.steps
    return [each for _, each in found], [way for way, _ in found]


def _wire_text(item: Any, steps: Path) -> str | None:
    """A text field of a model that is on the wire just what it is in Python; None for all else."""
    if len(steps) != 1:
        return None
    if type(item) is dict:
        found = item.get(steps[0])
    else:
        from ferrule_runtime.models import Model, attribute_of

        found = attribute_of(item, str(steps[0])) if isinstance(item, Model) else None
    return found if type(found) is str else None


def _takes_none(adapter: Any) -> bool:
    try:
        adapter.validator.validate_python(None)
    except ValidationError:
        return False
    return True


def _tree_of(content: bytes, answer: Answer) -> Any:
    """The JSON of a body that has failed to validate, to find the place of the failure in it."""
    try:
        return parse_json(content)
    except JsonFault:
        return answer.tree


def _xml_of(answer: Answer) -> Any:
    """The tree of an XML body, None for no body; not parsed again where it is one already."""
    if answer.is_parsed:
        return answer.json
    if not answer.content:
        return None
    from ferrule_runtime.xml import parse_xml

    return parse_xml(answer.content, answer.header("content-type") or "")


def _json_of(answer: Answer) -> Any:
    try:
        return answer.json
    except JsonFault:
        pass
    raise not_json(answer)


def not_json(answer: Answer) -> JsonFault:
    """The fault of a body that is not JSON, told by what it seems to be."""
    if not answer.content:
        return JsonFault("is empty where JSON was expected")
    if "html" in answer.media_type or answer.content.lstrip()[:1] == b"<":
        return JsonFault("is HTML or XML where JSON was expected")
    try:
        parse_json(answer.content, answer.header("content-type") or "")
    except JsonFault as fault:
        return JsonFault(fault.reason)
    return JsonFault("is not JSON")


def readings_of(value: Any) -> Iterator[Reading]:
    """Every place and condition inside some data, the outer ones first."""
    if isinstance(value, Reading):
        yield value
        for part in value._parts().values():
            yield from readings_of(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from readings_of(part)


def _asked_by(paging: Paging) -> tuple[Any, ...]:
    return (paging.cursor, paging.into, paging.next_url, paging.more, paging.total)


def _facts_of(paging: Paging) -> Iterator[Path]:
    for reading in readings_of(_asked_by(paging)):
        yield from reading.paths


def _lasts_of(paging: Paging) -> Iterator[LastPlace]:
    for reading in readings_of(_asked_by(paging)):
        if isinstance(reading, LastPlace):
            yield reading
