"""OAuth 1 and AWS signatures against what their publishers have published, and other makers."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oauthlib.oauth1 import Client
from oauthlib.oauth1.rfc5849 import signature as reference

from ferrule_runtime.credentials import aws, oauth1
from ferrule_runtime.credentials.outgoing import Outgoing
from ferrule_runtime.credentials.proofs import AwsSigV4, OAuth1
from ferrule_runtime.flows.classify import Classifier
from ferrule_runtime.plan import Plan
from ferrule_runtime.scope import Scope
from ferrule_runtime.urls import parse_url
from ferrule_runtime.wire import Body, Call, Lines

FORM = (b"content-type", b"application/x-www-form-urlencoded")


def request(
    url: str,
    method: str = "GET",
    headers: Lines | None = None,
    content: Any = None,
    now: float = 0.0,
    nonce: str = "",
) -> Outgoing:
    origin, path, query = parse_url(url)
    target = (path or "/") + (f"?{query}" if query else "")
    plan = Plan("x", "/x", Classifier())
    call = Call(plan, method.encode(), origin, target, headers or [], content)
    call.moment = (0, now, nonce)
    return Outgoing(call)


def sent(credential: Any) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in credential.headers}


def test_the_example_of_oauth_core() -> None:
    kind = OAuth1(
        "dpf43f3p2l4k3l03",
        "kd94hf93k423kf44",
        "nnch734d00sl2jdk",
        "pfkkdhi9sl3r4s00",
        realm="http://photos.example.net/",
    )
    url = "http://photos.example.net/photos?file=vacation.jpg&size=original"
    asked = request(url, now=1191242096, nonce="kllo9940pd9333jh")
    text = sent(oauth1.oauth1(kind, Scope({}), asked))["authorization"]
    assert text.startswith('OAuth realm="http://photos.example.net/", oauth_consumer_key=')
    assert 'oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D"' in text


def test_the_example_of_rfc_5849_with_a_form() -> None:
    parameters = {
        "oauth_consumer_key": "9djdj82h48djs9d2",
        "oauth_token": "kkk9d7dh3k39sjv7",
        "oauth_signature_method": "HMAC-SHA1",
        "oauth_timestamp": "137131201",
        "oauth_nonce": "7d8f3e4a",
    }
    url = "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b"
    asked = request(url, "post", [FORM], b"c2&a3=2+q")
    assert oauth1.base_text(parameters, asked) == (
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q"
        "%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_"
        "key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_m"
        "ethod%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk"
        "9d7dh3k39sjv7"
    )


@settings(max_examples=50)
@given(
    st.sampled_from(["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"]),
    st.text(max_size=20),
    st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=8), max_size=4),
)
def test_another_maker_makes_the_same(method: str, secret: str, query: dict[str, str]) -> None:
    from urllib.parse import urlencode

    try:
        text = urlencode(query)
    except UnicodeEncodeError:
        return
    parameters = {"oauth_nonce": "n", "oauth_signature_method": method}
    asked = request(f"https://api.example.com/a%20b?{text}" if text else "https://api.example.com/")
    mine = oauth1.signature(method, (secret, "t&"), parameters, asked)
    pairs: Any = [*parameters.items(), *query.items()]
    base = reference.signature_base_string(
        "GET",
        reference.base_string_uri(asked.origin.text + asked.path),
        reference.normalize_parameters(pairs),
    )
    maker = getattr(reference, f"sign_{method.lower().replace('-', '_')}_with_client")
    client = Client("key", client_secret=secret, resource_owner_secret="t&")
    assert mine == maker(base, client)


def test_a_form_in_parts_is_not_signed() -> None:
    body = Body(lambda: iter([b"x"]), 1, is_replayable=False)
    with pytest.raises(ValueError, match="in parts"):
        oauth1.base_text({}, request("https://a.example/", "POST", [FORM], body))
    with pytest.raises(ValueError, match="in parts"):
        aws.aws_sigv4(AWS, Scope({}), request("https://a.example/", "POST", [], body))


AWS = AwsSigV4(
    "AKIDEXAMPLE",
    "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    region="us-east-1",
    service="service",
)
TIME = 1440938160.0
"""2015-08-30T12:36:00Z, the time of the published test suite."""


@pytest.mark.parametrize(
    ("method", "target", "headers", "content", "signature"),
    [
        ("GET", "", [], None, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        (
            "GET",
            "?Param2=value2&Param1=value1",
            [],
            None,
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
        ),
        ("POST", "", [], None, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        (
            "POST",
            "",
            [FORM],
            b"Param1=value1",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        ),
    ],
)
def test_the_vectors_of_the_publisher(
    method: str, target: str, headers: Any, content: Any, signature: str
) -> None:
    asked = request(f"https://example.amazonaws.com{target}", method, headers, content, now=TIME)
    text = sent(aws.aws_sigv4(AWS, Scope({}), asked))["authorization"]
    assert text.endswith(f"Signature={signature}")
    assert "Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, " in text


def test_what_a_store_of_objects_wants() -> None:
    kind = AwsSigV4(
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        region="us-east-1",
        service="s3",
    )
    url = "https://examplebucket.s3.amazonaws.com/?lifecycle"
    told = sent(aws.aws_sigv4(kind, Scope({}), request(url, now=1369353600.0)))
    expected = "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
    assert told["authorization"].endswith(f"Signature={expected}")
    url = "https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"
    told = sent(aws.aws_sigv4(kind, Scope({}), request(url, now=1369353600.0)))
    expected = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    assert told["authorization"].endswith(f"Signature={expected}")
    body = Body(lambda: iter([b"x"]), 1, is_replayable=False)
    told = sent(aws.aws_sigv4(kind, Scope({}), request(url, "PUT", [], body, now=1369353600.0)))
    assert told["x-amz-content-sha256"] == "UNSIGNED-PAYLOAD"
