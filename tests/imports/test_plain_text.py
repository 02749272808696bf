"""Descriptions as a spec can hold them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule.imports.plain_text import doc_text

PIECES = ("<a href=\"/x\">", "</a>", "<b>", "</b>", "<code>", "</code>", "<p>", "<li>", "</li>",
          "<", ">", "</", "a", "word " * 12, " ", "\n", "- ", "`", "**")  # fmt: skip


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('See <a href="/docs">the <code>docs</code></a>.', "See [the `docs`](/docs)."),
        ("<p>One.</p>", "One."),
        ("<b>Bold</b> and <em>not</em>", "**Bold** and *not*"),
    ],
)
def test_html_becomes_markdown(written: str, text: str) -> None:
    assert doc_text(written) == text


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_was_made_plain_stays_as_it_is(text: str) -> None:
    once = doc_text(text)
    assert doc_text(once) == once
