"""The pictures of the measurements are what the kept figures give; they say when and on what."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.figures import kept
from benchmarks.pictures import FOLDER, PICTURES


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_the_figures_that_were_kept(name: str) -> None:
    told = kept(name)
    assert told is not None
    picture = PICTURES[name](told)
    assert Path(FOLDER, f"{name}.svg").read_text(encoding="utf-8") == picture
    root = ET.fromstring(picture)
    words = " ".join(root.itertext())
    assert f"Measured on {told['when']}: {told['machine']}" in words
    assert len(root) > 5
