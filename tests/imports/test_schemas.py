"""Every construct of a schema becomes the word or the model that says the same."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from ferrule.imports.openapi.settling import Settler
from ferrule.imports.openapi.types import ANY, Facts, Field, Object
from tests.imports.importing import json_answer, models, openapi, schema


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("{type: string}", "string"),
        ("{type: string, format: date-time}", "datetime"),
        ("{type: string, format: date}", "date"),
        ("{type: string, format: time}", "time"),
        ("{type: string, format: duration}", "duration(iso8601)"),
        ("{type: string, format: uuid}", "uuid"),
        ("{type: string, format: uri}", "url"),
        ("{type: string, format: email}", "email"),
        ("{type: string, format: byte}", "bytes"),
        ("{type: string, format: base64url}", "bytes(base64url)"),
        ("{type: string, format: decimal}", "decimal"),
        ("{type: string, format: int64}", "integer(text)"),
        ("{type: string, format: date-time-rfc1123}", "datetime(rfc2822)"),
        ("{type: string, format: made-up}", "string"),
        ("{type: integer, format: int64}", "integer"),
        ("{type: integer, format: unix-time}", "datetime(epoch)"),
        ("{type: number, format: double}", "number"),
        ("{type: boolean}", "boolean"),
        ("{}", "any"),
        ("true", "any"),
        ("{type: object}", "map(any)"),
        ("{type: object, additionalProperties: true}", "map(any)"),
        ("{type: object, additionalProperties: {type: integer}}", "map(integer)"),
        ("{type: object, patternProperties: {'^x': {type: integer}}}", "map(integer)"),
        ("{type: array, items: {type: string}}", "list(string)"),
        ("{type: array}", "list(any)"),
        ("{items: {type: integer}}", "list(integer)"),
        ("{type: array, items: {type: array, items: {type: number}}}", "list(list(number))"),
        ("{pattern: '[a-z]+'}", {".type": "string", ".pattern": "[a-z]+"}),
        ("{minimum: 3}", "number(3..)"),
        # ranges
        ("{type: string, minLength: 1, maxLength: 80}", "string(1..80)"),
        ("{type: string, maxLength: 5000}", "string"),
        ("{type: integer, minimum: 1, maximum: 100}", "integer(1..100)"),
        ("{type: integer, minimum: 0, exclusiveMinimum: true}", "integer(1..)"),
        ("{type: integer, exclusiveMinimum: 0}", "integer(1..)"),
        ("{type: number, minimum: 0.5}", "number(0.5..)"),
        ("{type: integer, maximum: 9223372036854775807}", "integer"),
        ("{type: array, items: {}, minItems: 1, maxItems: 3}",
         {".type": "list(any)", ".min_length": 1, ".max_length": 3}),
        # null
        ("{type: string, nullable: true}", "string | null"),
        ("{type: [string, 'null']}", "string | null"),
        ("{anyOf: [{type: string}, {type: 'null'}]}", "string | null"),
        ("{type: [string, integer]}", "string | integer"),
        # enums and constants
        ("{type: string, enum: [a, b]}", "enum(a | b)"),
        ("{enum: [a, b, null]}", "enum(a | b) | null"),
        ("{type: string, enum: ['a b', 'c,d', 'e(f', '\"', '']}",
         "enum(\"a b\" | \"c,d\" | \"e(f\" | '\"' | \"\")"),
        ("{type: integer, enum: [1, 2]}", "integer(1 | 2)"),
        ("{type: string, enum: [1, 2]}", "enum(1 | 2)"),
        ("{type: integer, enum: ['1', '2']}", "integer(1 | 2)"),
        ("{type: number, enum: [0.5, 1.5]}", {".enum": [0.5, 1.5]}),
        ("{enum: [a, 1]}", {".enum": ["a", 1]}),
        ("{type: boolean, enum: [true, false]}", "boolean"),
        ("{enum: [1, 2], x-enum-varnames: [OPEN, CLOSED]}", {".enum": {"OPEN": 1, "CLOSED": 2}}),
        ("{const: a}", "enum(a)"),
        ("{type: boolean, const: true}", "boolean"),
        # what is said besides
        ("{type: string, description: A name.}", {".type": "string", ".doc": "A name."}),
        ("{type: string, description: Field}", "string"),
        ("{type: string, readOnly: true}", {".type": "string", ".read_only": True}),
        ("{type: string, writeOnly: true}", {".type": "string", ".write_only": True}),
        ("{type: string, deprecated: true}", {".type": "string", ".deprecated": "deprecated"}),
        ("{type: integer, default: 3}", "integer = 3"),
        ("{type: integer, default: '3'}", "integer = 3"),
        ("{type: integer, default: 3.5}", "integer"),
        ("{type: integer, maximum: 2, default: '3'}", "integer(..2)"),
        ("{type: number, default: '-3.5'}", "number = -3.5"),
        ("{type: string, format: int64, default: '3'}", "integer(text) = 3"),
        ("{type: string, format: int64, default: 3}", "integer(text) = 3"),
        ("{type: string, format: int64, default: true}", "integer(text)"),
        ("{type: string, format: int64, default: many}", "integer(text)"),
        ("{type: string, format: decimal, default: '1.50'}", "decimal = 1.50"),
        ("{type: string, format: decimal, default: 2}", "decimal = 2"),
        ("{type: string, format: decimal, default: dear}", "decimal"),
        ("{type: string, default: a b}", "string = a b"),
        ("{type: string, default: 'null'}", 'string = "null"'),
        ("{type: array, items: {}, default: [1]}", "list(any)"),
        ("{type: string, example: abc}", "string"),
        ("{type: string, description: A name., example: abc}",
         {".type": "string", ".doc": "A name.", ".example": "abc"}),
        # alternatives
        ("{oneOf: [{type: string}, {type: integer}]}", "string | integer"),
        ("{anyOf: [{type: integer}, {type: number}]}", "number"),
        ("{anyOf: [{type: string}, {type: string, enum: [a]}]}", "enum(a)"),
        ("{anyOf: [{type: string, format: uuid}, {type: string}]}", "string"),
        ("{oneOf: [{type: string}]}", "string"),
        # composition
        ("{allOf: [{type: string}, {maxLength: 3, type: string}]}", "string(..3)"),
        ("{allOf: [{type: string, format: uuid}], description: An id.}",
         {".type": "uuid", ".doc": "An id."}),
        ("{type: array, prefixItems: [{type: integer}, {type: string}]}",
         {".items": ["integer", "string"]}),
    ],
)  # fmt: skip
def test_a_schema_and_its_declaration(written: str, declared: object) -> None:
    assert schema(written) == declared


def test_a_required_constant_is_a_constant() -> None:
    thing = "{required: [a, b, c], properties: {a: {const: x$y}, b: {enum: [7]}, c: {const: ''}}}"
    assert models(thing)["Thing"] == {"a": "= x$$y", "b": {".const": 7}, "c": {".const": ""}}


def test_required_and_optional_fields() -> None:
    thing = (
        "{type: object, required: [id], properties: {id: {type: integer}, name: {type: string}}}"
    )
    assert models(thing)["Thing"] == {"id": "integer", "name?": "string"}


def test_a_required_mark_inside_a_property_counts() -> None:
    thing = "{properties: {id: {type: integer, required: true}}}"
    assert models(thing)["Thing"] == {"id": "integer"}


def test_further_fields_with_a_type() -> None:
    thing = "{properties: {id: {type: integer}}, additionalProperties: {type: string}}"
    assert models(thing)["Thing"] == {"id?": "integer", ".rest": "string"}


def test_an_object_inside_stands_in_place_while_it_is_small() -> None:
    thing = "{properties: {size: {type: object, properties: {width: {type: number}}}}}"
    assert models(thing)["Thing"] == {"size?": {"width?": "number"}}


def test_equal_objects_inside_share_a_model() -> None:
    size = "{type: object, properties: {width: {type: number}, height: {type: number}}}"
    found = models(f"{{properties: {{outer: {size}, inner: {size}}}}}")
    assert found["Thing"] == {"outer?": "ThingOuter", "inner?": "ThingOuter"}
    assert found["ThingOuter"] == {"width?": "number", "height?": "number"}


@pytest.mark.parametrize(
    ("said", "model"), [("Id of the tag.", "Tag"), ("", "Tag"), ("Id of a part.", "ThingPart")]
)
def test_an_object_inside_is_a_named_one_where_the_same_is_said(said: str, model: str) -> None:
    def tag(text: str) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {
                "id": {"type": "string", **({"description": text} if text else {})},
                "ok": {"type": "boolean"},
            },
        }

    thing = {
        "properties": {
            "tag": {"$ref": "#/components/schemas/Tag"},
            "parts": {"type": "array", "items": tag(said)},
        }
    }
    found = models(json.dumps(thing), Tag=tag("Id of the tag."))
    assert found["Thing"] == {"tag?": "Tag", "parts?": f"list({model})"}


def test_items_without_a_name_get_one() -> None:
    part = "{type: object, properties: {sku: {type: string}}}"
    found = models(f"{{properties: {{parts: {{type: array, items: {part}}}}}}}")
    assert found["Thing"] == {"parts?": "list(ThingPart)"}


def test_named_schemas_that_are_single_values_stand_where_they_are_used() -> None:
    found = models(
        "{properties: {at: {$ref: '#/components/schemas/Timestamp'}}}",
        Timestamp={"type": "string", "format": "date-time", "description": "When."},
    )
    assert found == {"Thing": {"at?": {".type": "datetime", ".doc": "When."}}}


def test_an_enum_that_is_used_twice_keeps_its_name() -> None:
    field = "{$ref: '#/components/schemas/State'}"
    found = models(
        f"{{properties: {{a: {field}, b: {field}}}}}", State={"type": "string", "enum": ["x", "y"]}
    )
    assert found == {"Thing": {"a?": "State", "b?": "State"}, "State": "enum(x | y)"}


def test_recursion() -> None:
    child = "{type: array, items: {$ref: '#/components/schemas/Thing'}}"
    assert models(f"{{properties: {{children: {child}}}}}") == {
        "Thing": {"children?": "list(Thing)"}
    }


def test_recursion_through_a_union_that_has_a_name() -> None:
    found = models(
        "{properties: {tree: {$ref: '#/components/schemas/Tree'}}}",
        Tree={
            "oneOf": [
                {"type": "string"},
                {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            ]
        },
    )
    assert found["Tree"] == "string | list(Tree)"


def test_a_value_without_end_may_be_left_out() -> None:
    thing = "{required: [next], properties: {next: {$ref: '#/components/schemas/Thing'}}}"
    assert models(thing) == {"Thing": {"next?": "Thing"}}


def test_a_schema_made_of_nothing_but_itself() -> None:
    loop = {"oneOf": [{"$ref": "#/components/schemas/Loop"}]}
    found = models("{properties: {a: {$ref: '#/components/schemas/Loop'}}}", Loop=loop)
    assert found["Loop"] == "any"


PET = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "tag": {"type": "string"}},
}


def test_composition_of_named_objects() -> None:
    found = models(
        "{allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {bark: {type: boolean}}}]}",
        Pet=PET,
    )
    assert found["Thing"] == {".is": "Pet", "bark?": "boolean"}
    assert found["Pet"] == {"name": "string", "tag?": "string"}


def test_what_a_composition_demands_of_its_base() -> None:
    found = models("{allOf: [{$ref: '#/components/schemas/Pet'}, {required: [tag]}]}", Pet=PET)
    assert found["Thing"] == {"name": "string", "tag": "string"}


def test_a_field_that_a_composition_changes() -> None:
    own = "{properties: {tag: {type: integer}}}"
    found = models(f"{{allOf: [{{$ref: '#/components/schemas/Pet'}}, {own}]}}", Pet=PET)
    assert found["Thing"] == {"name": "string", "tag?": "integer"}


def test_a_composition_of_one_is_what_it_is_made_of() -> None:
    found = models(
        "{properties: {pet: {allOf: [{$ref: '#/components/schemas/Pet'}], nullable: true}}}",
        Pet=PET,
    )
    assert found["Thing"] == {"pet?": "Pet | null"}


def test_alternatives_inside_a_composition_are_merged_and_told() -> None:
    either = "{oneOf: [{properties: {a: {type: string}}}, {properties: {b: {type: string}}}]}"
    thing = f"{{allOf: [{{properties: {{id: {{type: integer}}}}}}, {either}]}}"
    assert models(thing)["Thing"] == {"id?": "integer", "a?": "string", "b?": "string"}


def test_an_object_composed_of_itself() -> None:
    thing = "{allOf: [{$ref: '#/components/schemas/Thing'}, {properties: {a: {type: string}}}]}"
    assert models(thing)["Thing"] == {"a?": "string"}


@pytest.mark.parametrize("word", ["oneOf", "anyOf"])
def test_fields_of_which_one_is_needed(word: str) -> None:
    fields = "{id: {type: integer}, email: {type: string}}"
    thing = f"{{properties: {fields}, {word}: [{{required: [id]}}, {{required: [email]}}]}}"
    assert models(thing)["Thing"] == {
        ".one_of_fields": ["id", "email"],
        "id?": "integer",
        "email?": "string",
    }


def test_an_object_that_adds_nothing_to_another_is_that_one() -> None:
    same = {"allOf": [{"$ref": "#/components/schemas/Cat"}], "required": ["kind"]}
    found = models("{properties: {a: {$ref: '#/components/schemas/Same'}}}", Same=same, Cat=BASE)
    assert found == {"Thing": {"a?": "Cat"}, "Cat": {"kind": "string"}}


def test_that_a_composition_is_an_object_says_nothing_more() -> None:
    parts = "[{$ref: '#/components/schemas/Cat'}, {properties: {b: {type: string}}}]"
    found = models(f"{{type: object, allOf: {parts}}}", Cat=BASE)
    assert found["Thing"] == {".is": "Cat", "b?": "string"}


def test_enums_beside_each_other_are_one() -> None:
    refs = "[{$ref: '#/components/schemas/One'}, {const: b}, {$ref: '#/components/schemas/Two'}]"
    found = schema(f"{{anyOf: {refs}}}", One={"enum": ["a"]}, Two={"enum": ["a", "c"]})
    assert found == "enum(a | b | c)"


def test_fields_beside_alternatives() -> None:
    either = "[{properties: {a: {type: string}}}, {properties: {b: {type: string}}}]"
    thing = f"{{properties: {{id: {{type: integer}}}}, oneOf: {either}}}"
    assert models(thing)["Thing"] == {"id?": "integer", "a?": "string", "b?": "string"}


BASE = {"properties": {"kind": {"type": "string"}}, "required": ["kind"]}
CAT = {"properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}}
DOG = {"properties": {"kind": {"enum": ["dog"]}, "bark": {"type": "boolean"}}}
BOTH = "[{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]"


def test_a_union_without_a_tag() -> None:
    found = models(f"{{properties: {{pet: {{oneOf: {BOTH}}}}}}}", Cat=CAT, Dog=DOG)
    assert found["Thing"] == {"pet?": "Cat | Dog"}


def test_a_union_with_a_tag() -> None:
    mapping = "{feline: '#/components/schemas/Cat', dog: Dog}"
    thing = f"{{oneOf: {BOTH}, discriminator: {{propertyName: kind, mapping: {mapping}}}}}"
    assert models(thing, Cat=CAT, Dog=DOG)["Thing"] == {
        ".by": "kind",
        "feline": "Cat",
        "dog": "Dog",
    }


def test_a_union_with_a_tag_and_no_mapping_goes_by_what_the_members_say() -> None:
    thing = f"{{oneOf: {BOTH}, discriminator: {{propertyName: kind}}}}"
    assert models(thing, Cat=CAT, Dog=DOG)["Thing"] == {".by": "kind", "Cat": "Cat", "dog": "Dog"}


def test_members_that_lack_their_tag_get_it() -> None:
    thing = f"{{oneOf: {BOTH}, discriminator: {{propertyName: sort}}}}"
    found = models(thing, Cat=CAT, Dog=DOG)
    assert found["Cat"]["sort"] == "= Cat"
    assert found["Dog"]["sort"] == "= Dog"


def test_a_base_with_a_discriminator_is_one_of_its_heirs() -> None:
    base = {
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind"},
    }
    heir = {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"a": {}}}]}
    found = models("{properties: {pet: {$ref: '#/components/schemas/Pet'}}}", Pet=base, Dog=heir)
    assert found["Thing"] == {"pet?": "Pet"}
    assert found["Pet"] == {".by": "kind", "Dog": "Dog", "Pet": "PetBase", ".else": "PetBase"}
    assert found["PetBase"] == {"kind": "string"}
    assert found["Dog"] == {".is": "PetBase", "a?": "any"}


@pytest.mark.parametrize(("more", "rest"), [({}, None), ({"type": "string"}, "string")])
def test_a_base_of_which_nothing_else_is_said_is_an_object(
    more: dict[str, Any], rest: str | None
) -> None:
    base = {"type": "object", "discriminator": {"propertyName": "kind"}}
    base |= {"additionalProperties": more} if more else {}
    heir = {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"a": {}}}]}
    found = models("{properties: {pet: {$ref: '#/components/schemas/Pet'}}}", Pet=base, Dog=heir)
    assert found["Pet"] == {".by": "kind", "Dog": "Dog", "Pet": "PetBase", ".else": "PetBase"}
    assert found["PetBase"] == {"kind": "string"} | ({".rest": rest} if rest else {})


def test_a_base_that_does_not_declare_its_tag_gets_it_for_all_heirs() -> None:
    base = {"properties": {"name": {}}, "discriminator": {"propertyName": "kind"}}
    upon = {"$ref": "#/components/schemas/Pet"}
    dog = {"allOf": [upon, {"properties": {"a": {}}}]}
    cat = {"allOf": [upon, {"properties": {"kind": {"enum": ["cat"], "type": "string"}}}]}
    puppy = {"allOf": [{"$ref": "#/components/schemas/Dog"}, {"properties": {"b": {}}}]}
    thing = "{properties: {pet: {$ref: '#/components/schemas/Pet'}}}"
    found = models(thing, Pet=base, Dog=dog, Cat=cat, Puppy=puppy)
    assert found["PetBase"] == {"kind": "string", "name?": "any"}
    assert found["Dog"] == {".is": "PetBase", "a?": "any"}
    assert found["Cat"] == {"kind?": "enum(cat)", "name?": "any"}
    assert found["Puppy"] == {".is": "Dog", "b?": "any"}


def test_a_base_that_no_value_of_its_tag_means_is_no_case() -> None:
    kinds = {"type": "string", "enum": ["Dog", "Cat"]}
    base = {
        "properties": {"kind": {"$ref": "#/components/schemas/Kind"}},
        "discriminator": {"propertyName": "kind"},
    }
    heir = {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"a": {}}}]}
    thing = "{properties: {pet: {$ref: '#/components/schemas/Pet'}}}"
    found = models(thing, Pet=base, Dog=heir, Kind=kinds)
    assert found["Pet"] == {".by": "kind", "Dog": "Dog", ".else": "PetBase"}
    assert found["PetBase"] == {"kind?": "enum(Dog | Cat)"}


@pytest.mark.parametrize(
    ("values", "cases"),
    [
        (["DOG", "old-cat"], {"DOG": "Dog", "old-cat": "OldCat", ".else": "PetBase"}),
        (["DOG", "bird"], {"DOG": "Dog", ".else": "PetBase"}),
    ],
)
def test_a_tag_is_what_its_field_says(values: list[str], cases: dict[str, str]) -> None:
    base = {
        "properties": {"kind": {"$ref": "#/components/schemas/Kind"}},
        "discriminator": {"propertyName": "kind"},
    }
    heir = {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"a": {}}}]}
    thing = "{properties: {pet: {$ref: '#/components/schemas/Pet'}}}"
    kinds = {"type": "string", "enum": values}
    found = models(thing, Pet=base, Dog=heir, OldCat=heir, Kind=kinds)
    assert found["Pet"] == {".by": "kind", **cases}


def test_a_model_is_not_called_as_an_error_of_every_package() -> None:
    found = models("{properties: {a: {$ref: '#/components/schemas/PartialFailure'}}}",
                   PartialFailure={"properties": {"b": {"type": "string"}}})  # fmt: skip
    assert found["Thing"] != {"a?": "PartialFailure"}


def test_what_is_known_of_an_object_that_is_gone_is_not_taken_for_another() -> None:
    """Objects are known by numbers that Python gives again."""
    nothing: Any = SimpleNamespace(components={})
    settler = Settler(nothing)

    # Made before, so that each object is given the place of the one before.
    fields = [{name: Field(name, ANY, Facts(), False, nothing)} for name in ("a", "b", "c", "d")]

    def names_of_passing_object(declared: dict[str, Field]) -> list[str]:
        found = Object((), nothing, fields=declared)
        settler.settle(found)
        return list(settler.all_fields(found))

    assert [names_of_passing_object(each) for each in fields] == [["a"], ["b"], ["c"], ["d"]]


def test_names_that_python_cannot_tell_apart_get_another_one() -> None:
    found = models("{properties: {'+1': {type: integer}, '-1': {type: integer}, total_count: {}}}")
    assert found["Thing"]["+1?"] == "integer"
    assert found["Thing"]["-1?"] == {".type": "integer", ".py": "minus_1"}


def test_names_in_other_scripts_and_odd_names() -> None:
    thing = "{properties: {größe: {}, 名前: {}, 'page[size]': {}, 'a b': {}, $ref2: {}, class: {}}}"
    assert list(models(thing)["Thing"]) == [
        "größe?",
        "名前?",
        "page[size]?",
        "a b?",
        "$ref2?",
        "class?",
    ]


def told(thing: str) -> list[str]:
    answer = f"{{schema: {{properties: {{field: {thing}, other: {{type: string}}}}}}}}"
    content = f"{{'200': {{description: '', content: {{application/json: {answer}}}}}}}"
    found = openapi(f"paths: {{/things: {{get: {{responses: {content}}}}}}}")
    assert "other" in str(found.data["models"])
    return [each.message for each in found.told if each.rule == "import-degraded"]


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        ("{type: wrong}", "`wrong` is not a type: anything is taken"),
        ("[1]", "a schema is expected here, not a list: anything is taken"),
        ("false", "nothing is allowed here: anything is taken"),
        ("{type: string, enum: []}", "the enum has no values: any value is taken"),
        ("{type: object, properties: [1]}", "a map is expected here, not a list: it is left out"),
        ("{type: string, minLength: x}", "a number is expected here, not `x`: it is left out"),
        ("{$ref: 3}", "`$ref` is text, not a map: anything is taken"),
    ],
)
def test_one_bad_node_degrades_that_node_alone(thing: str, message: str) -> None:
    assert told(thing) == [f"GET /things: {message}"]


def test_conditions_that_only_a_server_checks_are_counted() -> None:
    found = openapi(
        {
            "paths": {"/things": {"get": {"responses": {"200": json_answer("Thing")}}}},
            "components": {
                "schemas": {
                    "Thing": {"properties": {"a": {"type": "array", "uniqueItems": True}}},
                    "Unused": {"type": "string"},
                }
            },
        }
    )
    assert found.messages("import-left-out") == [
        "1 conditions that a client does not check are left out: uniqueItems",
        "1 schemas that no operation uses are left out: Unused",
    ]


def test_a_list_that_may_be_null_keeps_its_bounds() -> None:
    found = schema("{type: [array, 'null'], items: {type: string}, minItems: 1, maxItems: 5}")
    assert found == {".type": "list(string) | null", ".min_length": 1, ".max_length": 5}
    assert schema("{type: [array, string], items: {type: string}, minItems: 1}") == (
        "list(string) | string"
    )


def test_values_of_a_tag_without_a_schema_of_their_own() -> None:
    cat = {
        "type": "object",
        "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}},
    }
    other = {"type": "object", "properties": {"kind": {"type": "string"}}}
    places = {name: f"#/components/schemas/{name}" for name in ("Cat", "Other")}
    pet = {
        "oneOf": [{"$ref": place} for place in places.values()],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"cat": places["Cat"]},
            "defaultMapping": places["Other"],
        },
    }
    found = models(
        {"properties": {"pet": {"$ref": "#/components/schemas/Pet"}}}, Pet=pet, Cat=cat, Other=other
    )
    assert found["Pet"] == {".by": "kind", "cat": "Cat", ".else": "Other"}
