"""A manifest reads as it was written, and whatever else is read is a ManifestError."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule.forms.files import FileSet
from ferrule.forms.manifest import Manifest, ManifestError, text_sha256

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MANIFESTS = st.builds(
    Manifest, st.integers(), TEXT, TEXT, TEXT, st.dictionaries(TEXT, TEXT, max_size=5)
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@given(MANIFESTS)
def test_a_manifest_reads_as_it_was_written(manifest: Manifest) -> None:
    assert Manifest.from_text(manifest.to_text()) == manifest


@given(MANIFESTS, st.data())
def test_the_order_of_files_does_not_show(manifest: Manifest, data: st.DataObject) -> None:
    shuffled = dict(data.draw(st.permutations(list(manifest.files.items()))))
    other = Manifest(
        manifest.contract, manifest.ferrule, manifest.connector, manifest.spec_sha256, shuffled
    )
    assert other.to_text() == manifest.to_text()


@given(st.text() | JSON.map(json.dumps))
def test_any_other_text_is_an_error_with_a_reason(text: str) -> None:
    with pytest.raises(ManifestError, match=r"^it"):
        Manifest.from_text(text)


@given(
    MANIFESTS, st.sampled_from(["contract", "ferrule", "connector", "spec_sha256", "files"]), JSON
)
def test_a_changed_one_is_whole_or_refused(manifest: Manifest, key: str, value: object) -> None:
    content = json.loads(manifest.to_text()) | {key: value}
    try:
        read = Manifest.from_text(json.dumps(content))
    except ManifestError:
        return
    assert all(isinstance(each, str) for each in (read.connector, *read.files.values()))


def test_a_manifest_lists_what_files_hold() -> None:
    made = Manifest.of(
        FileSet({"b.py": "x = 1\n", "a.md": "é"}),
        contract=1,
        ferrule="1.2.3",
        connector="acme",
        spec_sha256="0123",
    )
    assert made.files == {"b.py": text_sha256(b"x = 1\n"), "a.md": text_sha256("é".encode())}
    assert made.to_text().index('"a.md"') < made.to_text().index('"b.py"')


@given(st.binary().map(lambda content: content.replace(b"\r", b"")))
def test_crlf_counts_as_lf(content: bytes) -> None:
    assert text_sha256(content.replace(b"\n", b"\r\n")) == text_sha256(content)
