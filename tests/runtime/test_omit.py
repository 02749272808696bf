"""Bodies that are left out where nothing of them was given."""

from typing import Any

import pytest

from ferrule_runtime.omit import omit, unless_omitted


@pytest.mark.parametrize(
    ("fields", "more", "body"),
    [
        ({"a": omit, "b": omit}, {}, omit),
        ({"a": omit, "b": 1}, {}, {"a": omit, "b": 1}),
        ({"a": None}, {}, {"a": None}),
        ({"a": omit}, {"rest": omit}, omit),
        ({"a": omit}, {"rest": {}}, {"a": omit}),
        ({"a": 1}, {"rest": {"c": 2}}, {"a": 1, "c": 2}),
        ({"a": omit}, {"wrap": "thing"}, omit),
        ({"a": 0}, {"wrap": "thing"}, {"thing": {"a": 0}}),
    ],
)
def test_a_body_is_left_out_with_all_its_fields(
    fields: dict[str, Any], more: dict[str, Any], body: Any
) -> None:
    assert unless_omitted(fields, **more) == body
