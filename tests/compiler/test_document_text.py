"""Fragments of Markdown and TOML: no text ends the place it stands in."""

import tomllib

import pytest

from ferrule.document_text import (
    markdown,
    markdown_block,
    markdown_cell,
    markdown_code,
    markdown_lines,
    markdown_link,
    toml,
)
from ferrule.forms.code import Code
from tests.compiler.test_python_text import HOSTILE


@pytest.mark.parametrize("text", [text for text in HOSTILE if text != "\ud800"])
def test_a_toml_string_is_the_text(text: str) -> None:
    read = tomllib.loads(f"a = {toml(text)}\nb = {toml(['x', text])}\n")
    assert read == {"a": text, "b": ["x", text]}


def test_half_a_character_is_replaced_in_toml() -> None:
    assert tomllib.loads(f"a = {toml(chr(0xD800))}") == {"a": "\ufffd"}


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_stays_on_its_line(text: str) -> None:
    for write in (markdown, markdown_code, markdown_cell):
        line = write(f"a{text}b")
        assert "\n" not in line
        assert line.isprintable()


def test_markdown_marks_are_escaped() -> None:
    assert markdown("a|b `c` <b> *x* [y](z) \\") == r"a\|b \`c\` &lt;b&gt; \*x\* \[y\](z) \\"
    assert markdown("# not a heading") == r"\# not a heading"
    assert markdown("- no item") == r"\- no item"
    assert markdown("1. no item") == r"1\. no item"
    assert markdown("half-way: 1.5 + 2") == "half-way: 1.5 + 2"


def test_code_outlives_its_own_fence() -> None:
    assert markdown_code("a`b") == "``a`b``"
    assert markdown_code("`a`") == "`` `a` ``"
    assert markdown_cell("a|b") == r"`a\|b`"
    assert markdown_block(Code("x = '```'")).startswith("````python\n")


def test_only_web_addresses_are_linked() -> None:
    assert (
        markdown_link("docs", "https://example.com/a?b=c") == "[docs](<https://example.com/a?b=c>)"
    )
    for address in (
        "javascript:alert(1)",
        "https://e.com/><script>",
        "https://e.com/ x",
        "ftp://x",
    ):
        assert markdown_link("docs", address) == "docs"


def test_paragraphs_stay_apart() -> None:
    assert markdown_lines("a\nb\n\n  \n# c") == "a b\n\n\\# c"
