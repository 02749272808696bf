"""Compiled templates are kept, and what is damaged is compiled again."""

from pathlib import Path

import pytest

from ferrule.diagnostics import Report
from ferrule.forms.source import SourceFile
from ferrule.passes import render as rendering
from ferrule.pipeline import compile_spec
from tests.cli.specs import ACME


@pytest.mark.parametrize("damage", [None, b"", b"\x00" * 200, b"0" * 64 + b"\nmarshal"])
def test_templates_come_out_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    source = SourceFile("acme.yaml", ACME)
    rendering._environment.cache_clear()
    first = compile_spec(source, Report())
    kept = [path for path in (tmp_path / "ferrule" / "templates").rglob("*") if path.is_file()]
    assert kept
    if damage is not None:
        for path in kept:
            path.write_bytes(damage)
    rendering._environment.cache_clear()
    again = compile_spec(source, Report())
    assert first is not None
    assert again is not None
    assert again.files == first.files
    assert damage is None or all(path.read_bytes() != damage for path in kept)
