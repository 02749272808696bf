"""Random words: trees of `ferrule.words.ast` (all offsets 0), and the text each is written as."""

from typing import Any

from hypothesis import strategies as st

from ferrule.words import FILTERS, FORMATS, HASHES, READINGS, WAIT_UNITS, WORDS, ast

AT: dict[str, Any] = {"start": 0, "end": 0}
PATTERNS = st.sampled_from(["[0-9]+$", "#(.+)$", 'a"b', "it's", r"\.[a-z]{2,4}", "a|b", "(?i)x y"])
NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,6}", fullmatch=True)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
BLANKS = st.sampled_from(["", " ", "  "])


# --- text


def quoted(text: str) -> str:
    """Text in quotes, as words hold it."""
    return '"' + text.replace('"', '""') + '"'


def value_text(value: str) -> str:
    """A value of an enum: in quotes only where it must be."""
    is_plain = value and not any(char in "|(),\"'“”„‘’«»" or char.isspace() for char in value)
    return value if is_plain else quoted(value)


def bracketed(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{escaped}']"


def number_text(value: float | None) -> str:
    if value is None:
        return ""
    return repr(value) if type(value) is int else f"{value:f}".rstrip("0").rstrip(".")


def type_text(tree: ast.TypeExpr) -> str:
    match tree:
        case ast.WordType(word=word, format=form):
            if form is None:
                return word
            return f"{word}({quoted(form) if '%' in form else form})"
        case ast.ModelType(name=name):
            return name
        case ast.PatternType(pattern=pattern):
            return f"string(~{quoted(pattern)})"
        case ast.RangeType():
            return f"{tree.word}({number_text(tree.low)}..{number_text(tree.high)})"
        case ast.EnumType(values=values):
            if isinstance(values[0], int):
                return f"integer({' | '.join(map(str, values))})"
            word = "enum!" if tree.is_closed else "enum"
            return f"{word}({' | '.join(value_text(str(each)) for each in values)})"
        case ast.ListType(item=item):
            return f"list({type_text(item)})"
        case ast.MapType(value=value):
            return f"{'pairs' if tree.keeps_repeats else 'map'}({type_text(value)})"
        case ast.StreamType(kind=kind, item=item):
            return f"{kind}({type_text(item)})"
        case ast.UnionType(members=members):
            return " | ".join(type_text(each) for each in members)


def request_place_text(tree: ast.RequestPlace) -> str:
    if tree.where == "body":
        return "body" + "".join(map(bracketed, tree.keys))
    return f"{tree.where}.{tree.name}"


def answer_place_text(tree: ast.AnswerPlace) -> str:
    if tree.path is not None:
        return tree.path.text
    if tree.root in ("status", "text"):
        return tree.root
    if tree.root == "last":
        return "last" + "".join(map(bracketed, tree.keys))
    return f"{tree.root}.{tree.name}"


def matched_place_text(tree: ast.MatchedPlace) -> str:
    place = answer_place_text(tree.place)
    return place if tree.pattern is None else f"{place} ~ {quoted(tree.pattern)}"


def reference_text(tree: ast.Reference) -> str:
    operands: list[str] = []
    each: ast.Reference | None = tree
    while each is not None:
        seconds = each.offset_seconds
        sign = "-" if seconds < 0 else "+"
        offset = f" {sign} {abs(int(seconds))}s" if seconds else ""
        operands.append(".".join(each.names) + offset)
        each = each.fallback
    filters = "".join(f" | {filter_text(used)}" for used in tree.filters)
    return f"${{{' ?? '.join(operands)}{filters}}}"


def filter_text(tree: ast.Filter) -> str:
    arguments = tree.arguments if tree.key is not None else map(quoted, tree.arguments)
    return " ".join([tree.name, *arguments])


def template_text(tree: ast.Template) -> str:
    return "".join(
        part.replace("$", "$$") if isinstance(part, str) else reference_text(part)
        for part in tree.parts
    )


def literal_text(tree: ast.Constant) -> str:
    match tree.value:
        case None:
            return "null"
        case bool():
            return str(tree.value).lower()
        case str():
            return quoted(tree.value)
        case _:
            return number_text(tree.value)


def operand_text(tree: ast.Operand | ast.Constant) -> str:
    if isinstance(tree, ast.Constant):
        return literal_text(tree)
    place = answer_place_text(tree.place)
    if tree.function is not None:
        return f"{tree.function}({place})"
    return place if tree.as_word is None else f"{place} as {tree.as_word}"


def condition_text(tree: ast.Condition) -> str:
    """A condition with parentheses around everything that is not a plain comparison."""
    match tree:
        case ast.Not(condition=inner):
            return f"not {inner_text(inner)}"
        case ast.Both(conditions=conditions):
            return " and ".join(map(inner_text, conditions))
        case ast.Either(conditions=conditions):
            return " or ".join(map(inner_text, conditions))
        case ast.Comparison(operator="truthy"):
            return operand_text(tree.left)
    negation = "not " if tree.is_negated else ""
    left = operand_text(tree.left)
    if tree.right is None:
        choices = " | ".join(map(literal_text, tree.choices))
        return f"{left} {negation}in ({choices})"
    return f"{left} {negation}{tree.operator} {operand_text(tree.right)}"


def inner_text(tree: ast.Condition) -> str:
    text = condition_text(tree)
    return text if isinstance(tree, ast.Comparison | ast.Not) else f"({text})"


def rate_text(tree: ast.Rate) -> str:
    points = " points" if tree.is_points else ""
    burst = "" if tree.burst is None else f" burst {tree.burst}"
    per = "" if tree.per is None else f" per {request_place_text(tree.per)}"
    return f"{tree.count}{points}/{int(tree.span_seconds)}s{burst}{per}"


def wait_text(tree: ast.Wait) -> str:
    return " else ".join(map(wait_step_text, tree.steps))


def wait_step_text(tree: ast.WaitStep) -> str:
    if tree.place is not None:
        return f"{matched_place_text(tree.place)} as {tree.unit}"
    return f"{int(tree.seconds or 0)}s"


def path_text(tree: ast.PathTemplate) -> str:
    return "".join(
        (
            part.replace("$", "$$")
            if isinstance(part, str)
            else reference_text(part) if isinstance(part, ast.Reference) else param_text(part)
        )
        for part in tree.parts
    )


def param_text(tree: ast.PathParam) -> str:
    kind = "slashes" if tree.keeps_slashes else type_text(tree.type) if tree.type else ""
    return f"{{{tree.name}{'?' if tree.is_optional else ''}{':' if kind else ''}{kind}}}"


# --- trees


def unique(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, min_size=1, max_size=4, unique=True).map(tuple)


def node(kind: Any, /, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(lambda **given: kind(**given, **AT), **parts)


def bounds(numbers: st.SearchStrategy[Any], *words: str) -> st.SearchStrategy[ast.RangeType]:
    ends = st.tuples(numbers, numbers).map(sorted)
    halves = st.tuples(st.none(), numbers) | st.tuples(numbers, st.none())
    return st.builds(
        lambda word, ends: ast.RangeType(word=word, low=ends[0], high=ends[1], **AT),
        st.sampled_from(words),
        ends | halves,
    )


FORMATTED = [(word, form) for word, forms in FORMATS.items() for form in forms]
FORMATTED += [("datetime", "%d/%m/%Y"), ("date", "%d.%m.%Y"), ("time", "%H:%M")]
INTEGERS = st.integers(-(10**15), 10**15)
PLAIN_FLOATS = st.integers(-(10**6), 10**6).map(lambda units: units / 8 + 0.125)

ALONE = st.one_of(
    node(ast.WordType, word=st.sampled_from(WORDS)),
    st.sampled_from(FORMATTED).map(lambda pair: ast.WordType(word=pair[0], format=pair[1], **AT)),
    node(ast.ModelType, name=st.from_regex(r"[A-Z][A-Za-z0-9_]{0,8}", fullmatch=True)),
    node(ast.PatternType, pattern=PATTERNS),
    node(ast.EnumType, values=unique(ANY_TEXT), is_closed=st.booleans()),
    node(ast.EnumType, values=unique(INTEGERS)),
    bounds(st.integers(0, 10**6), "string", "integer"),
    bounds(PLAIN_FLOATS, "number"),
)


def holding(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    members = st.lists(inner.filter(lambda each: not isinstance(each, ast.UnionType)), min_size=2)
    return st.one_of(
        node(ast.ListType, item=inner),
        node(ast.MapType, value=inner, keeps_repeats=st.booleans()),
        node(ast.StreamType, kind=st.sampled_from(["lines", "events", "csv", "xml"]), item=inner),
        node(ast.UnionType, members=members.map(lambda found: tuple(found[:4]))),
    )


TYPES: st.SearchStrategy[ast.TypeExpr] = st.recursive(ALONE, holding, max_leaves=6)

REQUEST_PLACES: st.SearchStrategy[ast.RequestPlace] = st.one_of(
    node(
        ast.RequestPlace,
        where=st.sampled_from(["header", "cookie"]),
        name=st.from_regex(r"[A-Za-z0-9!#$%&*+.^_-]{1,8}", fullmatch=True),
    ),
    node(
        ast.RequestPlace,
        where=st.sampled_from(["query", "path"]),
        name=st.from_regex(r"[a-z$@._\[\]~|:(),=-]{1,8}", fullmatch=True),
    ),
    node(
        ast.RequestPlace,
        where=st.just("body"),
        keys=st.lists(ANY_TEXT.filter(bool), max_size=3).map(tuple),
    ),
)


def step_text(key: str | int | None) -> str:
    if key is None:
        return "[*]"
    return f"[{key}]" if isinstance(key, int) else bracketed(key)


def body_path(keys: list[str | int | None]) -> ast.BodyPath:
    text = "$" + "".join(map(step_text, keys))
    return ast.BodyPath(text=text, steps=tuple(ast.PathStep(key=key, **AT) for key in keys), **AT)


BODY_PATHS = st.lists(ANY_TEXT | st.integers(-99, 99) | st.none(), max_size=4).map(body_path)
ANSWER_PLACES: st.SearchStrategy[ast.AnswerPlace] = st.one_of(
    node(ast.AnswerPlace, root=st.just("body"), path=BODY_PATHS),
    node(ast.AnswerPlace, root=st.sampled_from(["status", "text"])),
    node(
        ast.AnswerPlace,
        root=st.sampled_from(["header", "cookie", "link", "redirect", "jwt"]),
        name=st.from_regex(r"[A-Za-z0-9_.-]{1,8}", fullmatch=True),
    ),
    node(
        ast.AnswerPlace,
        root=st.just("last"),
        keys=st.lists(ANY_TEXT.filter(bool), max_size=3).map(tuple),
    ),
)
MATCHED_PLACES = node(ast.MatchedPlace, place=ANSWER_PLACES, pattern=st.none() | PATTERNS)


def used_filter(name: str) -> st.SearchStrategy[ast.Filter]:
    if name == "hmac":
        return st.builds(
            lambda names, hashes: ast.Filter(
                name=name,
                arguments=(".".join(names), *hashes),
                key=ast.Reference(names=names, **AT),
                **AT,
            ),
            st.lists(NAMES, min_size=1, max_size=2).map(tuple),
            st.lists(st.sampled_from(HASHES), max_size=1),
        )
    least, most = FILTERS[name]
    arguments = st.lists(ANY_TEXT, min_size=least, max_size=most).map(tuple)
    return node(ast.Filter, name=st.just(name), arguments=arguments)


def named(fallback: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    names = st.builds(
        lambda first, others: (first, *others),
        NAMES.filter(lambda name: name != "now"),
        st.lists(st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True), max_size=2),
    )
    seconds = st.integers(-(10**6), 10**6).map(float)
    return st.one_of(
        node(ast.Reference, names=names, fallback=fallback),
        node(ast.Reference, names=st.just(("now",)), offset_seconds=seconds, fallback=fallback),
    )


FALLBACKS = st.none() | named(st.none() | named(st.none()))
FILTER_ROWS = st.lists(st.sampled_from(sorted(FILTERS)).flatmap(used_filter), max_size=3).map(tuple)


def with_filters(reference: ast.Reference, filters: tuple[ast.Filter, ...]) -> ast.Reference:
    return ast.Reference(
        names=reference.names,
        filters=filters,
        fallback=reference.fallback,
        offset_seconds=reference.offset_seconds,
        **AT,
    )


REFERENCES = st.builds(with_filters, named(FALLBACKS), FILTER_ROWS)


def joined(parts: list[Any]) -> tuple[Any, ...]:
    """Neighbouring texts become one, as a reader sees them; empty ones vanish."""
    found: list[Any] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)


TEMPLATES = node(
    ast.Template, parts=st.lists(st.text(max_size=8) | REFERENCES, max_size=4).map(joined)
)

LITERALS = node(ast.Constant, value=ANY_TEXT | INTEGERS | PLAIN_FLOATS | st.booleans() | st.none())
OPERANDS: st.SearchStrategy[Any] = st.one_of(
    node(ast.Operand, place=ANSWER_PLACES, as_word=st.none() | st.sampled_from(READINGS)),
    node(
        ast.Operand,
        place=ANSWER_PLACES,
        function=st.sampled_from(["exists", "count", "length"]),
    ),
)
COMPARISONS = st.one_of(
    node(
        ast.Comparison,
        operator=st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        left=OPERANDS | LITERALS,
        right=OPERANDS | LITERALS,
    ),
    node(
        ast.Comparison,
        operator=st.sampled_from(["contains", "starts", "ends"]),
        left=OPERANDS,
        right=OPERANDS | LITERALS,
        is_negated=st.booleans(),
    ),
    node(
        ast.Comparison,
        operator=st.just("matches"),
        left=OPERANDS,
        right=node(ast.Constant, value=PATTERNS),
        is_negated=st.booleans(),
    ),
    node(
        ast.Comparison,
        operator=st.just("in"),
        left=OPERANDS,
        choices=st.lists(LITERALS, min_size=1, max_size=4).map(tuple),
        is_negated=st.booleans(),
    ),
    node(ast.Comparison, operator=st.just("truthy"), left=OPERANDS),
)
CONDITIONS: st.SearchStrategy[ast.Condition] = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        node(ast.Not, condition=inner),
        node(ast.Both, conditions=st.lists(inner, min_size=2, max_size=3).map(tuple)),
        node(ast.Either, conditions=st.lists(inner, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)

COUNTS = st.integers(1, 10**9)
RATES = node(
    ast.Rate,
    count=COUNTS,
    span_seconds=st.integers(1, 10**6).map(float),
    is_points=st.booleans(),
    burst=st.none() | COUNTS,
    per=st.none() | REQUEST_PLACES,
)
WAITS = node(
    ast.Wait,
    steps=st.lists(
        st.one_of(
            node(ast.WaitStep, seconds=st.integers(0, 10**6).map(float)),
            node(ast.WaitStep, place=MATCHED_PLACES, unit=st.sampled_from(WAIT_UNITS)),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)

SEGMENTS = st.from_regex(r"[A-Za-z0-9$%_~-]{1,6}", fullmatch=True)
PARAM_NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,6}", fullmatch=True)


def path_template(start: str, parts: list[Any]) -> ast.PathTemplate:
    """A path in which every part stands behind a slash, and no parameter twice."""
    seen: set[str] = set()
    kept: list[Any] = [start]
    for part in parts:
        if isinstance(part, ast.PathParam):
            if part.name in seen:
                continue
            seen.add(part.name)
        kept += ["/", part]
    return ast.PathTemplate(parts=joined(kept), is_absolute=start != "", **AT)


PATHS = st.builds(
    path_template,
    st.sampled_from(["", "https://api.example.com"]),
    st.lists(
        st.one_of(
            SEGMENTS.filter(lambda text: "%2e" not in text.lower()),
            REFERENCES,
            node(ast.PathParam, name=PARAM_NAMES, type=st.none() | TYPES),
            node(
                ast.PathParam,
                name=PARAM_NAMES,
                keeps_slashes=st.just(True),
                is_optional=st.booleans(),
            ),
        ),
        min_size=1,
        max_size=4,
    ),
)
