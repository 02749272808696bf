"""Documents in all sorts of layouts, with comments wherever YAML has room for them."""

from hypothesis import strategies as st

KEYS = st.sampled_from(("a", "b?", ".type", "long_key", "X-Name", '"q k"', "'s'", "$filter", "404"))
PLAIN = st.sampled_from(
    (
        "x",
        "1",
        "1.10",
        "true",
        "${a}",
        "$.a.b",
        "list(T) at $.a",
        "a b",
        "a#b",
        "no",
        "- x"[2:],
        "~x",
    )
)
QUOTED = st.sampled_from(('"a"', "'a'", "'it''s'", '"\\t"', '"a: b # c"', "'a \"b\"'", '""', "' '"))
COMMENTS = st.sampled_from(
    ("#c", "# c", "#! c", "## c", "#", "# key: value", "#\tc", "# - x ", "# 'q")
)
BLANKS = st.sampled_from(("", "", "", "\n", "\n\n", "  \n"))


@st.composite
def flows(draw: st.DrawFn, depth: int = 2) -> str:
    """A `{ }` or `[ ]`, perhaps on several lines with comments between."""

    def gap() -> str:
        kind = draw(st.integers(0, 9))
        if kind == 0:
            return f" {draw(COMMENTS)}\n    "
        return draw(st.sampled_from(("", " ", "  ", "\n     "))) if kind < 4 else ""

    def inner() -> str:
        if depth and draw(st.integers(0, 3)) == 0:
            return draw(flows(depth - 1))
        return draw(st.one_of(st.sampled_from(("x", "1", "a b", "null_")), QUOTED))

    if draw(st.booleans()):
        items = draw(st.integers(0, 3))
        return "[" + ",".join(f"{gap()}{inner()}{gap()}" for _ in range(items)) + "]"
    keys = draw(st.lists(st.sampled_from(("k", "l", ".m", '"n o"')), max_size=3, unique=True))
    return "{" + ",".join(f"{gap()}{key}: {gap()}{inner()}{gap()}" for key in keys) + "}"


@st.composite
def block_texts(draw: st.DrawFn, indent: int) -> str:
    header = draw(st.sampled_from(("|", ">", "|-", ">-", "|+", ">+")))
    beside = draw(st.sampled_from(("", "", " # beside")))
    step = draw(st.integers(1, 4))
    lines = draw(
        st.lists(st.sampled_from(("a", "b c", "# no comment", "  deeper", "", "x: y ")), min_size=1)
    )
    first = next((line for line in lines if line), "")
    if first.startswith(" ") or not first:
        header = f"{header[0]}{step}{header[1:]}"
    body = "".join(f"{'':{indent + step}}{line}\n" if line else "\n" for line in lines)
    return f" {header}{beside}\n{body}"


@st.composite
def blocks(draw: st.DrawFn, indent: int = 0, depth: int = 3) -> str:
    """Entries of a map or items of a list, each line from `indent` on."""
    is_map = indent == 0 or draw(st.booleans())
    text = ""
    names = draw(st.lists(KEYS, min_size=1, max_size=4, unique_by=lambda key: key.strip("\"'?")))
    for name in names:
        text += draw(BLANKS)
        if draw(st.integers(0, 3)) == 0:
            text += f"{'':{draw(st.integers(0, indent + 4))}}{draw(COMMENTS)}\n" + draw(BLANKS)
        head = f"{'':{indent}}{name}:" if is_map else f"{'':{indent}}-"
        text += head + draw(values(indent, depth, is_map))
    if draw(st.integers(0, 3)) == 0:
        text += f"{'':{draw(st.integers(0, indent + 4))}}{draw(COMMENTS)}\n"
    return text


@st.composite
def values(draw: st.DrawFn, indent: int, depth: int, is_map: bool) -> str:
    """What stands behind a key or a dash, to the end of its last line."""
    beside = draw(st.one_of(st.just(""), st.just(""), COMMENTS.map(lambda text: f"   {text}")))
    kind = draw(st.integers(0, 9))
    if depth and kind < 4:
        inner = draw(blocks(indent + draw(st.integers(1, 4)), depth - 1))
        return f"{beside}\n{inner}"
    if kind == 4:
        return draw(block_texts(indent))
    if kind == 5:
        return f" {draw(flows())}{beside}\n"
    if kind == 6:
        blank = draw(st.sampled_from(("", "\n")))
        return f" one\n{'':{indent + 3}}two{blank}\n{'':{indent + 2}}three{beside}\n"
    if kind == 7:
        return f' "one\n\n{"":{indent + 2}}two \\\n{"":{indent + 2}}three"{beside}\n'
    if kind == 8:
        return f"\n{'':{indent + 2}}{draw(COMMENTS)}\n{'':{indent + 3}}{draw(PLAIN)}{beside}\n"
    gap = draw(st.sampled_from((" ", "   ")))
    return f"{gap}{draw(st.one_of(PLAIN, QUOTED))}{beside}\n"
