"""Every character of every scalar is found again in the file, whatever its style."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ferrule.forms.scalar_map import ScalarMap
from ferrule.forms.source import Span
from ferrule.forms.tree import Path, Place, SpecTree
from tests.compiler.parsing import tree_of

WORDS = st.text("abcXYZ019 _-.,;()=/'\"é😀日?!&*", min_size=1, max_size=12)
PLAIN_START = set("abcXYZé😀日_/")
PLAIN_INSIDE = "abcXYZ019 _-.;=/'\"é😀日()"
SHORT_ESCAPES = {"\t": "\\t", "\n": "\\n", '"': '\\"', "\\": "\\\\", "\x1b": "\\e", "\xa0": "\\_"}

plain_line = st.builds(
    lambda first, rest: (first + rest).strip(),
    st.sampled_from(sorted(PLAIN_START)),
    st.text(PLAIN_INSIDE, max_size=12),
)
single_line = st.text("abc 019'\"\\#:[]{}é😀", max_size=12)
double_line = st.text("abc 09'\"\\#:[]{}é😀\t\n\x1b\xa0\x00\u2028", max_size=12)
block_line = st.text("abc 019:#'\"[]{}é😀-", max_size=12)
blanks = st.integers(0, 3).map(lambda count: "\n" * count)


@st.composite
def plain(draw: st.DrawFn, indent: str, *, in_key: bool = False) -> str:
    lines = draw(st.lists(plain_line, min_size=1, max_size=1 if in_key else 4))
    text = lines[0]
    for line in lines[1:]:
        text += draw(st.sampled_from(["", " ", "\t"])) + "\n" + draw(blanks)
        text += indent + draw(st.sampled_from(["", "  ", " \t"])) + line
    return str(text)


@st.composite
def single(draw: st.DrawFn, indent: str, *, in_key: bool = False) -> str:
    lines = draw(st.lists(single_line, min_size=1, max_size=1 if in_key else 4))
    text = "'" + lines[0].replace("'", "''")
    for line in lines[1:]:
        text += "\n" + draw(blanks) + indent + " " + line.replace("'", "''")
    return text + "'"


@st.composite
def double(draw: st.DrawFn, indent: str, *, in_key: bool = False) -> str:
    text = '"'
    for number, line in enumerate(draw(st.lists(double_line, max_size=1 if in_key else 4))):
        if number:
            fold = draw(st.sampled_from(["\n", "\n\n", "  \n", "\\\n", "\\\n\n"]))
            text += fold + indent + draw(st.sampled_from(["", "  ", "\t", "\\ "]))
        for char in line:
            if char in SHORT_ESCAPES and (char in '"\\\n' or draw(st.booleans())):
                text += SHORT_ESCAPES[char]
            elif not char.isprintable() or draw(st.integers(0, 9)) == 0:
                code = ord(char)
                forms = [f"\\U{code:08x}"]
                forms += [f"\\u{code:04x}"] if code < 0x10000 else []
                forms += [f"\\x{code:02X}"] if code < 0x100 else []
                text += draw(st.sampled_from(forms))
            else:
                text += char
    return text + '"'


@st.composite
def block(draw: st.DrawFn, indent: str) -> str:
    """A literal or folded scalar whose content is `indent` from the margin."""
    lines = draw(st.lists(block_line, max_size=6))
    mark = draw(st.sampled_from("|>"))
    chomp = draw(st.sampled_from(["", "-", "+"]))
    needs_indicator = any(line.strip() for line in lines) and next(
        line for line in lines if line.strip()
    ).startswith(" ")
    indicator = "2" if needs_indicator or draw(st.booleans()) else ""
    header = mark + draw(st.sampled_from([indicator + chomp, chomp + indicator]))
    header += draw(st.sampled_from(["", " ", "  # a comment"]))
    if not indicator:
        # The first line with text tells how far the block is indented; no blanks before it.
        lines = [line if line.strip() else "" for line in lines]
    return header + "".join(f"\n{indent + line if line else ''}" for line in lines)


@st.composite
def node(draw: st.DrawFn, indent: str, depth: int) -> str:
    """What may follow `key:` or `-`, beginning with a blank or a break."""
    kind = draw(st.sampled_from(["scalar"] * 3 + (["map", "list", "flow"] if depth < 3 else [])))
    if kind == "map":
        return "\n" + draw(mapping(indent, depth + 1))
    if kind == "list":
        items = draw(st.lists(node(indent + "  ", depth + 1), min_size=1, max_size=3))
        return "".join(f"\n{indent}-{item}" for item in items)
    if kind == "flow":
        return " " + draw(flow(indent, depth))
    deep = indent + "  "
    return " " + draw(st.one_of(plain(deep), single(deep), double(deep), block(indent)))


@st.composite
def flow(draw: st.DrawFn, indent: str, depth: int) -> str:
    deep = indent + "   "
    scalar = st.one_of(
        plain(deep).filter(lambda text: not set(text) & set("()'\"")), single(deep), double(deep)
    )
    values = draw(st.lists(scalar, min_size=1, max_size=3))
    gap = draw(st.sampled_from([", ", ",\n" + deep, " ,  "]))
    if draw(st.booleans()):
        return "[" + gap.join(values) + "]"
    return "{" + gap.join(f"k{number}: {value}" for number, value in enumerate(values)) + "}"


@st.composite
def mapping(draw: st.DrawFn, indent: str = "", depth: int = 0) -> str:
    count = draw(st.integers(1, 3))
    lines = []
    for number in range(count):
        key_style = st.one_of(
            plain(indent, in_key=True), single(indent, in_key=True), double(indent, in_key=True)
        )
        key = draw(key_style)
        # A number makes each key different, and keeps the characters of the key where they are.
        key = f"{key[0]}{number}{key[1:]}" if key[0] in "'\"" else f"k{number}{key}"
        lines.append(f"{indent}{key}:{draw(node(indent + '  ', depth))}")
    return "\n".join(lines)


@st.composite
def documents(draw: st.DrawFn) -> str:
    text = draw(mapping()) + draw(st.sampled_from(["", "\n", "\n\n", "\n# the end\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))


def scalars(place: Place, value: object, path: Path) -> list[tuple[Path, str]]:
    if isinstance(value, dict):
        return [
            found for key, inner in value.items() for found in scalars(place, inner, (*path, key))
        ]
    if isinstance(value, list):
        return [
            found
            for number, inner in enumerate(value)
            for found in scalars(place, inner, (*path, number))
        ]
    return [(path, value)] if isinstance(value, str) else []


def written(tree: SpecTree, span: Span, style: str) -> set[str]:
    """What one character of the file may stand for in a value."""
    text = tree.source.text[span.start : span.end]
    meanings = {text, text.replace("\r\n", "\n"), text.replace("\r", "\n")}
    if text in ("\n", "\r\n"):
        meanings.add(" ")
    if style == "'" and text == "''":
        meanings.add("'")
    if style == '"' and text.startswith("\\"):
        meanings.add(_escape(text))
    return meanings


def _escape(text: str) -> str:
    if text[1] in "xuU":
        return chr(int(text.lstrip("\\xuU"), 16))
    named = {escape: char for char, escape in SHORT_ESCAPES.items()}
    return named.get(text, text[1:])


@given(documents())
def test_every_character_of_a_value_is_found_again(text: str) -> None:
    tree = tree_of(text)
    for path, value in scalars(tree.root, tree.data, ()):
        style = tree.style(path)
        whole = tree.value_span(path)
        for index, char in enumerate(value):
            span = tree.inside(path, index, index + 1)
            if style in ("|", ">"):
                assert whole.start < span.start
            else:
                assert whole.start <= span.start < span.end <= whole.end
            assert char in written(tree, span, style)
        found = ScalarMap.read(text, whole, style, value)
        assert (found is None) == (value == "")


@given(documents())
def test_every_character_of_a_key_is_found_again(text: str) -> None:
    tree = tree_of(text)
    for path in _paths(tree.data):
        key = path[-1]
        if not isinstance(key, str):
            continue
        style = "" if not tree.key_is_quoted(path) else text[tree.key_span(path).start]
        for index, char in enumerate(key):
            assert char in written(tree, tree.inside_key(path, index, index + 1), style)


@given(documents())
def test_spans_nest(text: str) -> None:
    tree = tree_of(text)
    for path in _paths(tree.data):
        outer, key, value = (
            tree.value_span(path[:-1]),
            tree.key_span(path),
            tree.value_span(path),
        )
        assert outer.start <= key.start <= key.end <= outer.end
        assert outer.start <= value.start <= value.end <= outer.end
        if isinstance(path[-1], str):
            assert key.end < value.start


def _paths(data: Any, path: Path = ()) -> list[Path]:
    entries = list(data.items() if isinstance(data, dict) else enumerate(data))
    paths: list[Path] = []
    for key, value in entries:
        paths.append((*path, key))
        if isinstance(value, dict | list):
            paths += _paths(value, (*path, key))
    return paths
