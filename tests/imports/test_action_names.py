"""Actions are named by what they act on and what they do, as a person would call them."""

from typing import Any

import pytest

from tests.imports.importing import openapi

LIST = {"type": "array", "items": {"type": "string"}}
ITEM = {"type": "object", "properties": {"id": {"type": "string"}}}


def named(*operations: str, answer: dict[str, Any] | None = None, query: str = "") -> list[str]:
    """The names of operations that are written as `GET /path`."""
    paths: dict[str, Any] = {}
    for each in operations:
        method, _, path = each.partition(" ")
        content = {"application/json": {"schema": answer or ITEM}}
        found: dict[str, Any] = {"responses": {"200": {"description": "", "content": content}}}
        if query:
            found["parameters"] = [{"name": query, "in": "query", "schema": {"type": "string"}}]
        paths.setdefault(path, {})[method.lower()] = found
    return list(openapi({"paths": paths}).data["actions"])


@pytest.mark.parametrize(
    ("operations", "names"),
    [
        (["GET /pets", "POST /pets", "GET /pets/{id}"], ["pets.list", "pets.create", "pets.get"]),
        (["PUT /pets/{id}", "DELETE /pets/{id}"], ["pets.update", "pets.delete"]),
        (["PUT /pets/{id}", "PATCH /pets/{id}"], ["pets.replace", "pets.update"]),
        (["POST /pets/{id}/feed", "GET /pets/{id}"], ["pets.feed", "pets.get"]),
        (["GET /v2/Services", "POST /v2/Services", "GET /v2/Services/{Sid}", "GET /v2/Logs/{Sid}"],
         ["services.list", "services.create", "services.get", "logs.get"]),
        (["GET /services/data/v1/pets/{id}", "GET /services/data/v1/owners/{id}"],
         ["pets.get", "owners.get"]),
        (["POST /#X-Target=Shop_2017.ListPets", "POST /#X-Target=Shop_2017.DescribePet",
          "POST /#X-Target=Shop_2017.DeletePet", "POST /#X-Target=Shop_2017.Ping"],
         ["pets.list", "pets.describe", "pets.delete", "ping"]),
        (["GET /#Action=CopyPet", "POST /#Action=CopyPet", "POST /?Action=SellPet&Version=1"],
         ["pet.copy_by_get", "pet.copy", "pet.sell"]),
    ],
)  # fmt: skip
def test_by_path_and_method(operations: list[str], names: list[str]) -> None:
    assert named(*operations) == names


def test_resources_that_would_be_one_module_differ() -> None:
    paths = ["GET /user/emails/parts", "POST /user/emails/parts", "GET /user_emails"]
    found = named(*paths, "GET /user_emails/{id}", "POST /user_emails")
    modules = {name.rpartition(".")[0] for name in found}
    joined = [module.replace(".", "_") for module in modules]
    assert len(joined) == len(set(joined))
    assert not any(each == "user_emails" for each in joined)


def test_a_list_inside_an_envelope_is_a_list() -> None:
    def of(*properties: str, array: str) -> str:
        fields: dict[str, Any] = {key: {"type": "string"} for key in properties}
        answer = {"type": "object", "properties": {array: LIST, **fields}}
        return named("GET /owners/{id}/pets", answer=answer)[0]

    assert of(array="data") == "owners.pets.list"
    assert of("owner", array="pets") == "owners.pets.list"
    assert of("next_cursor", "total", array="animals") == "owners.pets.list"
    assert of("owner", "colour", array="names") == "owners.pets.get"


def test_what_goes_on_by_pages_is_a_list_also_behind_a_parameter() -> None:
    paths = ("GET /attempts/by-owner/{owner_id}",)
    assert named(*paths, answer=LIST, query="cursor") == ["attempts.by_owner.list"]
    assert named(*paths, answer=ITEM, query="cursor") == ["attempts.by_owner.get"]


def test_other_words_for_a_list() -> None:
    assert named("GET /refs/{ref}/objects/ls", answer=LIST) == ["refs.objects.list"]
