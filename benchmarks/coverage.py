"""Writes docs/coverage.md: which features of two collections of connectors the language says.

Reads benchmarks/coverage.toml, which holds the counts with their sources, and compiles the spec of
each feature, in a folder with the functions that some of them name: only what compiles without an
error counts as said.

    python benchmarks/coverage.py            # writes docs/coverage.md
    python benchmarks/coverage.py --check    # tells whether the page is up to date
"""

import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.pipeline import compile_spec

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "coverage.md"
# What a fragment lacks of a whole spec.
HEAD = {
    "ferrule": "ferrule: 1",
    "connector": "connector: acme",
    "version": "version: 1.0.0",
    "base_url": "base_url: https://api.example.com",
    "settings": "settings: {user?: string, key?: secret, start?: datetime, client_id?: string, "
    "client_secret?: secret, refresh_token?: secret}",
    "actions": "actions: {me: {get: /me, returns: any}}",
}


HOOKS = """\
from collections.abc import Mapping
from typing import Any

from ferrule_runtime.hooks import HookAnswer, HookRequest


def authorize(request: HookRequest, settings: Mapping[str, Any]) -> dict[str, str]:
    return {"X-Key": str(settings["key"]) + request.method}


def paginate(answer: HookAnswer) -> Mapping[str, str] | None:
    return {"query.page": answer.text} if answer.text else None


def extract(answer: HookAnswer) -> list[dict[str, Any]]:
    return [{"line": line} for line in answer.text.splitlines()]
"""


def collections() -> list[dict[str, Any]]:
    """The collections with their rows (feature, count, spec)."""
    text = (HERE / "coverage.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["collection"]
    return found


def faults(fragment: str) -> list[str]:
    """What is wrong with the spec of a feature; nothing, where the language says it."""
    keys = {line.partition(":")[0] for line in fragment.splitlines()}
    lines = [line for key, line in HEAD.items() if key not in keys]
    report = Report()
    with TemporaryDirectory() as folder:
        (Path(folder) / "hooks.py").write_text(HOOKS, encoding="utf-8")
        text = "\n".join([*lines, fragment, ""])
        package = compile_spec(SourceFile(str(Path(folder) / "feature.yaml"), text), report)
    told = [each.message for each in report if each.severity.name == "error"]
    return told if package is not None or told else ["nothing was made of it"]


def page() -> str:
    """The whole page."""
    lines = [
        "# What the language says of other connectors",
        "",
        "Two collections of connectors were counted, feature by feature; this page sets beside",
        "each feature whether a spec says it. `python benchmarks/coverage.py` writes it: it reads",
        "the counts from `benchmarks/coverage.toml` and compiles a spec for each feature, so that",
        "`yes` means no more and no less than that this spec compiles. The counts are those of the",
        "named sources. A connector uses several features: they do not add up to a share of",
        "connectors, and nothing is said here about any connector as a whole.",
        "",
    ]
    for collection in collections():
        rows = collection["rows"]
        how = [_how(spec) for _, _, spec in rows]
        of, unit = collection["of"], collection["unit"]
        lines += [
            f"## {collection['name']}",
            "",
            f"Source: {collection['source']}.",
            "",
            (
                f"Of the {len(rows)} features that were counted a spec says {how.count('yes')}; "
                f"{how.count('by a function')} are places for a function of the author's own, and "
                f"{how.count('no')} it does not say."
            ),
            "",
            f"| feature | {of} | said |",
            "|---|---:|---|",
        ]
        lines += [
            f"| {name} | {count}{unit} | {answer} |"
            for (name, count, _), answer in zip(rows, how, strict=True)
        ]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _how(spec: str) -> str:
    if not spec:
        return "no"
    return "by a function" if "hooks:" in spec else "yes"


def main(arguments: list[str]) -> int:
    """Writes the page, or tells whether it is up to date."""
    wrong = [
        f"{collection['name']}: {name}: {told}"
        for collection in collections()
        for name, _, spec in collection["rows"]
        if spec
        for told in faults(spec)
    ]
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    if "--check" in arguments:
        is_same = PAGE.read_text(encoding="utf-8") == page()
        print("up to date" if is_same else "docs/coverage.md is not what the counts make")
        return 0 if is_same else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
