"""`ferrule schema`: the JSON Schema, on stdout or in a file."""

import json

from tests.cli.calling import Ferrule, process


def test_the_schema_goes_to_stdout(ferrule: Ferrule) -> None:
    code, out, err = ferrule("schema")
    assert (code, err) == (0, "")
    assert json.loads(out)["type"] == "object"
    assert out.endswith("}\n")


def test_the_schema_goes_into_a_file(ferrule: Ferrule) -> None:
    assert ferrule("schema", "-o", "deep/schema.json") == (0, "", "")
    assert (ferrule.folder / "deep/schema.json").read_text() == ferrule("schema").out


def test_the_schema_is_the_same_in_every_process() -> None:
    assert process("schema").stdout == process("schema").stdout != b""


def test_a_folder_is_no_file(ferrule: Ferrule) -> None:
    (ferrule.folder / "x").mkdir()
    assert ferrule("schema", "-o", "x").code == 2
    ferrule.write("y", "")
    code, _, err = ferrule("schema", "-o", "y/schema.json")
    assert code == 2
    assert "cannot be written" in err
