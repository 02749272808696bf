"""Imports point the way that ARCHITECTURE.md says: compiler, runtime, generated code."""

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.imports import Import, cycles, imports_below, modules_below
from tests.architecture.rules import (
    COMPILER_FLOORS,
    COMPILER_RULES,
    GENERATED_RULES,
    PROVIDERS_RULES,
    RUNTIME_RULES,
    Rule,
    floor_of,
)
from tests.services.real import REPOSITORY

COMPILER = REPOSITORY / "compiler"
RUNTIME = REPOSITORY / "runtime" / "src"
PROVIDERS = REPOSITORY / "providers" / "src"


def broken(imports: Iterable[Import], rules: Iterable[Rule]) -> list[str]:
    return [rule.message(found) for found in imports for rule in rules if rule.is_broken_by(found)]


def tell(messages: list[str]) -> str:
    return "\n\n".join(messages)


def test_the_compiler_keeps_its_directions() -> None:
    imports = imports_below(COMPILER)
    assert imports
    messages = broken(imports, COMPILER_RULES)
    assert not messages, tell(messages)


def test_the_runtime_keeps_its_directions() -> None:
    imports = imports_below(RUNTIME)
    assert imports
    messages = broken(imports, RUNTIME_RULES)
    assert not messages, tell(messages)


def test_the_providers_service_keeps_its_directions() -> None:
    imports = imports_below(PROVIDERS)
    assert imports
    messages = broken(imports, PROVIDERS_RULES)
    assert not messages, tell(messages)


def test_generated_packages_reach_for_nothing_else() -> None:
    roots = {path.parent.parent for path in (REPOSITORY / "generated").rglob("py.typed")}
    assert roots, "generated/ holds no package: run `make generated`"
    messages = [
        message
        for root in sorted(roots)
        for message in broken(imports_below(root), GENERATED_RULES)
    ]
    assert not messages, tell(messages)


def test_every_module_of_the_compiler_stands_on_a_floor() -> None:
    homeless = [
        module
        for module in modules_below(COMPILER)
        if module != "ferrule" and floor_of(module, "ferrule", COMPILER_FLOORS) is None
    ]
    assert not homeless, (
        f"{homeless} stand on no floor: say in tests/architecture/rules.py, and in "
        "ARCHITECTURE.md, who may import them"
    )


@pytest.mark.parametrize(
    "root", [COMPILER, RUNTIME, PROVIDERS], ids=["compiler", "runtime", "providers"]
)
def test_nothing_imports_itself_around_a_corner(root: Path) -> None:
    found = cycles(imports_below(root))
    assert (
        not found
    ), f"import cycles: {found}; what both sides need belongs into a module below them"


def test_flows_do_not_sleep() -> None:
    sleepers = [
        f"{path}:{node.lineno}: a flow sleeps; let it yield a Pause, which the driver grants"
        for path in (RUNTIME / "ferrule_runtime" / "flows").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Attribute) and node.attr == "sleep")
        or (isinstance(node, ast.ImportFrom) and any(name.name == "sleep" for name in node.names))
    ]
    assert not sleepers, tell(sleepers)


