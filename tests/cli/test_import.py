"""`ferrule import openapi`: files in, specs out, findings with places, edits kept."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import Ferrule, process
from tests.cli.specs import ACME

DOCUMENT = """\
openapi: 3.1.0
info: {title: Acme API, version: "1"}
servers: [{url: "https://api.acme.example"}]
paths:
  /pets:
    get:
      summary: List pets.
      callbacks: {onPet: {}}
      responses:
        "200":
          description: Pets.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
"""


@pytest.fixture
def document(ferrule: Ferrule) -> Path:
    return ferrule.write("acme.yaml", DOCUMENT)


def imported(ferrule: Ferrule, document: Path, *words: str) -> tuple[int, str, str]:
    return ferrule("import", "openapi", document, "--validate", "0", *words)


def test_a_spec_is_written_that_compiles(ferrule: Ferrule, document: Path) -> None:
    code, out, err = imported(ferrule, document, "-o", "specs/pets.yaml")
    assert code == 0
    assert "warning[import-lost]: GET /pets: the callback `onPet` is not received" in out
    assert "acme.yaml:8:19" in out
    assert err == "wrote specs/pets.yaml: 1 actions, 1 models; 1 thing could not be said\n"
    text = Path("specs/pets.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Imported from acme.yaml (Acme API). Edit it as you like")
    assert "connector: pets\n" in text
    assert ferrule("compile", "specs", "-o", "generated").code == 0


def test_without_an_output_the_spec_is_shown(ferrule: Ferrule, document: Path) -> None:
    code, out, err = imported(ferrule, document, "--name", "other")
    assert code == 0
    assert "connector: other\n" in out
    assert "import-lost" in err
    assert not Path("specs").exists()


def test_the_title_names_the_connector(ferrule: Ferrule, document: Path) -> None:
    assert "connector: acme\n" in imported(ferrule, document).out  # type: ignore[attr-defined]


def test_a_document_from_stdin() -> None:
    done = process("import", "openapi", "-", "--validate", "0", stdin=DOCUMENT.encode())
    assert done.returncode == 0
    assert b"connector: acme\n" in done.stdout


def test_importing_again_keeps_edits(ferrule: Ferrule, document: Path) -> None:
    imported(ferrule, document, "-o", "specs/pets.yaml")
    path = Path("specs/pets.yaml")
    edited = path.read_text(encoding="utf-8").replace("List pets.", "All pets, by name.")
    path.write_text(edited, encoding="utf-8")
    ferrule.write("acme.yaml", DOCUMENT.replace("name: {type: string}", "name: {type: integer}"))
    assert imported(ferrule, document, "-o", "specs/pets.yaml")[0] == 0
    text = path.read_text(encoding="utf-8")
    assert "All pets, by name." in text
    assert "name?: integer" in text


@pytest.mark.parametrize(("fault", "is_written"), [(errno.ENOSPC, False), (errno.EBUSY, True)])
def test_a_spec_is_written_whole_or_not_at_all(
    ferrule: Ferrule,
    document: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: int,
    is_written: bool,
) -> None:
    """A disk may be full; a file that was mounted by itself is written in place."""
    spec = ferrule.folder / ferrule.write("spec.yaml", ACME)

    def fail(*_paths: Path) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(Path, "replace", fail)
    code, _, err = ferrule("import", "openapi", document, "-o", "spec.yaml", "--force")
    assert (code == 0) == is_written
    assert is_written or err.endswith("spec.yaml cannot be written: No space left on device\n")
    assert (spec.read_text() == ACME) != is_written
    assert not list(ferrule.folder.rglob(".ferrule-*"))


def test_conflicts_are_told_where_they_are(ferrule: Ferrule, document: Path) -> None:
    imported(ferrule, document, "-o", "specs/pets.yaml")
    path = Path("specs/pets.yaml")
    edited = path.read_text(encoding="utf-8").replace("List pets.", "Mine.")
    path.write_text(edited, encoding="utf-8")
    ferrule.write("acme.yaml", DOCUMENT.replace("List pets.", "Theirs."))
    code, out, _ = imported(ferrule, document, "-o", "specs/pets.yaml")
    assert code == 0
    assert "specs/pets.yaml:12:5  warning[import-conflict]" in out
    assert "Mine." in path.read_text(encoding="utf-8")


def test_force_writes_the_spec_anew(ferrule: Ferrule, document: Path) -> None:
    imported(ferrule, document, "-o", "pets.yaml")
    first = Path("pets.yaml").read_text(encoding="utf-8")
    Path("pets.yaml").write_text("not: a spec", encoding="utf-8")
    assert imported(ferrule, document, "-o", "pets.yaml", "--force")[0] == 0
    assert Path("pets.yaml").read_text(encoding="utf-8") == first


def test_a_spec_that_cannot_be_read_is_left_alone(ferrule: Ferrule, document: Path) -> None:
    ferrule.write("pets.yaml", "a: [1")
    code, out, err = imported(ferrule, document, "-o", "pets.yaml")
    assert code == 1
    assert "pets.yaml:1:4" in out
    assert "nothing was written" in err
    assert Path("pets.yaml").read_text(encoding="utf-8") == "a: [1"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [1", "x.yaml:1:6  error[import-unreadable]: not YAML"),
        ("just text", "error[import-unreadable]: this is no OpenAPI document"),
        ("", "error[import-unreadable]: the file is empty"),
    ],
)
def test_what_is_no_document(ferrule: Ferrule, text: str, told: str) -> None:
    code, out, err = imported(ferrule, ferrule.write("x.yaml", text), "-o", "y.yaml")
    assert code == 1
    assert told in out
    assert err == "nothing was written\n"
    again = imported(ferrule, Path("x.yaml"), "-o", "y.yaml", "--output-format", "json")
    assert [each["rule"] for each in json.loads(again[1])["findings"]] == ["import-unreadable"]
    assert not Path("y.yaml").exists()


def test_a_part_that_cannot_be_read(ferrule: Ferrule) -> None:
    path = ferrule.write("x.yaml", DOCUMENT + "x-odd: *nothing\n")
    code, out, _ = imported(ferrule, path, "-o", "y.yaml", "--output-format", "json")
    assert code == 0
    rules: list[Any] = [each["rule"] for each in json.loads(out)["findings"]]
    assert "import-unreadable-part" in rules


def test_a_file_that_is_not_there(ferrule: Ferrule) -> None:
    code, _, err = imported(ferrule, Path("none.yaml"))
    assert code == 2
    assert "none.yaml cannot be read: No such file" in err


def test_an_address_without_encryption_is_not_fetched(ferrule: Ferrule) -> None:
    code, _, err = ferrule("import", "openapi", "http://localhost/x.json")
    assert code == 2
    assert "cannot be fetched: it is not allowed" in err


def test_faults_that_the_validator_finds_have_places(ferrule: Ferrule) -> None:
    path = ferrule.write("x.yaml", DOCUMENT.replace("description: Pets.", "description: [1]"))
    code, out, _ = ferrule("import", "openapi", path, "-o", "y.yaml", "--validate", "60")
    assert code == 0
    assert "warning[import-invalid]: not valid: " in out
    assert "x.yaml:11:11" in out
    assert Path("y.yaml").exists()
    words = ("--validate", "60", "--output-format", "json")
    found = json.loads(ferrule("import", "openapi", path, "-o", "y.yaml", *words).out)
    assert "import-invalid" in {each["rule"] for each in found["findings"]}


def test_a_validator_that_takes_too_long_is_stopped(ferrule: Ferrule, document: Path) -> None:
    code, out, _ = ferrule("import", "openapi", document, "-o", "y.yaml", "--validate", "0.001")
    assert code == 0
    assert "the validator was stopped after 0.001 seconds" in out
