"""What is laid out without black is what black writes: black itself is asked."""

from __future__ import annotations

from functools import partial
from unittest.mock import patch

import black
from black.mode import TargetVersion
from hypothesis import given, settings
from hypothesis import strategies as st

from ferrule.forms.code import Code, Import
from ferrule.passes.polish import layout
from ferrule.passes.polish.fragments import UncertainError
from ferrule.passes.polish.layout import laid_out
from ferrule.passes.polish.proof import fault_of
from ferrule.python_text import (
    NONE,
    assigned,
    call,
    declared,
    dict_of,
    docstring,
    either,
    import_groups,
    index,
    list_of,
    literal,
    merged,
    name,
    quoted,
    returned,
    tuple_of,
    unpacked,
)

MODE = black.Mode(target_versions={TargetVersion.PY311})

# Lengths are drawn, so that lines end on both sides of every limit.
identifiers = st.builds(
    lambda letter, length: name(letter + "x" * length),
    st.sampled_from("abcT"),
    st.integers(0, 6) | st.integers(0, 40) | st.integers(60, 90),
)
texts = st.text(max_size=6) | st.text(st.sampled_from("ab '\"\\{}()[],|#:=\n\té漢"), max_size=14)
long_texts = st.builds(lambda text, length: text + "y" * length, texts, st.integers(0, 90))
literals = st.builds(
    literal,
    long_texts | st.integers(-9999, 9999) | st.booleans() | st.none() | st.floats(-9, 9),
)


def _typed(inner: st.SearchStrategy[Code]) -> st.SearchStrategy[Code]:
    some = st.lists(inner, min_size=1, max_size=4)
    return (
        st.builds(lambda base, items: index(base, *items), identifiers, some)
        | st.builds(
            lambda items: index(name("Literal"), *map(literal, items)),
            st.lists(long_texts, min_size=1, max_size=4),
        )
        | st.builds(lambda item, end: index(name("Annotated"), item, end), inner, calls)
    )


def _union(members: list[Code]) -> Code:
    return either(*members)


def _valued(inner: st.SearchStrategy[Code]) -> st.SearchStrategy[Code]:
    some = st.lists(inner, max_size=5)
    named = st.dictionaries(identifiers.map(str), inner, max_size=5)
    return (
        st.builds(lambda base, items, more: call(base, *items, **more), identifiers, some, named)
        | some.map(list_of)
        | some.map(tuple_of)
        | st.dictionaries(long_texts, inner, max_size=5).map(dict_of)
        | st.builds(
            lambda items, more: merged(dict_of(items), unpacked(more)),
            st.dictionaries(texts, inner, max_size=3),
            identifiers,
        )
    )


values = st.recursive(identifiers | literals, _valued, max_leaves=14)
calls = st.builds(
    lambda base, items, more: call(base, *items, **more),
    identifiers,
    st.lists(values, max_size=4),
    st.dictionaries(identifiers.map(str), values, max_size=4),
)
types = st.recursive(
    identifiers | st.just(NONE),
    lambda inner: _typed(inner)
    | st.lists(_typed(inner) | identifiers, min_size=1, max_size=4).map(_union),
    max_leaves=8,
)
generic_calls = st.builds(
    lambda base, parts, items: call(index(base, *parts), *items),
    identifiers,
    st.lists(types, min_size=1, max_size=2),
    st.lists(values, max_size=4),
)
parameters = st.builds(declared, identifiers, types, st.none() | st.just(name("omit")) | literals)


def _module(statements: list[str]) -> str:
    return "".join(f"{each}\n" for each in statements)


def _def(word: str, parts: list[Code], result: Code, end: str, lines: list[str]) -> str:
    distinct = {part.partition(":")[0]: part for part in parts}
    inside = ", ".join(["self", *(["*"] if distinct else []), *distinct.values()])
    head = f"    {word} f({inside}) -> {result}:{end}"
    return "\n".join([head, *(f"        {line}" for line in lines)])


statements = (
    st.builds(assigned, identifiers, values)
    | st.builds(assigned, identifiers, calls, types)
    | st.builds(assigned, identifiers, generic_calls)
    | st.builds(lambda each: assigned(name("a"), call(name("f"), NONE, returns=each)), types)
    | st.builds(assigned, identifiers, types, st.just(name("TypeAlias")))
    | st.builds(declared, identifiers, types, st.none() | values)
    | calls
    | st.builds(
        lambda key, line: call(name("TypedDict"), dict_of({key: quoted(line)})), texts, types
    )
)
bodies = st.lists(
    st.builds(returned, calls) | st.builds(partial(returned, awaited=True), calls) | calls,
    min_size=1,
    max_size=1,
)
functions = st.builds(
    _def,
    st.sampled_from(["def", "async def"]),
    st.lists(parameters, max_size=5),
    types,
    st.just(""),
    bodies,
)
overloads = st.builds(
    _def,
    st.just("def"),
    st.lists(parameters, max_size=5),
    types,
    st.just(" ..."),
    st.just([]),
)


def agrees(text: str) -> None:
    """Where the layout is certain, black writes the same, and then changes nothing in it.

    What is proven without a compiler, the compiler accepts.
    """
    with patch.object(layout, "formatted_alone", side_effect=UncertainError):
        found = laid_out(text)
    if found is not None:
        made = found.text
        assert made == black.format_str(text, mode=MODE)
        assert made == black.format_str(made, mode=MODE)
        assert not found.is_proven or fault_of("a.py", made) is None


@given(statements)
def test_statements(code: str) -> None:
    agrees(f"{code}\n")


@given(statements)
def test_statements_in_a_class(code: str) -> None:
    agrees(f'class A:\n    """A."""\n\n    {code}\n')


@given(statements | functions)
@settings(max_examples=40)
def test_a_statement_that_black_is_asked_about_alone(code: str) -> None:
    lines = code if code.startswith(" ") else f"    {code}"
    text = f'class A:\n    """A."""\n\n{lines}\n'
    with patch.object(layout._Statement, "_lay_out", side_effect=UncertainError):
        layout._known.clear()
        found = laid_out(text)
        layout._known.clear()
    if found is not None:
        assert found.text == black.format_str(text, mode=MODE)


@given(functions)
def test_functions(code: str) -> None:
    agrees(f'class A:\n    """A."""\n\n{code}\n')


@given(overloads)
def test_overloads(code: str) -> None:
    agrees(f'class A:\n    """A."""\n\n    @overload\n{code}\n    @overload\n{code}\n')


@given(
    st.lists(
        st.builds(Import, st.sampled_from(["a", "b.c", ".m"]), identifiers.map(str)),
        min_size=1,
        max_size=7,
    )
)
def test_imports(imports: list[Import]) -> None:
    lines = [line for group in import_groups(imports, "client") for line in (*group, "")]
    agrees("\n".join([*lines, "x = 1", ""]))


@given(
    st.lists(
        long_texts | st.text(st.sampled_from("a \n\t\"'\\é"), max_size=30), min_size=1, max_size=3
    ),
    st.booleans(),
)
def test_docstrings(parts: list[str], is_split: bool) -> None:
    text = ("\n" if is_split else " ").join(parts)
    lines = [
        docstring(text),
        "\n\nclass A:",
        f"    {docstring(text, 4)}\n",
        "    x: int",
        f"    {docstring(text, 4)}\n",
        "    def f(self) -> None:",
        f"        {docstring(text, 8)}",
        "        return f()\n",
    ]
    agrees("\n".join(lines))
