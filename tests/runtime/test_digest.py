"""Digest authentication against the examples of the RFCs, and against hostile challenges."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ferrule_runtime.credentials.digest import answer, challenges_in, strongest
from ferrule_runtime.credentials.outgoing import Outgoing
from ferrule_runtime.flows.classify import Classifier
from ferrule_runtime.plan import Plan
from ferrule_runtime.wire import Body, Call, Origin


def request(target: str = "/dir/index.html", content: Any = None) -> Outgoing:
    plan = Plan("x", "/x", Classifier())
    origin = Origin("http", "www.example.org", 80)
    return Outgoing(Call(plan, b"GET", origin, target, [], content))


def challenge(*told: str) -> Any:
    found = strongest(
        challenges_in([(b"WWW-Authenticate", each.encode("latin-1")) for each in told])
    )
    assert found is not None
    return found


RFC_7616 = (
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={}, '
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", '
    'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
)
CLIENT_NONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_rfc_7616(algorithm: str, response: str) -> None:
    text = answer(
        challenge(RFC_7616.format(algorithm)),
        "Mufasa",
        "Circle of Life",
        request(),
        number=1,
        client_nonce=CLIENT_NONCE,
    )
    assert f'response="{response}"' in text
    assert "qop=auth, nc=00000001" in text


def test_the_example_of_rfc_2617() -> None:
    told = challenge(
        'Digest realm="testrealm@host.com", qop="auth,auth-int", '
        'nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
    )
    text = answer(told, "Mufasa", "Circle Of Life", request(), number=1, client_nonce="0a4f113b")
    assert 'response="6629fae49393a05397450978507c4ef1"' in text


def test_without_quality_and_by_session() -> None:
    plain = challenge('Digest realm="r", nonce="n"')
    text = answer(plain, "a", "b", request(), number=1, client_nonce="c")
    assert "qop" not in text
    assert "nc=" not in text
    session = challenge('Digest realm="r", nonce="n", algorithm=MD5-sess, qop=auth')
    assert "algorithm=MD5-sess" in answer(session, "a", "b", request(), number=15, client_nonce="c")


def test_users_are_hashed_or_encoded_where_that_is_asked_for() -> None:
    told = challenge('Digest realm="r", nonce="n", userhash=true, charset=UTF-8, algorithm=SHA-256')
    text = answer(told, "Jäsøn Doe", "pw", request(), number=1, client_nonce="c")
    assert "userhash=true" in text
    assert "Doe" not in text
    plain = challenge('Digest realm="r", nonce="n", charset=UTF-8')
    text = answer(plain, "Jäsøn", "pw", request(), number=1, client_nonce="c")
    assert "username*=UTF-8''J%C3%A4s%C3%B8n" in text


def test_the_strongest_is_answered() -> None:
    both = challenge(
        'Basic realm="x", Digest realm="a, \\"b\\"", nonce="1", algorithm=MD5, Bearer',
        'Digest nonce="2", realm="c", algorithm=SHA-256, qop=auth',
    )
    assert (both.algorithm, both.nonce) == ("SHA-256", "2")
    assert strongest(challenges_in([(b"www-authenticate", b'Digest nonce="x", qop="y"')])) is None


def test_a_body_that_nobody_has_is_not_signed() -> None:
    told = challenge('Digest realm="r", nonce="n", qop=auth-int')
    body = Body(lambda: iter([b"x"]), 1, is_replayable=False)
    with pytest.raises(ValueError, match="in parts"):
        answer(told, "a", "b", request(content=body), number=1, client_nonce="c")
    text = answer(told, "a", "b", request(content=b"x"), number=1, client_nonce="c")
    assert "qop=auth-int" in text


@given(st.text(st.characters(max_codepoint=255), max_size=200))
def test_a_hostile_challenge_breaks_nothing(text: str) -> None:
    for told in (text, f"Digest {text}", f'Digest nonce="n", {text}'):
        found = strongest(challenges_in([(b"www-authenticate", told.encode("latin-1"))]))
        if found is not None:
            said = answer(found, 'a"b', "c", request(), number=1, client_nonce="c")
            assert said.startswith("Digest ")
