"""Twenty secrets are put in, everything is called and provoked, and none comes out anywhere."""

import io
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ferrule_providers import connecting
from ferrule_providers.handing_out import hand_out
from ferrule_providers.hiding import hide
from tests.providers.conftest import ADMIN, SOMEBODY, Api
from tests.services.scripted import ScriptedService, reply

CANARIES = [f"canary-{number:02d}-{number * 7919:08x}" for number in range(20)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged at any level by anybody."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    # What the test's own client logs about its own requests is not the service's.
    handler.addFilter(lambda record: record.name != "httpx2")
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def bodies(server: str) -> Iterator[dict[str, Any]]:
    for number, canary in enumerate(CANARIES):
        yield {
            "server": server,
            "email": f"user{number}@b.example",
            "api_token": canary,
            "extra_secrets": {"inner": f"{canary}-inner"},
            "key_file": f"{canary}-file",
        }


def provoke(api: Api, body: dict[str, Any], number: int) -> list[str]:
    """Make the service talk about a secret; the ways take turns, each comes up at least once."""
    canary, name = body["api_token"], f"c{number}"
    one = f"/acme/connections/{name}"
    wrong_places = [
        {**body, "email": canary},
        {**body, "server": f"gopher://{canary}"},
        {**body, "region": canary},
        {**body, "page_size": canary},
        {**body, "tags": {"x": canary}},
        {**body, "since": canary},
        {canary: canary},
        {**body, "extra_secrets": [canary]},
        {**body, "key_file": {"base64": canary}},
        {**body, "api_token": {"nested": canary}},
    ]
    asked = [
        lambda: api.post(f"{one}/test", {"api_token": f"{canary}-other"}),
        lambda: api.post(f"/acme/setup?connection={canary.upper()}", body),
        lambda: api.post("/acme/setup", content=f'{{"api_token": "{canary}"'.encode()),
        lambda: api.get(f"/{canary}"),
        lambda: api.get(f"?state={canary}"),
        lambda: api.get(f"?limit={canary}"),
        lambda: api.get(f"?after={canary}"),
        lambda: api.delete(f"/acme/setup?connection={canary.upper()}"),
    ]
    wrong = wrong_places[number % len(wrong_places)]
    answers = [
        api.post(f"/acme/setup?connection={name}", wrong),
        api.post(f"/acme/setup?connection={name}", body),
        api.post(f"/acme/setup?connection={name}&test=true", body),
        api.post(f"{one}/test"),
        asked[number % len(asked)](),
        api.get(one),
    ]
    return [answer.text + str(dict(answer.headers)) for answer in answers]


def test_no_secret_comes_out(api: Api, service: ScriptedService, log: io.StringIO) -> None:
    service.on(
        "GET",
        "/v1/me",
        lambda request: reply(401, json={"message": f"no: {request.headers}"}),
        lambda request: reply(500, text=f"oops: {request.headers}"),
    )
    told: list[str] = []
    for number, body in enumerate(bodies(service.url)):
        told += provoke(api, body, number)
    told += [api.get(path).text for path in ("?limit=200", "/acme?limit=200")]
    told.append(api.request("GET", "/v1/admin/audit?limit=200").text)
    told.append(log.getvalue())
    told.append(repr(api.core) + str(api.core))
    everything = "\n".join(told)
    leaked = [each for each in CANARIES if each in everything]
    assert not leaked
    with api.core.database.reading() as db:
        names = db.exec_driver_sql("SELECT count(*) FROM sealed").scalar()
    assert names == 60, "every secret was stored, or nothing was shown"


def test_no_secret_is_in_the_files(sqlite_api: Api, tmp_path: Path) -> None:
    for number, body in enumerate(bodies("https://acme.example")):
        assert sqlite_api.post(f"/acme/setup?connection=c{number}", body).status_code == 200
    url = sqlite_api.core.database.url.render_as_string(hide_password=False)
    copy = tmp_path / "backup.db"
    done = subprocess.run(
        [sys.executable, "-m", "ferrule_providers", "backup", "--database", url, str(copy)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert copy.stat().st_mode & 0o077 == 0
    files = [*tmp_path.glob("providers.db*"), copy]
    assert len(files) >= 2
    content = b"".join(each.read_bytes() for each in files)
    assert not [each for each in CANARIES if each.encode() in content]


def test_what_was_deleted_is_overwritten(sqlite_api: Api) -> None:
    """A sealed value that is gone is also gone from the file, once its log is written back."""
    sqlite_api.set_up()
    with sqlite_api.core.database.reading() as db:
        data = db.exec_driver_sql("SELECT sealed FROM sealed").scalar_one()
    sqlite_api.delete("/acme/setup")
    with sqlite_api.core.database.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("COMMIT") if raw.in_transaction else None
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = sqlite_api.core.database.path
    assert path is not None
    assert bytes(data) not in b"".join(each.read_bytes() for each in path.parent.glob("prov*.db*"))


@pytest.mark.parametrize(
    "text",
    [
        "the token {0} is wrong",
        "Authorization: Bearer {0}",
        "url?key={0}&x=1",
        '{{"token": "{0}"}}',
        "{0}{0}",
        "got: Basic dXNlcjpzb21ldGhpbmctc2VjcmV0",
    ],
)
def test_words_of_a_service_are_cleaned(text: str) -> None:
    secret = "s3cret/with+odd=chars"
    shown = hide(text.format(secret), [secret, {"user": "something-secret"}])
    assert secret not in shown
    assert "dXNlcjpzb21ldGhpbmctc2VjcmV0" not in shown


def test_words_of_a_service_are_one_line_of_bounded_length() -> None:
    shown = hide("a\r\n\x1b[31mb" + "c" * 2_000, [])
    assert len(shown) <= 500
    assert "\n" not in shown
    assert "\x1b" not in shown


def test_a_client_that_was_connected_shows_no_secret(sqlite_api: Api) -> None:
    sqlite_api.set_up()
    core = sqlite_api.core
    access = hand_out(core, "acme", "default", SOMEBODY)
    assert "tok-3f9a" not in repr(access)
    client = connecting._client(core.installed["acme"], lambda _: access, False, {})
    assert "tok-3f9a" not in repr(client)
    assert client.me is not None
    client.close()


def test_the_openapi_document_holds_no_example_of_a_secret(sqlite_api: Api) -> None:
    document = sqlite_api.request("GET", "/v1/openapi.json")
    assert document.status_code == 200
    assert ADMIN in document.json()["paths"]
    assert "tok-3f9a" not in document.text
