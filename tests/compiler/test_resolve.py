"""What a spec becomes: names, clashes, modules, inheritance, signatures."""

import ast
import re
import typing
from pathlib import Path

import pytest

from ferrule.passes.resolve.readme import WITHOUT_PLACES
from ferrule.words import ast as words
from tests.compiler.resolving import HEAD, files_of, module_of, package_of, resolved

CASES = Path(__file__).parent.parent / "cases"


def signature(source: str, method: str, class_name: str = "Things") -> str:
    """The signature of a method of a class, on one line."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and node.name == class_name:
            for each in node.body:
                if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name == method:
                    result = ast.unparse(each.returns) if each.returns else ""
                    return f"({ast.unparse(each.args)}) -> {result}"
    raise AssertionError(f"{class_name}.{method} is not there")


def things(action: str, models: str = "") -> str:
    """The module of a resource with one action, `things.get`."""
    text = f"actions:\n  things.get:\n    {action.strip()}\n"
    return module_of(text + (f"models:\n  {models}\n" if models else ""), "resources/things.py")


# --- names that clash


@pytest.mark.parametrize(
    ("text", "name", "first", "second"),
    [
        (
            "actions:\n  a.getIt: {get: /a}\n  a.get_it: {get: /b}\n",
            "get_it",
            (6, 3),
            (7, 3),
        ),
        (
            "actions:\n  aB.get: {get: /a}\n  a_b.get: {get: /b}\n",
            "a_b",
            (6, 3),
            (7, 3),
        ),
        (
            "actions:\n  a.get:\n    get: /a\n    query:\n      aB: string\n      a_b: string\n",
            "a_b",
            (9, 7),
            (10, 7),
        ),
        (
            "actions: {a.get: {get: /a}}\nmodels:\n  M:\n    aB: string\n    a-b: string\n",
            "a_b",
            (8, 5),
            (9, 5),
        ),
        (
            "settings:\n  aB: string\n  a_b: string\nactions: {}\n",
            "a_b",
            (6, 3),
            (7, 3),
        ),
        (
            "models:\n  L:\n    .enum:\n      Low: 1\n      low: 2\n",
            "LOW",
            (8, 7),
            (9, 7),
        ),
    ],
)
def test_two_things_with_one_name_are_told_with_both_places(
    text: str, name: str, first: tuple[int, int], second: tuple[int, int]
) -> None:
    package, found = resolved(text)
    assert package is None
    (finding,) = found
    assert finding.rule == "python-name-clash"
    assert f"`{name}`" in finding.message
    assert finding.position == second
    ((source, span, note),) = finding.notes
    assert source is not None
    assert span is not None
    assert source.position(span.start) == first
    assert name in note


def test_a_name_of_the_author_settles_a_clash() -> None:
    text = (
        "actions: {a.get: {get: /a, returns: M}}\n"
        "models:\n  M: {aB: string, a-b: {.type: string, .py: other}}\n"
    )
    assert 'other: str = Field(alias="a-b")' in module_of(text, "models/a.py")


def test_a_name_without_letters_is_told() -> None:
    text = 'actions:\n  a.get: {get: /a, query: {"🎉": string}}\n'
    package, found = resolved(text)
    assert package is None
    assert [finding.rule for finding in found] == ["bad-name"]
    assert found[0].help == "give the parameter a name with `.py`"


def test_arguments_step_aside_in_order() -> None:
    source = things("""
    put: /things/{id}
    query: {id: string, name: string}
    headers: {id: string}
    cookies: {id: string}
    body: {id: string, name: string, query: string}
    """)
    assert signature(source, "get") == (
        "(self, *, id_: str, id_query: str, name: str, id_header: str, id_cookie: str, "
        "id_body: str, name_body: str, query: str) -> None"
    )


# --- signatures


def test_what_must_be_given_stands_first_and_by_keyword_only() -> None:
    source = things("""
    get: /things/{id:integer}
    query:
      a?: string
      b: string
      c: integer = 3
      d?: integer = 4
    """)
    assert signature(source, "get") == (
        "(self, *, id_: int, b: str, a: str | Omit=omit, c: int=3, d: int | Omit=4) -> None"
    )


@pytest.mark.parametrize(
    ("gap", "declared", "spelled"),
    [
        ("id", "{.doc: Its id.}", "str"),
        ("id:slashes", "{.doc: Its id.}", "str"),
        ("id:integer", "{.doc: Its id.}", "int"),
        ("id", "{.type: integer, .doc: Its id.}", "int"),
        ("id", "{.enum: [a, b]}", "Literal['a', 'b'] | str"),
        ("id", "any", "Any"),
    ],
)
def test_what_is_only_described_in_a_path_is_text(gap: str, declared: str, spelled: str) -> None:
    source = things(f'get: "/things/{{{gap}}}"\n    path:\n      id: {declared}')
    assert signature(source, "get") == f"(self, *, id_: {spelled}) -> None"


@pytest.mark.parametrize(
    ("declared", "spelled"),
    [
        ("string = x", "str='x'"),
        ("number = 2", "float=2.0"),
        ("boolean = true", "bool=True"),
        ("date = 2024-01-02", "date=date.fromisoformat('2024-01-02')"),
        ("duration = 90s", "timedelta=timedelta(seconds=90.0)"),
        ("decimal = 1.50", "Decimal=Decimal('1.50')"),
        ("enum(a | b) = a", "Literal['a', 'b'] | str='a'"),
        ("enum!(a | b)", "Literal['a', 'b']"),
        ("integer(1 | 2)", "Literal[1, 2] | int"),
        ("list(map(integer))", "Sequence[Mapping[str, int]]"),
        ("pairs(string)", "Mapping[str, str] | Sequence[tuple[str, str]]"),
        ("string | integer | null", "str | int | None"),
        ("any", "Any"),
        ("object", "Mapping[str, Any]"),
        ("datetime(epoch)", "datetime"),
    ],
)
def test_types_of_arguments(declared: str, spelled: str) -> None:
    source = things(f"get: /things\n    query:\n      x: {declared}")
    assert signature(source, "get") == f"(self, *, x: {spelled}) -> None"


@pytest.mark.parametrize(
    ("returns", "spelled"),
    [
        ("none", "None"),
        ("string", "str"),
        ("integer(text)", "int"),
        ("list(datetime)", "list[datetime]"),
        ("map(number)", "dict[str, float]"),
        ("Thing | null", "Thing | None"),
        ("enum(a)", "Literal['a'] | str"),
        ("= 3", "Literal[3]"),
        ("= null", "None"),
        ("bytes", "Download"),
        ("lines(Thing)", "Stream[Thing]"),
        ("text", "str"),
        ("redirect", "str"),
        ("{200: Thing, 204: none, 404: = false}", "Thing | Literal[False] | None"),
        ("{json: Thing, text: text}", "Thing | str"),
    ],
)
def test_types_of_results(returns: str, spelled: str) -> None:
    source = things(f"get: /things\n    returns: {returns}", "Thing: {id: integer}")
    assert signature(source, "get") == f"(self) -> {spelled}"


def test_the_async_class_waits_for_everything_but_pages() -> None:
    text = (
        "paging: {offset: query.o, size: query.n}\n"
        "actions:\n  things.list: {get: /a, returns: list(string)}\n"
        "  things.bytes: {get: /b, returns: bytes}\n"
    )
    source = module_of(text, "resources/things.py")
    assert "    list = as_async_pager(Things.list)\n" in source
    assert "    bytes = as_async_download(Things.bytes)\n" in source
    assert signature(source, "list") == (
        "(self, *, page_size: int | Omit=omit, start: int | Omit=omit, "
        "checkpoint: str | Omit=omit) -> Pager[str]"
    )


def test_results_that_may_be_ignored_say_so() -> None:
    rules = "errors: {rules: [{when: status == 404, then: ignore}]}"
    source = things(f"get: /things\n    {rules}\n    returns: Thing", "Thing: {id: integer}")
    assert signature(source, "get") == "(self) -> Thing | None"
    source = things(f"get: /things\n    {rules}\n    returns: list(Thing)", "Thing: {id: integer}")
    assert signature(source, "get") == "(self) -> list[Thing]"


# --- inheritance


def test_only_what_an_action_says_stands_with_it() -> None:
    text = (
        "timeout: {connect: 5s, read: 45s}\nretry: {attempts: 7, jitter: none}\nsend: form\n"
        "idempotency_key: header.Key\nheaders: {A: a, B: b}\n"
        "actions:\n"
        "  things.get: {get: /a}\n"
        "  things.put: {put: /a, timeout: {total: 9s}, retry: {attempts: 1}, headers: {A: none}}\n"
        "  things.post: {post: /a, limit: none}\n"
        "  things.safe: {post: /a, replay: safe}\n"
    )
    source = module_of(text, "resources/things.py")
    operations = {
        node.targets[0].id: ast.unparse(node.value)
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    assert operations == {
        "GET": "Operation[None]('things.get', 'GET', '/a')",
        "PUT": "Operation[None]('things.put', 'PUT', '/a', headers={'A': None}, "
        "retry=Retry(attempts=1, jitter='none'), "
        "timeout=Timeout(connect=5.0, read=45.0, total=9.0))",
        "POST": "Operation[None]('things.post', 'POST', '/a', limits=(), idempotency_key='Key')",
        "SAFE": "Operation[None]('things.safe', 'POST', '/a', replay='safe')",
    }


def test_a_partial_paging_keeps_what_it_does_not_say() -> None:
    text = (
        "paging: {cursor: $.next, into: query.c, size: {in: query.n, default: 5}, more: $.more}\n"
        "actions:\n"
        "  things.same: {get: /a, returns: list(string)}\n"
        "  things.other: {get: /a, paging: {into: query.d}, returns: list(string)}\n"
        "  things.size: {get: /a, paging: {size: {default: 9}}, returns: list(string)}\n"
        "  things.style: {get: /a, paging: {next_url: $.url}, returns: list(string)}\n"
        "  things.none: {get: /a, paging: none, returns: list(string)}\n"
        "  things.post: {post: /a, returns: list(string)}\n"
    )
    source = module_of(text, "resources/things.py")
    assert re.findall(r'paging="\w+"', source)[0] == 'paging="default"'
    flat = re.sub(r"\s+", "", source)
    assert 'paging=Paging(cursor=body("next"),into=(("query","d"),),size=("query","n")' in flat
    assert "default_size=9" in flat
    assert 'paging=Paging(next_url=body("url"),size=("query","n"),default_size=5' in flat
    assert flat.count("self._pages(") == 4


# --- types and their modules


def test_fields_stand_where_they_are_read_or_given() -> None:
    text = (
        "actions: {a.put: {put: /a, body: M, returns: M}}\n"
        "models:\n  M: {id: {.type: integer, .read_only: true}, "
        "pass: {.type: string, .write_only: true}, "
        "sub: {x: {.type: string, .read_only: true}, y: string}}\n"
    )
    source = module_of(text, "models/a.py")
    classes = {
        node.name: [ast.unparse(each) for each in node.body[1:]]
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef)
    }
    assert classes == {
        "M": ["id: StrictInt", "sub: MSub"],
        "MSub": ["x: str", "y: str"],
        "MSubInput": ["y: str"],
    }
    assert '"MInput", {"pass": "str", "sub": "MSubInput"}' in source


def test_a_type_stands_with_the_only_resource_that_reaches_it() -> None:
    text = (
        "actions:\n  a.get: {get: /a, returns: A}\n  b.get: {get: /b, returns: B}\n"
        "models:\n  A: {c: C, d: D}\n  B: {c: C}\n  C: {e: E}\n  D: {x: string}\n  E: {x: string}\n"
        "  Idle: {x: string}\n"
    )
    homes = {
        str(statement.name): str(module.name)
        for module in package_of(text).models
        for statement in module.statements
    }
    assert homes == {"A": "a", "D": "a", "B": "b", "C": "shared", "E": "shared", "Idle": "shared"}


def imported_at_once(path: str, source: str) -> set[str]:
    """The modules of the same package that a module imports while it is imported itself."""
    package = path.split("/")[:-1]
    found = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            found.add("/".join([*base, *(node.module or "").split(".")]) + ".py")
    return found


@pytest.mark.parametrize("case", sorted(path.parent.name for path in CASES.glob("*/spec.yaml")))
def test_no_module_imports_itself_around_a_corner(case: str) -> None:
    spec = CASES / case / "spec.yaml"
    files = files_of(spec.read_text(encoding="utf-8"))
    edges = {
        path: imported_at_once(path, source)
        for path, source in files.items()
        if path.endswith(".py")
    }
    while edges:
        free = [path for path, needs in edges.items() if not needs & edges.keys()]
        assert free, f"these import each other: {sorted(edges)}"
        for path in free:
            del edges[path]


def test_types_in_place_are_named_after_their_place() -> None:
    text = (
        "actions:\n  a.put: {put: /a, body: {deep: {x: {y: string}}}, returns: M}\n"
        "models:\n  M: {via: {kind: string}}\n  MVia: {id: integer}\n"
    )
    names = [str(each.name) for module in package_of(text).models for each in module.statements]
    assert names == ["M", "MVia2", "APutDeepInput", "APutDeepXInput", "MVia"]


# --- the rest


def test_a_model_steps_aside_for_the_classes_of_the_package() -> None:
    text = "actions: {a.get: {get: /a, returns: Conflict}}\nmodels:\n  Conflict: {id: integer}\n"
    assert "class Conflict_(Model):" in module_of(text, "models/a.py")


def test_the_hash_is_that_of_the_text_whatever_its_lines_end_with() -> None:
    text = HEAD + "actions: {a.get: {get: /a}}\n"
    plain, windows = package_of(text), package_of(text.replace("\n", "\r\n"))
    assert plain.spec_sha256 == windows.spec_sha256
    assert plain.spec_sha256 != package_of(text + "# more\n").spec_sha256
    assert plain.spec_sha256 in str(plain.connector_module.spec_sha256)


def test_a_general_path_asks_for_the_extra() -> None:
    simple = 'actions: {a.get: {get: /a, returns: "string at $.b[0]"}}\n'
    general = 'actions: {a.get: {get: /a, returns: "list(string) at $.b[?@.c].d"}}\n'
    assert '"ferrule-runtime>=0.1,<0.2"' in files_of(simple)["pyproject.toml"]
    assert '"ferrule-runtime[jsonpath]>=0.1,<0.2"' in files_of(general)["pyproject.toml"]


def test_words_that_are_not_searched_for_paths_hold_none() -> None:
    def inside(annotation: object) -> set[object]:
        parts = {part for each in typing.get_args(annotation) for part in inside(each)}
        return parts | {annotation}

    seen: set[object] = set()
    waiting: list[object] = [*WITHOUT_PLACES]
    while waiting:
        kind = waiting.pop()
        if kind not in seen and isinstance(kind, type) and issubclass(kind, words.Node):
            seen.add(kind)
            hints = typing.get_type_hints(kind, vars(words))
            waiting += [part for each in hints.values() for part in inside(each)]
    assert {words.ListType, words.Reference, words.PathParam} <= seen
    assert words.BodyPath not in seen


def test_every_action_stands_in_the_readme() -> None:
    spec = CASES / "everything" / "spec.yaml"
    text = spec.read_text(encoding="utf-8")
    readme = files_of(text)["README.md"]
    actions = re.findall(
        r"^  ([a-z_.]+):\n    (?:get|put|post|patch|delete|url):", text, re.MULTILINE
    )
    assert len(actions) > 25
    for action in actions:
        assert f"| `{action}` |" in readme
        assert f"client.{action}(" in readme


def test_generated_code_is_short() -> None:
    """Sync and async together, without signatures that are long because much can be given."""
    text = "actions:\n" + "".join(
        f'  r{n}.get: {{get: "/r{n}/{{id}}", returns: M}}\n'
        f'  r{n}.delete: {{delete: "/r{n}/{{id}}"}}\n'
        f'  r{n}.list: {{get: "/r{n}", returns: list(M)}}\n'
        f'  r{n}.create: {{post: "/r{n}", body: {{name: string}}, returns: M}}\n'
        for n in range(5)
    )
    files = files_of(text + "models:\n  M: {id: integer}\n")
    lines = sum(
        sum(1 for line in source.splitlines() if line.strip())
        for path, source in files.items()
        if "/resources/" in path
    )
    around = 5 * 36
    assert (lines - around) / 20 <= 12


# --- specs of unusual shape


@pytest.mark.parametrize(
    "models",
    [
        # A ring, a chain of compositions, a chain of names, and a graph with 2**60 ways through it.
        [f"M{n}: {{at?: datetime(epoch), next?: M{(n + 1) % 400}}}" for n in range(400)],
        [f"M{n}: {{.is: M{n + 1}, f{n}: string}}" for n in range(400)] + ["M400: {x: string}"],
        [f"M{n}: list(M{n + 1})" for n in range(400)] + ["M400: string"],
        [f"M{n}: {{a: M{n + 1}, b: M{n + 1}}}" for n in range(60)] + ["M60: {at: datetime(epoch)}"],
    ],
    ids=["ring", "bases", "names", "graph"],
)
def test_models_may_stand_in_each_other_as_deep_as_they_like(models: list[str]) -> None:
    text = "actions: {a.put: {put: /a, body: M0, returns: M0}}\nmodels:\n"
    package = package_of(text + "".join(f"  {model}\n" for model in models))
    names = {str(each.name) for module in package.models for each in module.statements}
    assert {f"M{n}" for n in range(len(models))} <= names
