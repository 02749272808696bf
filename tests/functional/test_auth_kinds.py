"""Kinds of auth that prove a secret without sending it, from YAML to the wire."""

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Callable
from typing import Any, ClassVar

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.functional.packages import Face
from tests.services.loopback import Request
from tests.services.scripted import Reply, ScriptedService, reply

PASSWORD = "pa ss~wörd&"
KEY = "k3y-that-is-long-enough-for-every-hash-of-them"


class TestDigest:
    SPEC = """
    settings: {user: string, password: secret}
    auth: {digest: {username: "${user}", password: "${password}"}}
    actions:
      things.get:
        get: /digest-auth/{qop}/{user}/{given}/{algorithm}
        returns: any
      things.upload: {post: /upload, send: bytes, body: bytes, returns: any}
      things.moved: {get: /moved, returns: any}
      things.download: {get: /download, returns: bytes}
    """

    @pytest.mark.parametrize("algorithm", ["MD5", "SHA-256", "SHA-512"])
    @pytest.mark.parametrize("qop", ["auth", "auth-int", "none"])
    def test_a_real_service_takes_the_answer(
        self, face: Face, httpbin_url: str, qop: str, algorithm: str
    ) -> None:
        asked = {"qop": qop, "user": "ada", "given": "pa55~word", "algorithm": algorithm}
        face.options["base_url"] = httpbin_url
        settings = {"user": "ada", "password": "pa55~word"}
        found = face(lambda c: c.things.get(**asked), **settings)
        assert found == {"authenticated": True, "user": "ada"}
        expected = "look at user= or ACME_USER, password= or ACME_PASSWORD"
        with pytest.raises(face.package.Unauthorized, match=expected) as refused:
            face(lambda c: c.things.get(**asked), user="ada", password="another")
        assert refused.value.attempts == 2

    def test_the_challenge_is_kept_and_its_answers_are_counted(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("POST", "/upload", challenged, reply(json=1))
        service.on("GET", "/download", challenged, reply(content=b"x"))
        options = {"user": "ada", "password": PASSWORD}
        assert face(lambda c: c.things.upload(body=b"abc"), **options) == 1
        first, second = service.requests
        assert first.header("authorization") is None
        assert (first.body, second.body) == (b"abc", b"abc")
        assert "nc=00000001" in (second.header("authorization") or "")
        assert face(lambda c: c.things.download(), **options) == b"x"

    def test_a_body_that_can_be_sent_once_is_sent_once(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("GET", "/upload", challenged)
        service.on("POST", "/upload", reply(json=1))
        parts = iter([b"abc", b"def"])
        assert face(lambda c: c.things.upload(body=parts), user="ada", password=PASSWORD) == 1
        probe, call = service.requests
        assert (probe.method, probe.body) == ("GET", b"")
        assert call.body == b"abcdef"
        assert "qop=auth" in (call.header("authorization") or "")

    def test_a_redirect_is_answered_for_its_own_address(
        self, face: Face, service: ScriptedService
    ) -> None:
        away = reply(302, headers={"Location": "/elsewhere?x=1"})
        service.on("GET", "/moved", challenged, away)
        service.on("GET", "/elsewhere", reply(json=2))
        assert face(lambda c: c.things.moved(), user="ada", password=PASSWORD) == 2
        assert 'uri="/elsewhere?x=1"' in (service.requests[-1].header("authorization") or "")

    def test_a_service_that_wants_something_else_is_refused(
        self, face: Face, service: ScriptedService
    ) -> None:
        for told in ("Basic realm=x", 'Digest nonce="a", algorithm=CRC', 'Digest realm="only"'):
            service.on("GET", "/moved", reply(401, headers={"WWW-Authenticate": told}))
            with pytest.raises(face.package.Unauthorized) as refused:
                face(lambda c: c.things.moved(), user="ada", password=PASSWORD)
            assert refused.value.attempts == 1


def challenged(request: Request) -> Reply:
    told = (
        'Digest realm="here, \\"there\\"", nonce="n0nce", algorithm=SHA-256, qop="auth,auth-int", '
        'opaque="o", Basic realm="here"'
    )
    old = 'Digest realm="here", nonce="older", algorithm=MD5'
    return reply(401, headers=[("WWW-Authenticate", old), ("WWW-Authenticate", told)])


class TestWsse:
    SPEC = """
    settings: {user: string, password: secret, hash: string = x}
    auths:
      usual: {wsse: {username: "${user}", password: "${password}"}}
      strong: {wsse: {username: "${user}", password: "${password}", hash: sha256}}
      written: {wsse: {username: "${user}", password: "${password}", encoding: hex}}
    auth: usual
    actions:
      things.usual: {get: "/things/${hash}", returns: any}
      things.strong: {get: /things/strong, auth: strong, returns: any}
      things.written: {get: /things/written, auth: written, returns: any}
    """

    def test_the_digest_is_what_the_profile_says(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("GET", re.compile("/things/.*"), reply(json=1))
        seen = set()
        for name in ("usual", "strong", "written", "usual"):
            face(_called(name), user="ada", password=PASSWORD)
            sent = service.requests[-1].header("x-wsse") or ""
            match = re.fullmatch(
                r'UsernameToken Username="ada", PasswordDigest="([^"]+)", '
                r'Nonce="([^"]+)", Created="([^"]+)"',
                sent,
            )
            assert match is not None, sent
            digest, nonce, created = match.groups()
            seen.add(nonce)
            raw = nonce.encode() if name == "written" else base64.b64decode(nonce)
            over = raw + created.encode() + PASSWORD.encode()
            made = hashlib.new("sha256" if name == "strong" else "sha1", over)
            expected = made.hexdigest().encode() if name == "written" else made.digest()
            assert base64.b64decode(digest) == expected
            assert abs(time.time() - _epoch(created)) < 60
        assert len(seen) == 4
        with pytest.raises(face.package.ConfigurationError, match="quote"):
            face(lambda c: c.things.usual(), user='a"b', password=PASSWORD)


def _called(name: str) -> Callable[[Any], Any]:
    return lambda client: getattr(client.things, name)()


def _epoch(written: str) -> float:
    import datetime as dt

    return dt.datetime.fromisoformat(written).timestamp()


class TestJwt:
    SPEC = """
    settings: {key: secret, private_key?: secret, issuer: string = ada}
    auth:
      one_of:
        shared:
          jwt: {key: "${key}", claims: {iss: "${issuer}", aud: things}, lifetime: 2m}
        signed:
          jwt:
            key: ${private_key ?? key}
            algorithm: ES256
            headers: {kid: key-1}
            claims: {sub: "${issuer}", nbf: "${now}", uri: "${request.method} ${request.target}"}
            apply: header.X-Token
    actions:
      things.get: {get: /things, query: {q?: string}, returns: any}
    """

    def test_a_shared_secret_signs_and_the_token_is_kept(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("GET", "/things", reply(json=1))
        face(lambda c: c.things.get(), auth="shared", key=KEY)
        sent = (service.requests[-1].header("authorization") or "").removeprefix("Bearer ")
        claims = jwt.decode(sent, KEY, algorithms=["HS256"], audience="things", issuer="ada")
        assert claims["exp"] - claims["iat"] == 120
        with pytest.raises(jwt.InvalidSignatureError):
            jwt.decode(sent, KEY + "x", algorithms=["HS256"], audience="things")

    def test_a_private_key_signs_each_request(self, face: Face, service: ScriptedService) -> None:
        service.on("GET", "/things", reply(json=1))
        private = ec.generate_private_key(ec.SECP256R1())
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()
        for text in (pem, pem.replace("\n", "\\n")):
            face(lambda c: c.things.get(q="a b"), auth="signed", key=KEY, private_key=text)
            sent = service.requests[-1].header("x-token") or ""
            claims = jwt.decode(sent, private.public_key(), algorithms=["ES256"])
            assert claims["uri"] == "GET /things?q=a%20b"
            assert jwt.get_unverified_header(sent)["kid"] == "key-1"
            assert isinstance(claims["nbf"], int)

    def test_a_key_that_is_none_is_told_without_it(self, face: Face) -> None:
        with pytest.raises(face.package.ConfigurationError, match="cannot sign by ES256") as told:
            face(lambda c: c.things.get(), auth="signed", key=KEY, private_key="n0t a key")
        assert "n0t a key" not in repr(told.value)
        with pytest.raises(face.package.ConfigurationError, match="key= or ACME_KEY"):
            face(lambda c: c.things.get(), auth="shared")


class TestSignature:
    SPEC = """
    settings: {key: secret, account: string}
    auths:
      signed:
        signature:
          over: "${now | date epoch}${request.method}${request.target}${request.body}"
          key: ${key}
          apply: header.X-Sign
          format: v1=${signature} by ${account}
      stamped: {custom: {headers: {X-Time: "${now | date epoch}", X-Account: "${account}"}}}
      queried:
        signature:
          over: ${request.query}
          key: ${key}
          key_encoding: hex
          hash: hmac_sha512
          encoding: base64
          apply: query.signature
      account: {token: {value: "${account}", apply: query.account}}
      hashed:
        signature:
          over: ${account}${request.body | sha256 | hex}${key}
          hash: sha1
          apply: header.X-Hash
    auth: {all_of: [{custom: {headers: {X-Account: "${account}"}}}]}
    actions:
      things.create: {post: /things, auth: [stamped + signed], body: {title: string}, returns: any}
      things.list: {get: /things, auth: [queried + account], query: {q: string}, returns: any}
      things.upload: {post: /upload, auth: hashed, send: bytes, body: bytes, returns: any}
    """
    SETTINGS: ClassVar = {"key": "00ff10ab", "account": "acc"}

    def test_a_signature_is_over_what_is_sent(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/things", reply(503), reply(json=1))
        options: dict[str, Any] = {**self.SETTINGS, "backoff": None, "retry_all_errors": True}
        with pytest.raises(face.package.ServiceUnavailable):
            face(lambda c: c.things.create(title="ä"), **options)
        call = service.requests[-1]
        over = f"{call.header('x-time')}POST/things".encode() + call.body
        expected = hmac.new(b"00ff10ab", over, "sha256").hexdigest()
        assert call.header("x-sign") == f"v1={expected} by acc"

    def test_it_covers_what_other_credentials_add(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("GET", "/things", reply(json=1))
        face(lambda c: c.things.list(q="ä b"), **self.SETTINGS)
        query = service.requests[-1].query
        signed, _, signature = query.partition("&signature=")
        assert signed == "q=%C3%A4%20b&account=acc"
        made = hmac.new(bytes.fromhex("00ff10ab"), signed.encode(), "sha512").digest()
        from urllib.parse import unquote

        assert base64.b64decode(unquote(signature)) == made
        with pytest.raises(face.package.ConfigurationError, match="the key is not hex"):
            face(lambda c: c.things.list(q="x"), key="zz top", account="acc")

    def test_bytes_are_signed_as_they_are(self, face: Face, service: ScriptedService) -> None:
        service.on("POST", "/upload", reply(json=1))
        body = b"\xff\x00binary"
        face(lambda c: c.things.upload(body=body), **self.SETTINGS)
        over = "acc" + hashlib.sha256(body).hexdigest() + "00ff10ab"
        expected = hashlib.sha1(over.encode()).hexdigest()
        assert service.requests[-1].header("x-hash") == expected
        with pytest.raises(face.package.ConfigurationError, match="in parts cannot be signed"):
            face(lambda c: c.things.upload(body=iter([b"a"])), **self.SETTINGS)


class TestAlternatives:
    SPEC = """
    settings: {bearer?: secret, key?: secret, app?: string, user?: string, password?: secret}
    auths:
      oauth: {token: "${bearer}"}
      key: {token: {value: "${key}", apply: header.X-Key}}
      app: {custom: {headers: {X-App: "${app}"}, cookies: {app: "${app}"}}}
    auth:
      one_of:
        person: {digest: {username: "${user}", password: "${password}"}}
        machine: {all_of: [{token: {value: "${key}", apply: header.X-Key}},
                           {wsse: {username: "${app}", password: "${password}"}}]}
        nobody: none
    actions:
      things.any: {get: /any, auth: [oauth, key + app, none], returns: any}
      things.some: {get: /some, auth: [oauth, key + app], returns: any}
      things.default: {get: /default, returns: any}
    """

    def test_the_first_whose_settings_are_given_is_taken(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("GET", "/any", reply(json=1))
        cases: list[tuple[dict[str, str], tuple[str | None, ...]]] = [
            ({"bearer": "t0ken", "key": "k", "app": "a"}, ("Bearer t0ken", None, None, None)),
            ({"key": "k3y", "app": "a"}, (None, "k3y", "a", "app=a")),
            ({"key": "k3y"}, (None, None, None, None)),
        ]
        for given, expected in cases:
            face(lambda c: c.things.any(), auth="nobody", **given)
            sent = service.requests[-1]
            names = ("authorization", "x-key", "x-app", "cookie")
            assert tuple(map(sent.header, names)) == expected
        with pytest.raises(face.package.ConfigurationError) as told:
            face(lambda c: c.things.some(), auth="nobody", key="k3y")
        assert "key + app needs key= or ACME_KEY, app= or ACME_APP" in str(told.value)

    def test_the_only_kind_whose_settings_are_given_needs_no_choice(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("GET", "/default", reply(json=1))
        given = {"key": "k3y", "app": "a", "password": PASSWORD}
        face(lambda c: c.things.default(), **given)
        sent = service.requests[-1]
        assert sent.header("x-key") == "k3y"
        assert (sent.header("x-wsse") or "").startswith('UsernameToken Username="a"')
        face(lambda c: c.things.default())
        assert service.requests[-1].header("x-key") is None
        with pytest.raises(face.package.ConfigurationError, match="choose how to authenticate"):
            face(lambda c: c.things.default(), user="ada", **given)


class TestCustom:
    SPEC = """
    settings: {key: secret, account: string, note?: string}
    auth:
      custom:
        headers: {X-Key: "${key}", X-Note: "${note}", X-At: "${now | date epoch}"}
        query: {account: "${account}", nonce: "${nonce}"}
        cookies: {seal: "${request.method | lower}-${key}"}
        body: {login: {account: "${account}", key: "${key}"}, version: 2}
    retry: {backoff: none}
    actions:
      things.create: {put: /things, query: {account?: string}, body: {title: string}, returns: any}
      things.tag: {put: /tags, send: form, cookies: {own: = x}, body: {tag: string}, returns: any}
    """

    def test_values_go_everywhere_and_are_new_for_each_attempt(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("PUT", "/things", reply(503), reply(json=1))
        settings = {"key": "k3y-of-all", "account": "acc"}
        assert face(lambda c: c.things.create(title="x"), **settings) == 1
        first, second = service.requests
        assert second.json() == {
            "title": "x",
            "login": {"account": "acc", "key": "k3y-of-all"},
            "version": 2,
        }
        assert second.header("x-key") == "k3y-of-all"
        assert second.header("x-note") is None
        assert (second.header("x-at") or "").isdigit()
        assert second.header("cookie") == "seal=put-k3y-of-all"
        assert second.query.startswith("account=acc&nonce=")
        assert first.query != second.query

    def test_what_a_call_sends_itself_stays_but_where_the_kind_says_otherwise(
        self, face: Face, service: ScriptedService
    ) -> None:
        service.on("PUT", re.compile("/things|/tags"), reply(json=1))
        settings = {"key": "k3y-of-all", "account": "acc", "note": "n"}
        face(lambda c: c.things.create(title="x", account="other"), **settings)
        assert service.requests[-1].query.startswith("account=acc&nonce=")
        assert service.requests[-1].header("x-note") == "n"
        face(lambda c: c.things.tag(tag="a b"), **settings)
        call = service.requests[-1]
        assert call.header("cookie") == "own=x; seal=put-k3y-of-all"
        assert call.body.startswith(b"tag=a+b&")
        with pytest.raises(face.package.ConfigurationError, match="key= or ACME_KEY"):
            face(lambda c: c.things.tag(tag="x"), account="acc", note="n")
