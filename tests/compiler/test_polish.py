"""Polished files are, byte for byte, what black would write; other files end as text files do."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from black import Mode, format_str
from black.mode import TargetVersion
from hypothesis import given
from hypothesis import strategies as st

from ferrule.forms.files import FileSet
from ferrule.passes.polish import RenderedTextError, polish


def polished(path: str, text: str) -> str:
    (result,) = polish(FileSet({path: text})).files.values()
    return result


UGLY = {
    "acme/__init__.py": "'''Acme.'''\nx={'a':1,\n'b':2,}\n",
    "acme/long.py": f"def f(*, {', '.join(f'argument_{n}: int' for n in range(9))})->None: pass",
    "acme/strings.py": "x = 'it\\'s', 'say \"hi\"', \"\"\"doc   \"\"\", b'\\x00', '\\N{BULLET}'\n",
    "acme/types.py": "from typing import *\nX=int|str\ntype_=list[dict[str,X]]\nclass A: ...\n",
    "acme/modern.py": "match 1:\n  case {'a':x, **y}: pass\ntry:\n  pass\nexcept* (A,B): pass\n",
    "acme/many.py": "from .a import (a,b)\nfrom .b import c\n\n\n\n\nx=[\n1,2\n]\n" * 3,
    "acme/empty.py": "",
    "acme/blank.py": "\n\n",
    "acme/comment.py": "#!x\n#comment\nx = 1 # why  ",
    "acme/walrus.py": "with (open('a') as a,open('b') as b):\n  print((y:=1),*a,**b)\n",
}


def black(folder: Path, files: Mapping[str, str], *options: str) -> dict[str, str]:
    """What the command makes of the files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    command = [sys.executable, "-m", "black", "--quiet", "--no-cache", *options, str(folder)]
    subprocess.run(command, cwd=folder, check=True)
    return {name: (folder / name).read_text() for name in files}


def test_the_output_is_what_black_writes(tmp_path: Path) -> None:
    assert polish(FileSet(UGLY)).files == black(tmp_path, UGLY, "--target-version=py311")


def test_black_has_nothing_to_change_in_it(tmp_path: Path) -> None:
    """Not even where it has to guess the version from the file."""
    once = polish(FileSet(UGLY)).files
    assert polish(FileSet(once)).files == once
    assert black(tmp_path, once) == once


def test_the_order_of_files_stays() -> None:
    assert list(polish(FileSet(dict.fromkeys("zax", ""))).files) == ["z", "a", "x"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("a", "a\n"),
        ("a\n", "a\n"),
        ("a\r\nb\rc", "a\nb\nc\n"),
        ("  x = 1  \n\n\n", "  x = 1  \n\n\n"),
    ],
)
def test_other_files_get_line_ends_and_nothing_else(text: str, expected: str) -> None:
    assert polished("README.md", text) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_other_text_is_polished_once_for_all(text: str) -> None:
    once = polished("pyproject.toml", text)
    assert polished("pyproject.toml", once) == once
    assert "\r" not in once
    assert not once or once.endswith("\n")


@pytest.mark.parametrize(
    "text",
    [
        "def f(:\n",
        "x = (",
        "return 1\n",
        "def f(a, a): pass\n",
        "x = '\\d'\n",
        "x = 1\rimport os\n",
        "x = '\ud800'\n",
        "x = '\0'\n",
        "(" * 300 + ")" * 300,
    ],
    ids=ascii,
)
def test_python_that_does_not_stand_is_a_fault_of_the_compiler(text: str) -> None:
    with pytest.raises(RenderedTextError, match=r"acme/bad\.py"):
        polished("acme/bad.py", text)


@pytest.mark.parametrize(
    "line",
    [
        "return x",
        "class A:\n    return x",
        "class A:\n    x = await f()",
        "def f() -> None:\n    return await g()",
        "def f() -> None:\n    x = await g()",
        "if x:\n    return x",
        "def f() -> None:\n    x = 1\n\n\nif x:\n    return x",
        "async def f() -> None:\n    def g() -> None:\n        return await h()",
        "async def f() -> None:\n    class A:\n        x = await h()",
        "x = f(a=1, a=2)",
        "x = f(b=g(a=1, c=2, a=3))",
        'x = f(a="one value", b={"key": g(cccccccccccccccccc=1, cccccccccccccccccc=2)}, ddddddd=1)',
        'x = "a"(b)',
        'x = {"a": "b"["c"]}',
        "x = [a](b)",
        "x = f(A[b], [c](d))",
        "x = A[b](c)[[d](e)]",
        "x = True[a](b)",
        "x = A[[b](c)](d)",
        "x = (a, b)(c)",
        "x = [None(a)]",
        "x = [1(a)]",
        "x = ...(a)",
        "x = f(1 is y)",
        "x = [y for y in await z]",
        "x = [yield]",
        "x = [(yield y), z]",
        'x = f"{await y}"',
        "__debug__ = 1",
        "x.__debug__ = 1",
        "x = f(__debug__=1)",
        "def f(__debug__: int) -> None: ...",
        "from a import __debug__",
        "import __debug__",
        "x = (*a, *b) = c",
        "def f(a: int, a: int) -> None: ...",
        "x = y\nfrom __future__ import annotations",
        "from a import b\nfrom __future__ import annotations",
        "if x:",
        "else:\n    x = y",
        "x: int = y = 2",
        "f(a) = 2",
        "x = a b",
        "x = [if, a]",
        "x = f(a=1, b)",
    ],
)
def test_what_only_the_compiler_finds_is_found_too(line: str) -> None:
    """In modules that are laid out without black too, whose statements are known already."""
    fine = '"""A."""\n\nfrom __future__ import annotations\n\nimport a\n\nx = a\n'
    assert polished("acme/fine.py", fine) == fine
    for text in (f"{line}\n", f'"""A."""\n\n{line}\n', f"{fine}\n\n{line}\n"):
        with pytest.raises(RenderedTextError, match=r"acme/bad\.py"):
            polished("acme/bad.py", text)


@pytest.mark.parametrize("length", range(66, 74))
def test_a_union_and_its_default_are_wrapped_as_black_does(length: int) -> None:
    """On both sides of the column at which the default gets the parentheses."""
    text = f"class A:\n    x: int\n    a: {'B' * length} | None = None\n"
    mode = Mode(target_versions={TargetVersion.PY311})
    assert polished("acme/models.py", text) == format_str(text, mode=mode)


def test_the_same_statement_stands_where_it_may() -> None:
    right = "async def f() -> None:\n    x = await g()\n    return await h(x, a=b(c=1), c=2)\n"
    assert polished("acme/right.py", right) == right
    wrong = right.replace("async def", "def")
    with pytest.raises(RenderedTextError, match="await"):
        polished("acme/wrong.py", wrong)


def test_text_that_is_no_unicode_is_a_fault_of_the_compiler() -> None:
    with pytest.raises(RenderedTextError, match=r"README\.md"):
        polished("README.md", "\udc80")
