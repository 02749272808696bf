"""Small hand-made packages, and pictures of folders, for the tests of what is written to disk."""

from collections.abc import Mapping
from pathlib import Path

from ferrule.diagnostics import Report
from ferrule.forms.files import FileSet
from ferrule.forms.manifest import Manifest
from ferrule.passes.publish import Written, publish

FIRST = {
    "pyproject.toml": '[project]\nname = "acme-connector"\n',
    "acme_connector/__init__.py": '"""Acme."""\n',
    "acme_connector/client.py": "class Acme:\n    pass\n",
    "acme_connector/models/things.py": "class Thing:\n    pass\n",
}
SECOND = {
    "pyproject.toml": '[project]\nname = "acme-connector"\n',
    "acme_connector/__init__.py": '"""Acme, again."""\n',
    "acme_connector/client.py": "class Acme:\n    size = 2\n",
    "acme_connector/resources/users.py": "class Users:\n    pass\n",
}


def manifest(files: Mapping[str, str], connector: str = "acme", spec: str = "0123") -> Manifest:
    return Manifest.of(
        FileSet(dict(files)), contract=1, ferrule="1.2.3", connector=connector, spec_sha256=spec
    )


def write(
    out: Path,
    files: Mapping[str, str] = FIRST,
    report: Report | None = None,
    *,
    force: bool = False,
    connector: str = "acme",
) -> Written | None:
    """Publishes; without a report of the caller's own nothing may be found."""
    own = Report()
    written = publish(
        FileSet(dict(files)),
        manifest(files, connector),
        out,
        own if report is None else report,
        force=force,
    )
    assert not list(own), list(own)
    return written


def picture(folder: Path) -> dict[str, bytes | str | None]:
    """Everything below a folder: files by their bytes, links by their goals, folders as None."""
    found: dict[str, bytes | str | None] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        else:
            found[name] = None if path.is_dir() else path.read_bytes()
    return found


def texts(folder: Path) -> dict[str, str]:
    """The files below a folder, without manifests."""
    return {
        name: content.decode()
        for name, content in picture(folder).items()
        if isinstance(content, bytes) and not name.endswith(".ferrule.json")
    }


def rules(report: Report) -> list[str]:
    return [finding.rule for finding in report]
