"""Field types: read strictly from JSON and from Python, and written back as they came."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from ferrule_runtime.models import (
    UUID,
    Base64Bytes,
    Base64UrlBytes,
    BlankIsNull,
    BooleanText,
    ClosedModel,
    Date,
    DateFormat,
    DateTime,
    DateTimeFormat,
    Decimal,
    Duration,
    EpochDateTime,
    EpochMillisDateTime,
    Field,
    HexBytes,
    IntegerText,
    IsoDuration,
    MillisDuration,
    Model,
    NumberNan,
    NumberText,
    Rfc2822DateTime,
    StrictBool,
    StrictFloat,
    StrictInt,
    Tag,
    Time,
    TimeFormat,
    by_tag,
)

MOMENT = datetime(2024, 5, 1, 10, 0, tzinfo=UTC)
NAIVE = MOMENT.replace(tzinfo=None)

GOOD: list[tuple[Any, Any, Any]] = [
    (StrictInt, 5, 5),
    (StrictFloat, 1, 1.0),
    (StrictBool, True, True),
    (DateTime, "2024-05-01T10:00:00Z", MOMENT),
    (DateTime, "2024-05-01T12:00:00+02:00", MOMENT),
    (EpochDateTime, 1714557600, MOMENT),
    (EpochDateTime, 1714557600.5, MOMENT + timedelta(seconds=0.5)),
    (EpochMillisDateTime, 1714557600250, MOMENT + timedelta(milliseconds=250)),
    (Rfc2822DateTime, "Wed, 01 May 2024 10:00:00 GMT", MOMENT),
    (
        Annotated[datetime, DateTimeFormat("%d/%m/%Y")],
        "01/05/2024",
        datetime(2024, 5, 1, tzinfo=UTC),
    ),
    (Date, "2024-05-01", date(2024, 5, 1)),
    (Time, "10:00:00", time(10)),
    (Duration, 90, timedelta(seconds=90)),
    (IsoDuration, "PT1M30S", timedelta(seconds=90)),
    (MillisDuration, 1500, timedelta(seconds=1.5)),
    (NumberText, "1.5", 1.5),
    (BooleanText, "true", True),
    (Annotated[date, DateFormat("%d/%m/%Y")], "01/05/2024", date(2024, 5, 1)),
    (Annotated[time, TimeFormat("%H.%M")], "10.30", time(10, 30)),
    (Annotated[str | None, BlankIsNull()], "x", "x"),
    (UUID, "00000000-0000-0000-0000-000000000001", UUID(int=1)),
    (Decimal, "1.10", Decimal("1.10")),
    (IntegerText, "9007199254740993", 9007199254740993),
    (HexBytes, "ff00", b"\xff\x00"),
    (Base64Bytes, "/wA=", b"\xff\x00"),
    (Base64UrlBytes, "_wA", b"\xff\x00"),
    (NumberNan, 1.5, 1.5),
]


@pytest.mark.parametrize(("kind", "wire", "value"), GOOD, ids=lambda each: str(each)[:40])
def test_both_ways_from_both_sides(kind: Any, wire: Any, value: Any) -> None:
    adapter = TypeAdapter(kind)
    for read in (
        adapter.validate_json(json.dumps(wire)),
        adapter.validate_python(wire),
        adapter.validate_python(value),
    ):
        assert read == value
        assert type(read) is type(value)
    written = adapter.dump_python(adapter.validate_python(wire), mode="json")
    assert adapter.validate_python(written) == value
    if not (isinstance(wire, str) and "+02" in wire):
        assert written == wire
    assert adapter.dump_python(value) == value


@pytest.mark.parametrize(
    ("kind", "wire"),
    [
        (StrictInt, "12"),
        (StrictInt, 1.0),
        (StrictInt, True),
        (StrictFloat, "1.5"),
        (StrictFloat, True),
        (StrictBool, 1),
        (StrictBool, "true"),
        (DateTime, 5),
        (DateTime, "2024-05-01"),
        (DateTime, "yesterday"),
        (Date, "2024-05-01T00:00:00Z"),
        (Date, 5),
        (Time, "3600"),
        (EpochDateTime, "yesterday"),
        (EpochDateTime, True),
        (EpochDateTime, 1e300),
        (EpochMillisDateTime, None),
        (Rfc2822DateTime, "yesterday"),
        (Rfc2822DateTime, 5),
        (Annotated[datetime, DateTimeFormat("%d/%m/%Y")], "2024-05-01"),
        (NumberText, "nan"),
        (NumberText, "1,5"),
        (NumberText, True),
        (BooleanText, "yes"),
        (BooleanText, 1),
        (MillisDuration, "1500"),
        (Annotated[date, DateFormat("%d/%m/%Y")], "2024-05-01"),
        (Annotated[time, TimeFormat("%H.%M")], "25.00"),
        (IntegerText, "1.5"),
        (IntegerText, "x"),
        (IntegerText, 1.5),
        (IntegerText, True),
        (HexBytes, "f"),
        (HexBytes, "zz"),
        (Base64Bytes, "*"),
        (Base64Bytes, 5),
        (Base64UrlBytes, "a/+="),
        (Decimal, True),
        (Decimal, "NaN"),
        (UUID, "x"),
    ],
)
def test_what_is_no_such_thing_is_refused_on_both_sides_alike(kind: Any, wire: Any) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    for as_json in (True, False):
        with pytest.raises(ValidationError) as caught:
            _ = (
                adapter.validate_json(json.dumps(wire))
                if as_json
                else adapter.validate_python(wire)
            )
        # Messages say what is expected; they are shown to people and must not quote the answer.
        for error in caught.value.errors(include_input=False, include_url=False):
            assert "yesterday" not in error["msg"]


def test_text_without_an_offset_is_utc() -> None:
    for wire in ("2024-05-01T10:00:00", "2024-05-01 10:00:00"):
        for read in (TypeAdapter(DateTime).validate_json(json.dumps(wire)),
                     TypeAdapter(DateTime).validate_python(wire)):  # fmt: skip
            assert read == MOMENT
            assert read.tzinfo is not None
    assert TypeAdapter(DateTime).validate_python(NAIVE) == MOMENT


def test_blank_text_reads_as_null_where_the_spec_says_so() -> None:
    kinds: list[Any] = [
        Annotated[StrictInt | None, BlankIsNull()],
        Annotated[DateTime | None, BlankIsNull()],
        Annotated[str | None, BlankIsNull()],
    ]
    for kind in kinds:
        adapter: TypeAdapter[Any] = TypeAdapter(kind)
        assert adapter.validate_json(b'""') is None
        assert adapter.validate_python("") is None
        assert adapter.validate_python(None) is None
    with pytest.raises(ValidationError):
        TypeAdapter(kinds[0]).validate_python(" ")


def test_nan_where_the_spec_admits_it() -> None:
    read = TypeAdapter(NumberNan).validate_json("NaN")
    assert read != read
    with pytest.raises(ValidationError):
        TypeAdapter(StrictFloat).validate_json("NaN")
    with pytest.raises(ValidationError):
        TypeAdapter(StrictFloat).validate_json("1e999")


class Paragraph(Model):
    type: Literal["paragraph"] = "paragraph"
    paragraph: dict[str, Any]


class Heading(Model):
    kind: Literal["heading"] = Field(alias="type")
    level: StrictInt


class Other(Model):
    type: str


Block = Annotated[
    Annotated[Paragraph, Tag("paragraph")]
    | Annotated[Heading, Tag("heading")]
    | Annotated[Other, Tag("")],
    by_tag("type", ("paragraph", "heading")),
]
RawBlock = Annotated[
    Annotated[Heading, Tag("heading")] | Annotated[dict[str, Any], Tag("")],
    by_tag("type", ("heading",)),
]


def test_tagged_unions() -> None:
    blocks = TypeAdapter(list[Block]).validate_json(
        b'[{"type":"paragraph","paragraph":{}},{"type":"heading","level":1},{"type":"new","x":1},'
        b'{"type":"heading","level":2,"more":true}]'
    )
    assert [type(block) for block in blocks] == [Paragraph, Heading, Other, Heading]
    assert TypeAdapter(list[Block]).dump_python(blocks, mode="json", by_alias=True) == [
        {"type": "paragraph", "paragraph": {}},
        {"type": "heading", "level": 1},
        {"type": "new", "x": 1},
        {"type": "heading", "level": 2, "more": True},
    ]


def test_an_unknown_tag_stays_raw_and_a_known_one_must_fit() -> None:
    adapter = TypeAdapter(RawBlock)
    for raw in ({"type": "new", "x": [1]}, {"x": 1}, {"type": None}, {"type": ["heading"]}):
        assert adapter.validate_json(json.dumps(raw)) == raw
        assert adapter.validate_python(raw) == raw
    with pytest.raises(ValidationError) as caught:
        adapter.validate_json(b'{"type":"heading","level":"x"}')
    assert caught.value.errors()[0]["loc"] == ("heading", "level")


def test_tags_that_are_no_text() -> None:
    class One(Model):
        v: Literal[1]

    class Yes(Model):
        v: Literal[True]

    union = Annotated[
        Annotated[One, Tag("1")] | Annotated[Yes, Tag("true")] | Annotated[dict[str, Any], Tag("")],
        by_tag("v", ("1", "true")),
    ]
    assert [type(TypeAdapter(union).validate_python({"v": v})) for v in (1, True, 2)] == [
        One,
        Yes,
        dict,
    ]


def test_models_keep_what_they_do_not_know_and_closed_ones_refuse_it() -> None:
    class Open(Model):
        id: StrictInt

    class Shut(ClosedModel):
        id: StrictInt

    assert Open.model_validate({"id": 1, "x": 2}).model_extra == {"x": 2}
    with pytest.raises(ValidationError):
        Shut.model_validate({"id": 1, "x": 2})
    with pytest.raises(ValidationError) as caught:
        Open.model_validate({"id": "s3cr3t"})
    assert "s3cr3t" not in str(caught.value)


def test_models_take_python_names_and_wire_names() -> None:
    class Named(Model):
        page_size: StrictInt = Field(alias="page[size]")

    assert Named.model_validate({"page[size]": 1}) == Named.model_validate({"page_size": 1})
    assert Named.model_validate({"page_size": 1}).model_dump(by_alias=True) == {"page[size]": 1}


@given(st.binary(max_size=40))
def test_bytes_survive_every_encoding(raw: bytes) -> None:
    for kind in (Base64Bytes, Base64UrlBytes, HexBytes):
        adapter: TypeAdapter[bytes] = TypeAdapter(kind)
        assert adapter.validate_json(adapter.dump_json(raw)) == raw
        assert adapter.validate_python(adapter.dump_python(raw, mode="json")) == raw


@given(st.datetimes(NAIVE.replace(year=1900), NAIVE.replace(year=2200), timezones=st.just(UTC)))
def test_moments_survive_their_formats(moment: datetime) -> None:
    iso: TypeAdapter[datetime] = TypeAdapter(DateTime)
    assert iso.validate_json(iso.dump_json(moment)) == moment
    millis: TypeAdapter[datetime] = TypeAdapter(EpochMillisDateTime)
    difference = moment - millis.validate_json(millis.dump_json(moment))
    assert timedelta(0) <= difference < timedelta(milliseconds=1)
    mail: TypeAdapter[datetime] = TypeAdapter(Rfc2822DateTime)
    assert mail.validate_json(mail.dump_json(moment)) == moment.replace(microsecond=0)
