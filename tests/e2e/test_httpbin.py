"""Every kind of request and answer, against a real httpbin."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.e2e.compiled import CompiledPackage
from tests.services.scripted import ScriptedService, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpbin_connector as httpbin
else:
    httpbin = CompiledPackage("httpbin")


@pytest.fixture
def client(httpbin_url: str) -> Iterator[httpbin.Httpbin]:
    with httpbin.Httpbin(auth="none", server=httpbin_url, max_attempts=2, backoff=None) as client:
        yield client


def test_a_query_comes_back(client: httpbin.Httpbin) -> None:
    echo = client.echo.get(extra_query={"q": "ä & b", "page": 2, "on": True, "tag": ["x", "y"]})
    assert echo.args == {"q": "ä & b", "page": "2", "on": "true", "tag": ["x", "y"]}
    assert echo.headers["User-Agent"].startswith("httpbin_connector/1.0.0 ")


def test_json_comes_back_as_it_was_sent(client: httpbin.Httpbin) -> None:
    sent = {"text": "žluťoučký 🐎", "number": 0.1, "nothing": None, "list": [1, {"deep": True}]}
    echo = client.echo.post(body=sent)
    assert echo.json_ == sent
    assert echo.headers["Content-Type"] == "application/json"


def test_a_form_comes_back(client: httpbin.Httpbin) -> None:
    echo = client.echo.form(body={"name": "a+b c", "colour": ["red", "blue"]})
    assert echo.form == {"name": "a+b c", "colour": ["red", "blue"]}


def test_a_file_comes_back(client: httpbin.Httpbin, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada,\n", encoding="utf-8")
    for file in (path, b"Dear Ada,\n", ("letter.txt", b"Dear Ada,\n", "text/plain")):
        echo = client.echo.upload(file=file, note="keep")
        assert echo.files == {"file": "Dear Ada,\n"}
        assert echo.form == {"note": "keep"}
    with path.open("rb") as opened:
        assert client.echo.upload(file=opened).files == {"file": "Dear Ada,\n"}


def test_text_comes_back(client: httpbin.Httpbin) -> None:
    echo = client.echo.text(body="one line\r\nanother — with a dash")
    assert echo.data == "one line\r\nanother — with a dash"
    assert echo.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_signing_in_with_a_password(httpbin_url: str) -> None:
    with httpbin.Httpbin(server=httpbin_url, username="ada", password="a:b ö") as client:
        assert client.auth.basic(user="ada", password="a:b ö").authenticated
        with pytest.raises(httpbin.Unauthorized) as caught:
            client.auth.basic(user="ada", password="another")
    error = caught.value
    assert (error.status_code, error.attempts, error.action) == (401, 1, "auth.basic")
    assert error.path_template == "/basic-auth/{user}/{password}"


def test_signing_in_with_a_token(httpbin_url: str) -> None:
    with httpbin.Httpbin(server=httpbin_url, bearer_token="t0ken") as client:
        assert client.auth.bearer().token == "t0ken"


def test_a_client_without_credentials_says_what_is_missing(client: httpbin.Httpbin) -> None:
    with pytest.raises(httpbin.ConfigurationError, match=r"bearer_token.*HTTPBIN_BEARER_TOKEN"):
        client.auth.bearer()


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequest"),
        (401, "Unauthorized"),
        (403, "Forbidden"),
        (404, "NotFound"),
        (409, "Conflict"),
        (418, "HttpbinStatusError"),
        (422, "Unprocessable"),
        (429, "RateLimited"),
        (500, "ServerError"),
        (502, "BadGateway"),
        (503, "ServiceUnavailable"),
        (599, "ServerError"),
    ],
)
def test_every_status_has_its_class(client: httpbin.Httpbin, status: int, name: str) -> None:
    with pytest.raises(httpbin.HttpbinStatusError) as caught:
        client.status.get(code=status)
    error = caught.value
    assert type(error) is getattr(httpbin, name)
    assert error.status_code == status
    assert error.attempts == (2 if status in (429, 500, 502, 503) else 1)
    assert f"answered {status}" in str(error)


def test_a_good_status_is_no_error(client: httpbin.Httpbin) -> None:
    assert client.status.get(code=200) == ""


def test_typed_json(client: httpbin.Httpbin) -> None:
    show = client.formats.json()
    assert show.title == "Sample Slide Show"
    assert [slide.type for slide in show.slides] == ["all", "all"]
    assert show.slides[1].items
    assert show.slides[0].items is None


def test_compressed_answers(client: httpbin.Httpbin) -> None:
    assert client.formats.gzip()["gzipped"] is True
    assert client.formats.deflate()["deflated"] is True


def test_html_as_text(client: httpbin.Httpbin) -> None:
    assert client.formats.html().startswith("<!DOCTYPE html>")


def test_lines_arrive_one_by_one(client: httpbin.Httpbin) -> None:
    with client.formats.lines(count=5) as lines:
        assert [(line.model_extra or {})["id"] for line in lines] == [0, 1, 2, 3, 4]


def test_bytes_are_saved(client: httpbin.Httpbin, tmp_path: Path) -> None:
    path = tmp_path / "noise.bin"
    assert client.formats.bytes(count=70_000, seed=1).save(path) == 70_000
    assert client.formats.bytes(count=70_000, seed=1).read() == path.read_bytes()
    with client.formats.bytes(count=10) as download:
        assert (download.status_code, download.length) == (200, 10)
        assert len(b"".join(download)) == 10


def test_redirects_on_the_same_server_are_followed(client: httpbin.Httpbin) -> None:
    assert str(client.redirects.absolute(times=3).url).endswith("/get")
    assert str(client.redirects.to(url="/get?landed=1").url).endswith("/get?landed=1")


def test_redirects_to_another_origin_are_not_followed(
    httpbin_url: str, service: ScriptedService
) -> None:
    service.on("GET", "/elsewhere", reply(json={"headers": {}}))
    with httpbin.Httpbin(server=httpbin_url, bearer_token="t0ken") as client:
        with pytest.raises(httpbin.Redirected) as caught:
            client.redirects.to(url=f"{service.url}/elsewhere", status_code=307)
        assert (caught.value.status_code, caught.value.attempts) == (307, 1)
        with pytest.raises(httpbin.Redirected):
            client.redirects.absolute(times=6)
    assert service.requests == []


def test_cookies_are_sent_and_not_kept(client: httpbin.Httpbin) -> None:
    assert client.cookies.get(session="abc123") == {"session": "abc123"}
    assert client.cookies.get() == {}
    client.cookies.set(extra_query={"left": "behind"})
    assert client.cookies.get() == {}


def test_a_slow_answer_is_a_typed_error(client: httpbin.Httpbin) -> None:
    hasty = client.with_options(timeout=0.2, max_attempts=1)
    with pytest.raises(httpbin.Timeout) as caught:
        hasty.delay.get(seconds=3)
    assert isinstance(caught.value, httpbin.ConnectionFailed)
    assert caught.value.action == "delay.get"
    assert caught.value.is_retry_safe is True
    with pytest.raises(httpbin.Timeout):
        client.with_options(deadline=0.2).delay.get(seconds=3)
    assert client.delay.get(seconds=0).headers


def test_the_whole_answer(client: httpbin.Httpbin) -> None:
    answer = client.formats.with_raw_response.json()
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["slideshow"]["title"] == answer.parse().title


def test_the_connection_is_tested(client: httpbin.Httpbin, httpbin_url: str) -> None:
    assert client.test_connection().ok
    away = httpbin.Httpbin(auth="none", server=f"{httpbin_url}/status/404", max_attempts=1)
    with away:
        outcome = away.test_connection()
    assert not outcome
    assert isinstance(outcome.error, httpbin.NotFound)


def test_the_same_without_blocking(httpbin_url: str, tmp_path: Path) -> None:
    async def main() -> None:
        async with httpbin.AsyncHttpbin(
            server=httpbin_url, username="ada", password="s3cret", max_attempts=2, backoff=None
        ) as client:
            echoes = await asyncio.gather(
                *(client.echo.get(extra_query={"n": number}) for number in range(8))
            )
            assert [(echo.args or {})["n"] for echo in echoes] == [str(n) for n in range(8)]
            assert (await client.echo.post(body={"a": 1})).json_ == {"a": 1}
            assert (await client.echo.form(body={"a": "1"})).form == {"a": "1"}
            uploaded = await client.echo.upload(file=("a.txt", b"abc"))
            assert uploaded.files == {"file": "abc"}
            assert (await client.echo.text(body="abc")).data == "abc"
            assert (await client.auth.basic(user="ada", password="s3cret")).user == "ada"
            assert (await client.formats.gzip())["gzipped"] is True
            async with await client.formats.lines(count=3) as lines:
                ids = [(line.model_extra or {})["id"] async for line in lines]
            assert ids == [0, 1, 2]
            download = await client.formats.bytes(count=5000)
            assert await download.save(tmp_path / "noise.bin") == 5000
            assert (await client.redirects.absolute(times=2)).url
            with pytest.raises(httpbin.NotFound):
                await client.status.get(code=404)
            with pytest.raises(httpbin.BadGateway) as caught:
                await client.status.get(code=502)
            assert caught.value.attempts == 2
            with pytest.raises(httpbin.Timeout):
                await client.with_options(timeout=0.2, max_attempts=1).delay.get(seconds=3)
            answer = await client.formats.with_raw_response.json()
            assert answer.parse().title == "Sample Slide Show"
            assert (await client.test_connection()).ok

    asyncio.run(main())
