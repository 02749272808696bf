"""The files speak of Ferrule alone, hold nothing unfinished, and keep to one idea each."""

import re
import subprocess
from functools import cache

import pytest

from tests.services.real import REPOSITORY

LONGEST_MODULE_LINES = 600

# Each pattern is written so that it does not find itself here.
FOREIGN = {
    "the host of a package registry": r"py[p]i\.or[g]|python[h]osted|np[m]js\.|deb[.]debian[.]",
    "a path of one machine": r"(?:^|[^\w.-])/(?:wo[r]k|fa[r]m)/",
    "who or what wrote the code": r"(?i)\b(?:sub-?[a]gent|co-[a]uthored-by|before-stop [h]ook)\b",
}
UNFINISHED = (
    r"(?i:\bfor [n]ow\b|\bplaceholder [i]mpl|\bsimplified [v]ersion\b)"
    r"|\b(?:TO[D]O|FIX[M]E|XX[X]|NotImplemented[E]rror)\b"
)


@cache
def texts() -> dict[str, str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
        text=True,
    )
    if listing.returncode:
        pytest.skip("not a git checkout: which files belong to the repository is not known")
    found = {}
    for name in filter(None, listing.stdout.split("\0")):
        path = REPOSITORY / name
        if path.is_file() and path.suffix != ".svg":
            found[name] = path.read_text(encoding="utf-8", errors="replace")
    return found


def places(pattern: str, suffix: str = "") -> list[str]:
    compiled = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts().items()
        if name.endswith(suffix)
        for number, line in enumerate(text.split("\n"), 1)
        if compiled.search(line)
    ]


@pytest.mark.parametrize("what", sorted(FOREIGN))
def test_no_file_names(what: str) -> None:
    found = places(FOREIGN[what])
    assert not found, "\n".join(found)


def test_no_code_is_left_unfinished() -> None:
    found = places(UNFINISHED, ".py")
    assert not found, "\n".join(found)


def test_no_module_holds_two_ideas() -> None:
    long = {
        name: text.count("\n")
        for name, text in texts().items()
        if name.endswith(".py")
        and not name.startswith("generated/")
        and "/expected/" not in name
        and text.count("\n") > LONGEST_MODULE_LINES
    }
    assert not long, f"more than {LONGEST_MODULE_LINES} lines, a sign of two ideas in one: {long}"


def test_every_package_is_typed() -> None:
    sources = [REPOSITORY / "compiler" / "ferrule", REPOSITORY / "runtime/src/ferrule_runtime"]
    packages = sources + [path.parent for path in (REPOSITORY / "generated").glob("*/**/client.py")]
    untyped = [package for package in packages if not (package / "py.typed").is_file()]
    assert not untyped, f"without py.typed their types are seen by nobody: {untyped}"


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (FOREIGN["the host of a package registry"], "https://py" + "pi.org/simple"),
        (FOREIGN["a path of one machine"], "open('/wo" + "rk/me/x')"),
        (FOREIGN["who or what wrote the code"], "Co-" + "Authored-By: me"),
        (UNFINISHED, "# TO" + "DO: later"),
        (UNFINISHED, "good enough for " + "now"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: str, line: str) -> None:
    assert re.search(pattern, line)
