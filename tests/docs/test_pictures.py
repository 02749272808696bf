"""The pictures show what ferrule prints today."""

from xml.etree import ElementTree as ET

import pytest

from docs.pictures.make import HERE, recorded
from docs.pictures.stories import STORIES


@pytest.mark.parametrize("name", STORIES)
def test_a_picture_is_up_to_date(name: str) -> None:
    kept = (HERE / f"{name}.svg").read_text(encoding="utf-8")
    assert recorded(name) == kept, "`make docs` records it again"
    ET.fromstring(kept)
    fetched = [part for part in ("@font-face", "<image", "<script", "@import") if part in kept]
    assert fetched == []


def test_every_picture_is_shown() -> None:
    text = (HERE.parent / "writing-specs.md").read_text(encoding="utf-8")
    assert {path.stem for path in HERE.glob("*.svg")} == set(STORIES)
    for name in STORIES:
        assert f"](pictures/{name}.svg)" in text
