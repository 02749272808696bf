"""`ferrule export openapi`: documents in YAML and JSON, findings with places."""

import json
import textwrap
from pathlib import Path

import yaml

from tests.cli.calling import Ferrule

HEAD = """\
ferrule: 1
connector: acme
version: 2.1.0
base_url: https://api.acme.example
"""


def test_what_cannot_be_said_is_told_with_its_place(ferrule: Ferrule) -> None:
    ferrule.write(
        "acme.yaml",
        HEAD + textwrap.dedent("""\
            actions:
              things.send:
                post: /things
                query: {sizes?: {.type: list(integer), .style: indexed}}
              things.twice: {post: /things}
            """),
    )
    words = ("-o", "acme.json", "--output-format", "concise")
    code, out, _ = ferrule("export", "openapi", "acme.yaml", *words)
    assert code == 0
    assert "acme.yaml:8:13: warning[export-lost]: the style `indexed` is not said" in out
    assert "acme.yaml:9:3: warning[export-lost]: `POST /things` is an action already" in out
    made = json.loads(Path("acme.json").read_text())
    assert list(made["paths"]) == ["/things", "/things#things.twice"]


def test_the_command_writes_yaml_and_says_what_is_wrong(ferrule: Ferrule) -> None:
    ferrule.write("acme.yaml", HEAD + "actions: {ping: {get: /ping}}\n")
    code, out, _ = ferrule("export", "openapi", "acme.yaml")
    assert code == 0
    assert yaml.safe_load(out)["paths"]["/ping"]["get"]["operationId"] == "ping"
    ferrule.write("acme.yaml", HEAD + "actions: {ping: {gett: /ping}}\n")
    code, out, _ = ferrule("export", "openapi", "acme.yaml", "-o", "made.yaml")
    assert code == 1
    assert "gett" in out
    assert not Path("made.yaml").exists()
