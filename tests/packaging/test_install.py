"""A generated client works where no compiler is, a compiler works where no repository is."""

from collections.abc import Callable
from pathlib import Path

from tests.packaging.wheelhouse import must_run, run
from tests.services.real import REPOSITORY

Install = Callable[[str], Path]

CALL_KINTO = """
import sys
import kinto_connector as kinto

with kinto.Kinto(server=sys.argv[1], username="fresh", password="environment") as client:
    client.buckets.create(bucket="fresh")
    client.collections.create(bucket="fresh", collection="letters")
    for letter in "abcdefg":
        client.records.create(bucket="fresh", collection="letters", data={"letter": letter})
    records = client.records.list(bucket="fresh", collection="letters")
    print(*sorted(record.model_extra["letter"] for record in records))
"""


def test_a_client_calls_a_service_where_no_compiler_is(
    install: Install, kinto_url: str, tmp_path: Path
) -> None:
    python = install("kinto-connector")
    assert run(python, "-c", "import ferrule").returncode != 0
    said = must_run(python, "-W", "error", "-c", CALL_KINTO, kinto_url, folder=tmp_path)
    assert said.split() == list("abcdefg")


def test_an_installed_compiler_writes_the_same_bytes(install: Install, tmp_path: Path) -> None:
    python = install("ferrule")
    assert run(python, "-c", "import ferrule_runtime").returncode != 0
    spec = REPOSITORY / "specs" / "kinto.yaml"
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "kinto.yaml").write_bytes(spec.read_bytes())
    command = python.with_name("ferrule")
    must_run(command, "compile", "specs/kinto.yaml", "-o", "generated", folder=tmp_path)
    written, kept = tmp_path / "generated" / "kinto", REPOSITORY / "generated" / "kinto"
    assert files_of(written) == files_of(kept)


def files_of(package: Path) -> dict[str, bytes]:
    return {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
