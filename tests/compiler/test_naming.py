"""Names in Python from names of a spec."""

import builtins
import keyword
import sys

import pytest

from ferrule import naming


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("subject", "subject"),
        ("deviceID", "device_id"),
        ("page[size]", "page_size"),
        ("match[]", "match"),
        ("_sort", "sort"),
        ("$filter", "filter"),
        ("x-api-version", "x_api_version"),
        ("HTTPServer", "http_server"),
        ("userIDs", "user_ids"),
        ("OAuth2Token", "oauth2_token"),
        ("EC2Instance", "ec2_instance"),
        ("created__gte", "created__gte"),
        ("a[b][c]", "a_b_c"),
        ("2fa", "v2fa"),
        ("größe", "größe"),
        ("日本", "日本"),
        ("ﬁx", "fix"),
        ("\u0301a", "v\u0301a"),
        ("", ""),
        ("🎉", ""),
        ("__", ""),
    ],
)
def test_snake_case(text: str, name: str) -> None:
    assert naming.snake(text) == name


@pytest.mark.parametrize("text", ["class", "id", "filter", "self", "type", "list", "Import"])
def test_an_argument_steps_aside_for_keywords_and_builtins(text: str) -> None:
    assert naming.argument(text) == f"{text.lower()}_"


@pytest.mark.parametrize("text", ["id", "type", "list", "filter", "format"])
def test_a_field_keeps_what_its_class_has_no_use_for(text: str) -> None:
    assert naming.attribute(text) == text


@pytest.mark.parametrize("text", ["copy", "json", "schema", "model_config", "class", "dict"])
def test_a_field_steps_aside_for_the_model(text: str) -> None:
    assert naming.attribute(text) == f"{text}_"


def test_a_method_may_be_called_list_and_not_be_a_keyword() -> None:
    assert naming.method("list") == "list"
    assert naming.method("import") == "import_"
    assert naming.method("with_raw_response") == "with_raw_response_"
    assert naming.method("close") == "close"
    assert naming.method("close", of_client=True) == "close_"


def test_a_setting_steps_aside_for_the_options_of_the_client() -> None:
    assert naming.setting("timeout") == "timeout_"
    assert naming.setting("subdomain") == "subdomain"


def test_a_module_is_a_file_on_every_system() -> None:
    assert naming.module("aux") == "aux_"
    assert naming.module("Con") == "con_"
    assert naming.module("tickets") == "tickets"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("aws_s3", "AwsS3"),
        ("S3", "S3"),
        ("repos_issues", "ReposIssues"),
        ("HTTPThing", "HTTPThing"),
        ("None", "None_"),
        ("x-y", "XY"),
        ("2fa", "V2fa"),
    ],
)
def test_class_names(text: str, name: str) -> None:
    assert naming.class_name(text) == name


def test_a_constant_differs_from_the_argument_of_its_name() -> None:
    assert naming.constant("get") == "GET"
    assert naming.constant("日本") != naming.argument("日本")


def test_the_fixed_tables_hold_what_this_python_has() -> None:
    assert set(keyword.kwlist) <= naming.KEYWORDS
    found = {name for name in vars(builtins) if name.islower() and not name.startswith("_")}
    # The interactive interpreter brings these along.
    found -= {"copyright", "credits", "exit", "license", "quit"}
    assert found >= naming.BUILTINS
    if sys.version_info[:2] == (3, 11):
        assert found == naming.BUILTINS


def test_the_fixed_tables_hold_what_pydantic_has() -> None:
    from pydantic import BaseModel

    found = {*dir(BaseModel), *dir(type(BaseModel))}
    public = {name for name in found if not name.startswith("_")}
    assert public <= naming.MODEL_ATTRIBUTES


def test_the_fixed_tables_hold_the_errors_that_packages_have() -> None:
    from ferrule.passes.resolve.errors import BUILT_IN

    assert tuple(BUILT_IN) == naming.ERROR_CLASSES


def test_a_name_has_one_owner() -> None:
    scope: naming.Scope[int] = naming.Scope(frozenset(["taken"]))
    assert scope.claim("a", 1) is None
    assert scope.claim("a", 2) == 1
    assert scope.unique("a", 3) == "a2"
    assert scope.unique("a", 4) == "a3"
    assert scope.unique("taken", 5) == "taken2"
