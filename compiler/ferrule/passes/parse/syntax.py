"""Explains, in the words of the language, where and why a text is not YAML."""

from __future__ import annotations

from collections.abc import Callable

from yaml import YAMLError

from ferrule.forms.tree import Place
from ferrule.passes.parse import block_syntax, flow_syntax, scalar_syntax
from ferrule.passes.parse.fault import Fault, Trouble

# What the reader says, and who can say it better. The beginning of its words is enough.
_EXPLANATIONS: tuple[tuple[str, Callable[[Fault], Trouble]], ...] = (
    ("mapping values are not allowed", block_syntax.colon),
    ("could not find expected ':'", block_syntax.no_colon),
    ("block sequence entries are not allowed", block_syntax.entry_mark),
    ("mapping keys are not allowed", block_syntax.key_mark),
    ("did not find expected key", block_syntax.no_key),
    ("did not find expected '-' indicator", block_syntax.no_entry),
    ("found a tab character", block_syntax.tab),
    ("did not find expected ',' or", flow_syntax.between_entries),
    ("did not find expected node content", flow_syntax.no_content),
    ("found unexpected ':'", flow_syntax.colon_without_value),
    ("found character that cannot start any token", scalar_syntax.no_token),
    ("found unexpected end of stream", scalar_syntax.unclosed_quote),
    ("found unexpected document indicator", scalar_syntax.unclosed_quote),
    ("found unknown escape character", scalar_syntax.unknown_escape),
    ("found invalid Unicode character escape code", scalar_syntax.bad_digits),
    ("did not find expected hexdecimal number", scalar_syntax.bad_digits),
    ("found an indentation indicator equal to 0", scalar_syntax.zero_indent),
    ("did not find expected comment or line break", scalar_syntax.bar),
    ("did not find expected alphabetic or numeric character", scalar_syntax.sigil),
    ("found undefined tag handle", scalar_syntax.sigil),
    ("did not find expected whitespace", scalar_syntax.sigil),
    ("did not find the expected '>'", scalar_syntax.sigil),
    ("did not find expected tag URI", scalar_syntax.sigil),
    ("did not find expected '!'", scalar_syntax.sigil),
    ("did not find URI escaped octet", scalar_syntax.sigil),
    ("found an incorrect", scalar_syntax.sigil),
    ("did not find expected <document start>", scalar_syntax.second_document),
    ("found unknown directive name", scalar_syntax.directive),
    ("found incompatible YAML document", scalar_syntax.directive),
    ("found duplicate %", scalar_syntax.directive),
    ("did not find expected version number", scalar_syntax.directive),
    ("did not find expected digit", scalar_syntax.directive),
    ("found extremely long version number", scalar_syntax.directive),
    ("could not find expected directive name", scalar_syntax.directive),
    ("found unexpected non-alphabetical character", scalar_syntax.directive),
)


def explain(text: str, error: YAMLError, last: Place | None, brackets: list[int]) -> Trouble:
    """What is wrong where the reader gave up.

    `last` is the scalar that it read before, `brackets` ends with the innermost open bracket.
    """
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or ""
    at = min(mark.index if mark else 0, len(text))
    since = min(context.index if context else at, len(text))
    fault = Fault(text, at, since, last, brackets[-1] if brackets else None)
    for start, explanation in _EXPLANATIONS:
        if problem.startswith(start):
            return explanation(fault)
    return fault.other()
