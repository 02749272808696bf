"""Whatever a service calls something, Python gets a name or nothing."""

import keyword
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from ferrule import naming

texts = st.text(st.characters(), max_size=20)


@given(texts)
@example("\u0345")
@example("ǅ")
@example("ﬃ")
@example("İ")
@example("\ud800a")
@example("·a")
@example("a·")
@example("℘")
@example("_" * 40)
def test_every_name_is_a_name_in_normal_form(text: str) -> None:
    for make in (
        naming.snake,
        naming.argument,
        naming.setting,
        naming.attribute,
        naming.method,
        naming.module,
        naming.constant,
        naming.class_name,
    ):
        name = make(text)
        assert name == "" or name.isidentifier()
        assert make is naming.snake or not keyword.iskeyword(name)
        assert unicodedata.normalize("NFKC", name) == name
        assert not name.startswith("_")
        assert make(text) == name


@given(texts)
def test_names_are_made_once(text: str) -> None:
    name = naming.snake(text)
    assert naming.snake(name) == name


@given(st.lists(texts, max_size=12))
def test_unique_names_differ(wanted: list[str]) -> None:
    scope: naming.Scope[str] = naming.Scope(frozenset(["a", "a2"]))
    given_names = [scope.unique(text, text) for text in wanted]
    assert len(set(given_names)) == len(given_names)
    assert not {"a", "a2"} & set(given_names)
