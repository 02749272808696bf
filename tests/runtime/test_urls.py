"""URLs: what is one of ours, where a reference leads, and that nothing odd is let through."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ferrule_runtime.contract import ref, template
from ferrule_runtime.urls import (
    UrlFault,
    parse_url,
    render_url,
    resolve,
    with_query,
    without_dots,
)
from ferrule_runtime.wire import Origin

OWN = Origin("https", "api.example.com", 443)


@pytest.mark.parametrize(
    ("text", "origin", "path", "query"),
    [
        ("https://api.example.com", "https://api.example.com", "", ""),
        ("https://API.Example.COM:443/a", "https://api.example.com", "/a", ""),
        ("http://x.example.com:80/a?b=c#d", "http://x.example.com", "/a", "b=c"),
        ("http://x.example.com:8080/", "http://x.example.com:8080", "/", ""),
        ("http://[::1]:8080/é x".replace(" ", ""), "http://[::1]:8080", "/%C3%A9x", ""),
        ("https://bücher.example/a%2Fb%zz", "https://xn--bcher-kva.example", "/a%2Fb%25zz", ""),
        ("https://x.example.com/a?b=[1]&c=é", "https://x.example.com", "/a", "b=[1]&c=%C3%A9"),
    ],
)
def test_a_url_is_taken_apart(text: str, origin: str, path: str, query: str) -> None:
    found = parse_url(text)
    assert (found[0].text, found[1], found[2]) == (origin, path, query)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/relative",
        "//x.example.com",
        "ftp://x.example.com",
        "javascript:alert(1)",
        "https://",
        "https://user@x.example.com",
        "https://user:pw@x.example.com",
        "https://x.example.com:99999",
        "https://x.example.com:port",
        "https://x example.com",
        "https://x.example.com/a b",
        "https://x.example.com\\@evil.example.com",
        "https://x.example.com/\n",
        "https://x.example.com/\x00",
        "https://-x.example.com",
        "https://x_.example.com..",
        "https://[::1",
        "https://x.example.com/\ud800",
    ],
)
def test_what_is_no_url_of_a_service_is_refused_without_being_told(text: str) -> None:
    with pytest.raises(UrlFault) as caught:
        parse_url(text)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("/b", "/b"),
        ("b", "/v2/b"),
        ("?c=1", "/v2/a?c=1"),
        ("./b/../c", "/v2/c"),
        ("../../../etc", "/etc"),
        ("https://api.example.com/x?y#z", "/x?y"),
        ("https://API.EXAMPLE.COM:443/x", "/x"),
        ("", "/v2/a?q=1"),
    ],
)
def test_where_a_reference_leads(reference: str, target: str) -> None:
    assert resolve(reference, OWN, "/v2/a?q=1") == (OWN, target)


@given(st.text(max_size=60))
@example("@evil.example.com/x")
@example("//evil.example.com")
@example("https:evil.example.com")
@example("https:///evil.example.com")
@example("\t//evil.example.com")
@example("http://[::1/")
@example("http://[127.0.0.1]/")
@example("//[")
def test_no_reference_leads_away_unseen(reference: str) -> None:
    """What resolves to our origin is asked of our origin: another parser agrees."""
    try:
        origin, target = resolve(reference, OWN, "/v2/a")
    except UrlFault:
        return
    assert target.startswith("/")
    assert not target.startswith("//") or origin == OWN
    again = urlsplit(origin.text + target)
    assert again.hostname == origin.host
    assert (again.username, again.password) == (None, None)
    assert all(33 <= ord(character) < 127 for character in target)


@given(
    scheme=st.sampled_from(["http", "https", "HTTPS", "ftp", "javascript", "file", ""]),
    user=st.sampled_from(["", "api.example.com@", "a:b@"]),
    host=st.sampled_from(["api.example.com", "evil.example.com", "api.example.com.evil.com", ""]),
    port=st.sampled_from(["", ":443", ":80", ":8443"]),
    rest=st.sampled_from(["", "/x", "?y", "/@api.example.com/"]),
    slashes=st.sampled_from(["//", "/", "", "///", "\\\\"]),
)
def test_only_the_very_origin_is_the_same_origin(
    scheme: str, user: str, host: str, port: str, rest: str, slashes: str
) -> None:
    port = port if scheme else ""
    beginning = f"{scheme}:" if scheme else ""
    text = f"{beginning}{slashes}{user}{host}{port}{rest}"
    try:
        origin, _ = resolve(text, OWN, "/v2/a")
    except UrlFault:
        return
    names_authority = slashes == "//" and (scheme.lower() in ("http", "https") or not scheme)
    if names_authority and host:
        effective = port or {"http": ":80"}.get(scheme.lower(), ":443")
        is_same = scheme.lower() in ("https", "") and host == OWN.host and effective == ":443"
        assert (origin == OWN) is is_same


@given(st.lists(st.sampled_from(["a", "b", ".", "..", "", "%2e%2e"]), max_size=8))
def test_no_dot_segment_is_left(segments: list[str]) -> None:
    found = without_dots("/" + "/".join(segments))
    assert found.startswith("/")
    assert not {".", ".."} & set(found.split("/"))


@pytest.mark.parametrize(
    ("target", "query", "expected"),
    [
        ("/a", "", "/a"),
        ("/a", "k=1", "/a?k=1"),
        ("/a?", "k=1", "/a?k=1"),
        ("/a?b=2", "k=1", "/a?b=2&k=1"),
        ("/a?k=old&b=2&k=older", "k=1", "/a?b=2&k=1"),
    ],
)
def test_parameters_replace_those_of_their_name(target: str, query: str, expected: str) -> None:
    assert with_query(target, query) == expected


@given(st.text(max_size=20))
def test_a_value_in_a_host_never_changes_the_domain(value: str) -> None:
    made = template("https://", ref("sub"), ".example.com/v2")
    try:
        origin, path, _ = parse_url(render_url(made, {"sub": value}))
    except UrlFault:
        return
    assert origin.host.endswith(".example.com")
    assert path == "/v2"


def test_nothing_is_a_part_of_a_name_that_stands_there() -> None:
    made = template("https://", ref("site"), ref("suffix"), ".example.com")
    assert render_url(made, {"site": "acme", "suffix": ""}) == "https://acme.example.com"
    assert render_url(made, {"site": "acme", "suffix": "-test"}) == "https://acme-test.example.com"


@pytest.mark.parametrize("before", ["https://", "https://api.", "https://api-"])
def test_an_empty_value_leaves_no_gap_in_a_host(before: str) -> None:
    made = template(before, ref("site"), ".example.com")
    with pytest.raises(UrlFault, match="site can name a part of a host only"):
        render_url(made, {"site": ""})


@given(st.text(max_size=20))
def test_a_value_in_a_path_never_climbs(value: str) -> None:
    made = template("https://x.example.com/t/", ref("tenant"), "/v2")
    try:
        origin, path, query = parse_url(render_url(made, {"tenant": value}))
    except UrlFault:
        return
    assert origin.host == "x.example.com"
    assert path.startswith("/t/")
    assert path.endswith("/v2")
    assert query == ""
    assert not {".", ".."} & set(path.split("/"))
