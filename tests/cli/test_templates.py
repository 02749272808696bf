"""`--templates`: own templates stand before Ferrule's, and what is wrong with them has a place."""

import importlib
import json
import sys
from pathlib import Path

import pytest

from ferrule.diagnostics import Report
from ferrule.exports.template_contract import TEMPLATES, contract_forms, contract_text
from ferrule.forms.source import SourceFile
from ferrule.pipeline import compile_spec
from ferrule.template_files import TEMPLATE_CONTRACT, template_of, templates_folder
from tests.cli.calling import Ferrule
from tests.cli.specs import ACME
from tests.services.real import REPOSITORY

EXAMPLE = REPOSITORY / "docs" / "examples" / "templates"
MARK = f"{{# ferrule templates {TEMPLATE_CONTRACT} #}}\n"
RENDERING = ("compile", "acme.yaml", "-o", "out", "--templates", "ours")


@pytest.fixture
def ours(ferrule: Ferrule) -> Ferrule:
    ferrule.write("acme.yaml", ACME)
    (ferrule.folder / "ours").mkdir()
    return ferrule


def files_below(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".ferrule.json"
    }


def test_the_example_changes_two_files_and_the_package_works(
    ours: Ferrule, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ours("compile", "acme.yaml", "-o", "plain")[0] == 0
    assert ours("compile", "acme.yaml", "-o", "out", "--templates", EXAMPLE) == (0, "", "")
    plain, own = files_below(ours.folder / "plain"), files_below(ours.folder / "out")
    assert plain.keys() == own.keys()
    changed = {path for path in plain if plain[path] != own[path]}
    assert changed == {"acme/README.md", "acme/acme_connector/errors.py"}
    assert ", as we use it\n" in own["acme/README.md"].splitlines(keepends=True)[0]
    monkeypatch.syspath_prepend(ours.folder / "out" / "acme")
    try:
        errors = importlib.import_module("acme_connector.errors")
        assert errors.NotFound.__name__ == "NotFound"
    finally:
        for name in [name for name in sys.modules if name.startswith("acme_connector")]:
            del sys.modules[name]
    assert ours("compile", "acme.yaml", "-o", "out", "--templates", EXAMPLE, "--check")[0] == 0
    # Without them it is another package.
    assert ours("compile", "acme.yaml", "-o", "out", "--check")[0] == 1


def test_every_template_of_ours_can_be_replaced_by_its_copy(ours: Ferrule) -> None:
    for path in templates_folder().rglob("*.jinja"):
        name = path.relative_to(templates_folder())
        ours.write(f"ours/{name.as_posix()}", MARK + path.read_text(encoding="utf-8"))
    assert ours("compile", "acme.yaml", "-o", "plain")[0] == 0
    assert ours(*RENDERING) == (0, "", "")
    assert files_below(ours.folder / "plain") == files_below(ours.folder / "out")


@pytest.mark.parametrize(
    ("name", "text", "place", "rule", "said"),
    [
        ("README.md", "# {{ readme.titel }}\n", 2, "template-fault", "has no attribute `titel`"),
        ("README.md", "\n{% if project.x %}{% endif %}\n", 3, "template-fault", "`project` is"),
        ("README.md", "# {{ readme.title | upper }}\n", 2, "template-fault", "was not made by"),
        ("README.md", "\n\n{% for x in %}\n", 4, "template-fault", "Expected an expression"),
        ("README.md", "{% include 'macros/no.jinja' %}\n", 2, "template-fault", "no template `mac"),
        ("package/errors.py", "def x(:\n", None, "template-fault", "cannot stand in a package"),
        ("package/error.py", "", None, "template-unknown", "stands for none of Ferrule's"),
        ("macros/imports", "{{ module.nam }}", 2, "template-fault", "has no attribute `nam`"),
    ],
)
def test_what_is_wrong_has_a_place(
    ours: Ferrule, name: str, text: str, place: int | None, rule: str, said: str
) -> None:
    ours.write(f"ours/{name}.jinja", MARK + text)
    code, out, err = ours(*RENDERING, "--output-format", "concise")
    at = f"ours/{name}.jinja" + ("" if place is None else f":{place}:")
    assert code == 1
    assert out.startswith(at), out
    assert f"error[{rule}]" in out
    assert said in out
    assert err == "nothing was written\n"
    assert not (ours.folder / "out").exists()


@pytest.mark.parametrize(
    ("first", "said"),
    [("", "does not say which contract"), ("{# ferrule templates 99 #}\n", "for contract 99")],
)
def test_a_template_says_its_contract(ours: Ferrule, first: str, said: str) -> None:
    ours.write("ours/README.md.jinja", f"{first}# {{{{ readme.title }}}}\n")
    code, out, _ = ours(*RENDERING)
    assert code == 1
    rule = "template-contract"
    assert f"ours/README.md.jinja:1:1  error[{rule}]" in out
    assert said in out


def test_a_folder_that_is_not_there_is_told(ours: Ferrule) -> None:
    code, out, _ = ours("compile", "acme.yaml", "--templates", "theirs")
    assert code == 1
    assert "theirs  error[template-unknown]: there is no such folder" in out


def test_each_file_of_a_package_is_told_its_template(ours: Ferrule) -> None:
    package = compile_spec(SourceFile("acme.yaml", ACME), Report())
    assert package is not None
    for path in package.files.files:
        assert (templates_folder() / f"{template_of(path)}.jinja").is_file(), path


def test_every_template_of_a_package_stands_in_the_contract() -> None:
    folder = templates_folder()
    there = {str(path.relative_to(folder)) for path in folder.rglob("*.jinja")}
    of_packages = {name for name in there if not name.startswith(("macros/", "docs/"))}
    assert {name for name, _, _ in TEMPLATES} == of_packages


def test_the_page_about_the_contract_is_up_to_date() -> None:
    page = REPOSITORY / "docs" / "tools" / "template-contract.md"
    assert contract_text() == page.read_text(encoding="utf-8"), "`make docs` writes it"


def test_what_a_contract_promised_is_still_there() -> None:
    """Taking something away needs a new number, and a new file of what it promises."""
    promised = json.loads((Path(__file__).parent / "template_contract.json").read_text())
    assert promised["contract"] == TEMPLATE_CONTRACT
    now = contract_forms()
    for form, fields in promised["forms"].items():
        assert set(fields) <= set(now[form]), form
