"""Trees as XML: what is written is read as the same tree."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.encode.xml import xml_bytes
from ferrule_runtime.xml import parse_xml

NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,8}", fullmatch=True)
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=20
).map(str.strip)
LEAVES = TEXTS | st.text("<>&\"'\t\n ]", min_size=1).map(lambda text: f"a{text}b")
TREES = st.recursive(
    LEAVES,
    lambda inner: st.dictionaries(
        NAMES, inner | st.lists(inner, min_size=2, max_size=3), min_size=1, max_size=3
    )
    | st.tuples(NAMES, LEAVES, TEXTS.filter(bool)).map(
        lambda each: {f"@{each[0]}": each[1], "#text": each[2]}
    ),
    max_leaves=12,
)


@given(NAMES, TREES)
def test_what_is_written_is_read_as_the_same(root: str, tree: Any) -> None:
    assert parse_xml(xml_bytes({root: tree})) == {root: tree}


def test_values_are_written_as_texts() -> None:
    given = {"a": {"b": [True, 1, 1.5, None, datetime(2024, 1, 2, tzinfo=UTC)], "@c": None}}
    assert xml_bytes(given).decode().partition("\n")[2] == (
        "<a><b>true</b><b>1</b><b>1.5</b><b/><b>2024-01-02T00:00:00Z</b></a>"
    )
    assert xml_bytes({"soap:Envelope": {"@xmlns:soap": "urn:x"}}).endswith(
        b'<soap:Envelope xmlns:soap="urn:x"></soap:Envelope>'
    )


def test_formats_go_along_the_names() -> None:
    made = xml_bytes({"a": {"at": datetime(2024, 1, 2, tzinfo=UTC)}}, {"a": {"at": "epoch"}})
    assert made.endswith(b"<a><at>1704153600</at></a>")


@pytest.mark.parametrize("name", ["", "1a", "a b", "a>", "a:b:c", "xml;", "-a", "@", "a\n"])
def test_names_that_are_none_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be the name"):
        xml_bytes({"root": {name or "": "x"}})
