"""Whatever a text holds, in generated Python it stays a text."""

import ast
import tomllib

from hypothesis import example, given
from hypothesis import strategies as st

from ferrule.document_text import markdown, markdown_cell, markdown_code, toml
from ferrule.python_text import docstring, literal

texts = st.text(st.characters(), max_size=40)
nasty = st.lists(
    st.sampled_from(['"', "'", "\\", "\n", "\r", "\x00", "{", "}", "%", "#", "x", " ", "\ud800"]),
    max_size=14,
).map("".join)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(
    scalars.filter(lambda value: value not in (float("inf"), float("-inf"))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_literals_evaluate_to_the_value(value: object) -> None:
    assert ast.literal_eval(literal(value)) == value  # type: ignore[arg-type]


@given(texts | nasty, st.sampled_from([0, 4, 8]))
def test_a_docstring_is_one_expression(text: str, indent: int) -> None:
    code = docstring(text, indent)
    module = ast.parse(code)
    assert len(module.body) == 1
    (only,) = module.body
    assert isinstance(only, ast.Expr)
    assert isinstance(only.value, ast.Constant)
    assert isinstance(only.value.value, str)
    assert only.value.value.split() == text.split()


@given(texts.filter(lambda text: all(not 0xD800 <= ord(char) <= 0xDFFF for char in text)))
def test_toml_reads_back(text: str) -> None:
    assert tomllib.loads(f"a = {toml(text)}") == {"a": text}


@example("\xad")
@given(texts | nasty)
def test_markdown_is_one_readable_line(text: str) -> None:
    for write in (markdown, markdown_code, markdown_cell):
        line = write(text)
        assert line.isprintable()
        line.encode("utf-8")
