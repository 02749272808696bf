"""XML bodies: the tree that places read, and typed results from it."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.answer import Answer, AnswerFault
from ferrule_runtime.decode import Decoder
from ferrule_runtime.models import DateTime, Field, Model, StrictBool, StrictFloat, StrictInt
from ferrule_runtime.operation import Operation, Paging
from ferrule_runtime.places import ANY, body
from ferrule_runtime.xml import XmlFault, parse_xml, shaped


class Owner(Model):
    id: str = Field(alias="ID")


class Item(Model):
    key: str = Field(alias="Key")
    size: StrictInt = Field(alias="Size")
    ratio: StrictFloat | None = Field(default=None, alias="Ratio")
    is_old: StrictBool = Field(default=False, alias="IsOld")
    at: DateTime | None = Field(default=None, alias="At")
    owner: Owner | None = Field(default=None, alias="Owner")
    tags: list[str] = Field(alias="Tag")
    counts: list[StrictInt] = Field(default_factory=list, alias="Count")
    kind: str | None = Field(default=None, alias="@kind")
    note: str = Field(default="", alias="Note")


class Listing(Model):
    items: list[Item] = Field(alias="Contents")
    more: StrictBool = Field(alias="IsTruncated")


LISTING = b"""<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.example/" xmlns:x="http://x/" x:v="1">
  <IsTruncated>true</IsTruncated>
  <Marker>m1</Marker>
  <Contents kind="a"><Key> a &amp; b </Key><Size> 5 </Size><Ratio>1.5</Ratio><IsOld>true</IsOld>
    <At>2024-05-01T00:00:00Z</At><Owner><ID>o</ID></Owner><x:Tag>t1</x:Tag><Tag>t2</Tag>
    <Count>1</Count><Note/></Contents>