@pytest.mark.parametrize(
    ("rules", "importer", "imported"),
    [
        (COMPILER_RULES, "ferrule.words.types", "ferrule.forms.tree"),
        (COMPILER_RULES, "ferrule.forms.spec", "ferrule.diagnostics"),
        (COMPILER_RULES, "ferrule.naming", "ferrule.passes.resolve"),
        (COMPILER_RULES, "ferrule.passes.check", "ferrule.passes.parse"),
        (COMPILER_RULES, "ferrule.passes.resolve.auth", "ferrule.passes.check.scope"),
        (COMPILER_RULES, "ferrule.passes.check", "ferrule.pipeline"),
        (COMPILER_RULES, "ferrule.pipeline", "ferrule.cli.main"),
        (COMPILER_RULES, "ferrule.passes.resolve", "ferrule_runtime.errors"),
        (COMPILER_RULES, "ferrule.cli.compile", "ferrule_runtime"),
        (COMPILER_RULES, "ferrule.cli.call", "httpx"),
        (RUNTIME_RULES, "ferrule_runtime.client", "ferrule.forms"),
        (RUNTIME_RULES, "ferrule_runtime.flows.retry", "ferrule_runtime.drivers"),
        (RUNTIME_RULES, "ferrule_runtime.flows.retry", "ferrule_runtime.wires.public"),
        (RUNTIME_RULES, "ferrule_runtime.wires.public", "ferrule_runtime.flows.retry"),
        (RUNTIME_RULES, "ferrule_runtime.drivers", "ferrule_runtime.client"),
        (RUNTIME_RULES, "ferrule_runtime.client", "httpx"),
        (RUNTIME_RULES, "ferrule_runtime.flows.limit", "asyncio"),
        (RUNTIME_RULES, "ferrule_runtime.flows.limit", "threading"),
        (COMPILER_RULES, "ferrule.cli.call", "ferrule_providers"),
        (PROVIDERS_RULES, "ferrule_providers.form", "ferrule.forms"),
        (PROVIDERS_RULES, "ferrule_providers.store.audit", "ferrule_providers.core"),
        (PROVIDERS_RULES, "ferrule_providers.core", "ferrule_providers.listing"),
        (PROVIDERS_RULES, "ferrule_providers.signing_in", "ferrule_providers.api.gate"),
        (PROVIDERS_RULES, "ferrule_providers.listing", "fastapi"),
        (PROVIDERS_RULES, "ferrule_providers.signing_in", "httpx"),
        (GENERATED_RULES, "kinto_connector.client", "httpx"),
        (GENERATED_RULES, "kinto_connector.client", "zendesk_connector"),
    ],
)
def test_a_wrong_import_is_noticed(rules: tuple[Rule, ...], importer: str, imported: str) -> None:
    message, *_ = broken([Import(importer, imported, "somewhere.py:1")], rules)
    assert "rule: " in message
    assert "instead: " in message


@pytest.mark.parametrize(
    ("rules", "importer", "imported"),
    [
        (COMPILER_RULES, "ferrule.cli.call", "ferrule_runtime"),
        (COMPILER_RULES, "ferrule.passes.resolve.auth", "ferrule.passes.resolve.types"),
        (COMPILER_RULES, "ferrule.forms.spec", "ferrule.words.ast"),
        (RUNTIME_RULES, "ferrule_runtime.wires.public", "httpx"),
        (GENERATED_RULES, "kinto_connector.client", "kinto_connector.models.records"),
        (GENERATED_RULES, "kinto_connector.client", "datetime"),
    ],
)
def test_a_right_import_is_left_alone(
    rules: tuple[Rule, ...], importer: str, imported: str
) -> None:
    assert broken([Import(importer, imported, "somewhere.py:1")], rules) == []


SOURCES = {
    "a/__init__.py": "from a import b\nfrom . import c as d\n",
    "a/b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a.c\n",
    "a/c.py": "def late():\n    from a.b import name\n",
    "a/d/__init__.py": "from ..c import late\nfrom .e import x\n",
    "a/d/e.py": "import a.d\n",
}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for name, text in SOURCES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_imports_are_read_in_every_form(sources: Path) -> None:
    found = {
        (one.importer, one.imported): (one.for_types_only, one.on_import)
        for one in imports_below(sources)
    }
    assert found == {
        ("a", "a.b"): (False, True),
        ("a", "a.c"): (False, True),
        ("a.b", "typing"): (False, True),
        ("a.b", "a.c"): (True, True),
        ("a.c", "a.b"): (False, False),
        ("a.d", "a.c"): (False, True),
        ("a.d", "a.d.e"): (False, True),
        ("a.d.e", "a.d"): (False, True),
    }


def test_a_cycle_is_found_and_a_late_import_makes_none(sources: Path) -> None:
    assert cycles(imports_below(sources)) == [["a.d", "a.d.e"]]
