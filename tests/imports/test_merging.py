"""Importing again after hand edits keeps every edit, and takes over what the document changed."""

import copy
import json
from typing import Any

import pytest

from ferrule.diagnostics import Report
from ferrule.imports.merged_names import names_of_actions
from ferrule.imports.openapi import import_openapi
from ferrule.imports.renewal import Renewed, read_tree, renewed
from tests.imports.importing import json_answer

HEADING = ("Imported.",)


def document() -> dict[str, Any]:
    pet = {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}
    query = [{"name": "tag", "in": "query", "schema": {"type": "string"}}]
    one = {"summary": "Show a pet.", "responses": {"200": json_answer("Pet")}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Acme"},
        "servers": [{"url": "https://a.example"}],
        "paths": {
            "/pets/{id}": {"get": one, "delete": {"summary": "Delete a pet."}},
            "/pets/find": {"get": {"parameters": query, "responses": {"200": json_answer("Pet")}}},
        },
        "components": {"schemas": {"Pet": pet}},
    }


def import_(given: dict[str, Any], mine: str | None = None, base: str | None = None) -> Renewed:
    """One run of the command: the text that it would write."""
    report = Report()
    own = read_tree("a.yaml", mine, report) if mine is not None else None
    old = read_tree("b.yaml", base, report) if base is not None else None
    made = import_openapi(
        "api.json",
        json.dumps(given).encode(),
        report,
        connector="acme",
        known_names=names_of_actions(own.data) if own is not None else None,
    )
    assert made is not None
    found = renewed(made.data, HEADING, own, old, report)
    told = [each.message for each in report if each.rule == "import-conflict"]
    assert found.conflicts == told
    return found


@pytest.fixture
def first() -> Renewed:
    return import_(document())


def again(given: dict[str, Any], mine: str, first: Renewed) -> Renewed:
    return import_(given, mine, first.state)


def test_nothing_changes_where_nothing_has(first: Renewed) -> None:
    assert again(document(), first.text, first).text == first.text


def test_edits_stay_with_their_layout_and_comments(first: Renewed) -> None:
    mine = first.text.replace("summary: Show a pet.", "summary: 'Show it.'   # mine")
    mine = mine.replace("  pets.delete:\n", "  # never in production\n\n  pets.delete:\n")
    mine = mine.replace("    age?: integer\n", "    age?: integer(0..30)\n    mine?: string\n")
    assert mine != first.text
    assert again(document(), mine, first).text == mine


def test_what_the_document_changes_is_taken_over(first: Renewed) -> None:
    changed = document()
    changed["paths"]["/pets/{id}"]["get"]["summary"] = "Show one pet."
    changed["components"]["schemas"]["Pet"]["properties"]["colour"] = {"type": "string"}
    changed["paths"]["/owners"] = {"get": {"responses": {"204": {}}}}
    mine = first.text.replace("    age?: integer\n", "    # in years\n    age?: integer(0..30)\n")
    found = again(changed, mine, first)
    assert "summary: Show one pet." in found.text
    assert "    # in years\n    age?: integer(0..30)\n    colour?: string\n" in found.text
    assert "  owners.get:\n" in found.text
    assert found.added == ["owners.get"]
    assert found.conflicts == []


def test_what_both_have_changed_stays_the_authors_and_is_told(first: Renewed) -> None:
    changed = document()
    changed["paths"]["/pets/{id}"]["get"]["summary"] = "Theirs."
    mine = first.text.replace("summary: Show a pet.", "summary: Mine.")
    found = again(changed, mine, first)
    assert "summary: Mine." in found.text
    assert found.conflicts == [
        "`actions.pets.get.summary`: the document has changed this too: yours stays"
    ]


def test_what_the_document_takes_out_goes_unless_it_was_edited(first: Renewed) -> None:
    changed = document()
    del changed["paths"]["/pets/{id}"]["delete"]
    assert "pets.delete" not in again(changed, first.text, first).text
    mine = first.text.replace("summary: Delete a pet.", "summary: Mine.")
    found = again(changed, mine, first)
    assert "summary: Mine." in found.text
    assert len(found.conflicts) == 1


def test_what_the_author_takes_out_stays_out(first: Renewed) -> None:
    start = first.text.index("  pets.delete:")
    end = first.text.index("  pets.find:")
    mine = first.text[:start] + first.text[end:]
    assert again(document(), mine, first).text == mine


def test_an_action_under_another_name_is_still_that_action(first: Renewed) -> None:
    changed = document()
    changed["paths"]["/pets/{id}"]["get"]["summary"] = "Show one pet."
    mine = first.text.replace("  pets.get:\n", "  animals.show:\n")
    found = again(changed, mine, first).text
    assert "  animals.show:\n    summary: Show one pet.\n" in found
    assert "pets.get:" not in found


def test_a_model_under_another_name_is_still_that_model(first: Renewed) -> None:
    changed = document()
    changed["components"]["schemas"]["Pet"]["properties"]["colour"] = {"type": "string"}
    changed["paths"]["/new"] = {"get": {"responses": {"200": json_answer("Pet")}}}
    mine = first.text.replace("Pet\n", "Animal\n").replace("  Pet:\n", "  Animal:\n")
    found = again(changed, mine, first).text
    assert "returns: Animal\n" in found
    assert "  Animal:\n    name?: string\n    age?: integer\n    colour?: string\n" in found
    assert "Pet" not in found.replace("Show a pet", "")


def test_a_model_that_was_taken_out_comes_back_where_it_is_needed(first: Renewed) -> None:
    mine = first.text.replace("returns: Pet\n", "returns: any\n")
    mine = mine[: mine.index("\nmodels:")]
    assert again(document(), mine, first).text == mine
    changed = document()
    changed["paths"]["/new"] = {"get": {"responses": {"200": json_answer("Pet")}}}
    found = again(changed, mine, first).text
    assert "returns: Pet\n" in found
    assert "\nmodels:\n  Pet:\n" in found


def test_without_the_last_import_everything_that_stands_is_the_authors(first: Renewed) -> None:
    changed = document()
    changed["paths"]["/pets/{id}"]["get"]["summary"] = "Theirs."
    changed["paths"]["/owners"] = {"get": {"responses": {"204": {}}}}
    found = import_(changed, first.text)
    assert "summary: Show a pet." in found.text
    assert "owners.get" in found.text
    assert found.conflicts == []


def test_a_map_on_one_line_is_merged_too() -> None:
    given = document()
    given["components"]["schemas"]["Pet"]["required"] = ["name", "age"]
    first = import_(given)
    assert "  Pet: {name: string, age: integer}\n" in first.text
    mine = first.text.replace("age: integer}", "age: number}")
    changed = copy.deepcopy(given)
    changed["components"]["schemas"]["Pet"]["required"].append("colour")
    changed["components"]["schemas"]["Pet"]["properties"]["colour"] = {"type": "string"}
    found = again(changed, mine, first).text
    assert "  Pet: {name: string, age: number, colour: string}\n" in found