</ListBucketResult>"""


def met(content: bytes, content_type: str = "application/xml") -> Answer:
    return Answer(200, [(b"Content-Type", content_type.encode())], content)


def test_the_tree() -> None:
    tree = parse_xml(LISTING)["ListBucketResult"]
    assert tree["@v"] == "1"
    assert tree["IsTruncated"] == "true"
    assert tree["Contents"]["Tag"] == ["t1", "t2"]
    assert tree["Contents"]["@kind"] == "a"
    assert tree["Contents"]["Key"] == " a & b "
    assert parse_xml(b"<a b='1'>text<c/>more</a>") == {
        "a": {"@b": "1", "c": "", "#text": "textmore"}
    }
    assert parse_xml(b"<a><b>1</b><b>2</b><b>3</b></a>") == {"a": {"b": ["1", "2", "3"]}}
    assert parse_xml("<a>\u00e9</a>".encode("latin-1"), "text/xml; charset=iso-8859-1") == {
        "a": "\u00e9"
    }
    assert parse_xml("<?xml version='1.0' encoding='utf-16'?><a>\u00e9</a>".encode("utf-16")) == {
        "a": "\u00e9"
    }
    assert parse_xml(b"<a><![CDATA[<b>]]></a>") == {"a": "<b>"}


@pytest.mark.parametrize("is_parsed", [False, True])
def test_typed_results(is_parsed: bool) -> None:
    operation: Operation[Any] = Operation(
        "o.list", "GET", "/", returns=Listing, at=body("ListBucketResult"), media="xml"
    )
    answer = met(LISTING)
    if is_parsed:
        _ = answer.tree
    listing = Decoder(operation).value(answer)
    assert listing.more is True
    (item,) = listing.items
    assert (item.key, item.size, item.ratio, item.is_old) == (" a & b ", 5, 1.5, True)
    assert (item.tags, item.counts, item.kind, item.note) == (["t1", "t2"], [1], "a", "")
    assert item.owner == Owner.model_validate({"ID": "o"})
    assert item.at is not None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<R/>", []),
        (b"<R><C/></R>", []),
        (b"<R><C>1</C></R>", [1]),
        (b"<R><C>1</C><C>2</C></R>", [1, 2]),
        (b"", []),
    ],
)
def test_a_declared_list_accepts_none_and_one(content: bytes, expected: list[int]) -> None:
    operation: Operation[Any] = Operation(
        "o.list", "GET", "/", returns=list[StrictInt], at=body("R", "C"), media="xml"
    )
    assert Decoder(operation).value(met(content)) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (list[str], "", []),
        (list[str], "a", ["a"]),
        (list[str], ["a", "b"], ["a", "b"]),
        (StrictInt | None, "", None),
        (StrictInt | None, "5", 5),
        (str | None, "", ""),
        (list[StrictInt] | None, "5", [5]),
        (list[StrictInt] | None, ["5"], [5]),
        (dict[str, StrictInt], {"a": "1"}, {"a": 1}),
        (dict[str, StrictInt], "", {}),
        (StrictInt, "x", "x"),
        (Any, {"a": "1"}, {"a": "1"}),
        (Owner | None, {"ID": "1"}, {"ID": "1"}),
    ],
)
def test_shapes(kind: Any, value: Any, expected: Any) -> None:
    assert shaped(kind, value) == expected


def test_mismatches_have_a_place() -> None:
    operation: Operation[Any] = Operation(
        "o.list", "GET", "/", returns=Listing, at=body("ListBucketResult"), media="xml"
    )
    broken = LISTING.replace(b" 5 ", b"s3cr3t")
    with pytest.raises(AnswerFault, match=r"\$\.ListBucketResult\.Contents\[0\]\.Size") as caught:
        Decoder(operation).value(met(broken))
    assert "s3cr3t" not in str(caught.value)


def test_pages_in_xml() -> None:
    paging = Paging(cursor=body("ListBucketResult", "Marker"), into=(("query", "marker"),))
    operation: Operation[Any] = Operation(
        "o.list", "GET", "/", returns=list[Item], at=body("ListBucketResult", "Contents"),
        media="xml",
    )  # fmt: skip
    items, view = Decoder(operation, paging).page(met(LISTING))
    assert [item.size for item in items] == [5]
    assert paging.cursor(view) == "m1"


def test_rules_read_xml_where_the_service_says_that_it_is() -> None:
    content = b"<Error><Code>NoSuchKey</Code><List><I>1</I><I>2</I></List></Error>"
    assert body("Error", "Code")(met(content)) == "NoSuchKey"
    assert body("Error", "List", "I", ANY)(met(content, "text/xml")) == ["1", "2"]
    assert body("Error", "Code")(met(content, "text/plain")) is None
    assert body("Error", "Code")(met(b"<Error>")) is None
    assert body("a")(met(b' {"a":1}')) == 1


LAUGHS = b"""<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>"""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"   ", "empty"),
        (b"{}", "not XML"),
        (b"<a>", "not XML"),
        (b"<a/><b/>", "not XML"),
        (b"<a>&unknown;</a>", "not XML"),
        (b"<a>\xff</a>", "not XML"),
        (b"<?xml version='1.0' encoding='nonsense'?><a/>", "not XML"),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", "encoding is unknown"),
        (b"<?xml version='1.0' encoding='idna'?><a/>", "encoding is unknown"),
        (b"<?xml version='1.0' encoding='hex'?><a/>", "encoding is unknown"),
        (b"<?xml version='1.0' encoding='shift_jis'?><a>\xff</a>", "bytes that are not shift_jis"),
        (LAUGHS, "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type"),
        (b"<a>" * 300, "nested"),
    ],
)
def test_what_is_not_xml_is_one_fault(content: bytes, reason: str) -> None:
    with pytest.raises(XmlFault, match=reason) as caught:
        parse_xml(content)
    assert caught.value.__context__ is None
    operation: Operation[Any] = Operation("o.get", "GET", "/", returns=Listing, media="xml")
    with pytest.raises(AnswerFault):
        Decoder(operation).value(met(content))


@pytest.mark.parametrize("charset", ["Shift_JIS", "EUC-JP", "GB2312", "Big5", "gb18030"])
def test_charsets_of_several_bytes_a_character(charset: str) -> None:
    document = f'<?xml version="1.0" encoding="{charset}"?>\n<a b="\u4e2d">\u6587</a>'
    tree = {"a": {"@b": "\u4e2d", "#text": "\u6587"}}
    assert parse_xml(document.encode(charset)) == tree
    # What the answer says of itself counts more than what the document does.
    bare = document.partition("\n")[2]
    assert parse_xml(bare.encode(charset), f"text/xml; charset={charset}") == tree
    assert parse_xml(document.encode(), "text/xml; charset=utf-8") == tree
    with pytest.raises(XmlFault, match="document type"):
        parse_xml(LAUGHS.decode().encode(charset), f"text/xml; charset={charset}")


_NAMES = st.sampled_from(["a", "b", "c"])
_TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), max_size=6)
_ELEMENTS: st.SearchStrategy[Any] = st.recursive(
    _TEXT, lambda inner: st.lists(st.tuples(_NAMES, inner), min_size=1, max_size=4)
)


def written(name: str, value: Any) -> str:
    if isinstance(value, str):
        return f"<{name}>{escape(value)}</{name}>"
    return f"<{name} n={quoteattr('1')}>{''.join(written(*pair) for pair in value)}</{name}>"


def read(value: Any) -> Any:
    if isinstance(value, str):
        return value
    made: dict[str, Any] = {"@n": "1"}
    for name, inner in value:
        if name in made:
            several = made[name] if isinstance(made[name], list) else [made[name]]
            made[name] = [*several, read(inner)]
        else:
            made[name] = read(inner)
    return made


@given(_ELEMENTS)
def test_what_is_written_as_xml_is_read_as_its_tree(value: Any) -> None:
    assert parse_xml(written("root", value).encode()) == {"root": read(value)}


@given(st.binary(max_size=60) | st.text(alphabet="<>/ab&;!?[]='\" ", max_size=40).map(str.encode))
def test_any_bytes_are_a_tree_or_a_fault(content: bytes) -> None:
    try:
        tree = parse_xml(content)
    except XmlFault as fault:
        tree = {"fault": fault.reason}
    assert len(tree) == 1
