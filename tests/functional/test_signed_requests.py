"""Requests signed by OAuth 1 and for AWS, held against verifiers that others wrote."""

import http.client
import json
import re
from typing import ClassVar
from urllib.parse import urlsplit

import pytest

from tests.functional.packages import Face
from tests.services.loopback import Request
from tests.services.oauth1 import Verifier
from tests.services.scripted import Reply, ScriptedService, reply

SECRETS = {"consumer_secret": "c0nsumer/+secret&", "token_secret": "t0ken ~secret="}


class TestOAuth1:
    SPEC = """
    settings:
      {consumer_key: string, consumer_secret: secret, token_key: secret, token_secret: secret}
    auths:
      usual: {oauth1: {token: "${token_key}", token_secret: "${token_secret}"}}
      realm:
        oauth1:
          token: "${token_key}"
          token_secret: "${token_secret}"
          realm: account-1
          signature_method: HMAC-SHA256
      long:
        oauth1:
          token: "${token_key}"
          token_secret: "${token_secret}"
          signature_method: HMAC-SHA512
    auth: usual
    actions:
      things.list: {get: "/things/{name}", query: {q?: string, tag?: list(string)}, returns: any}
      things.create:
        post: /things
        auth: realm
        send: form
        body: {title: string, q: string}
        returns: any
      things.update: {put: /things, auth: long, body: {title: string}, returns: any}
    """
    SETTINGS: ClassVar = {
        "consumer_key": "consumerkeyofadalovelace",
        "token_key": "tokenofadaandofnobodyelse",
        **SECRETS,
    }

    def test_a_verifier_of_another_maker_takes_it(
        self, face: Face, service: ScriptedService
    ) -> None:
        verifier = Verifier(
            consumer_key=self.SETTINGS["consumer_key"],
            token=self.SETTINGS["token_key"],
            realm="account-1",
            **SECRETS,
        )

        def verified(request: Request) -> Reply:
            is_good = verifier.takes(request, service.url)
            return reply(200 if is_good else 401, json=is_good)

        service.on("*", re.compile("/things.*"), reply(503, headers={"Retry-After": "0"}), verified)
        name, settings = "a b/ü", self.SETTINGS
        assert face(lambda c: c.things.list(name=name, q="ä & b=", tag=["x", "y"]), **settings)
        assert face(lambda c: c.things.create(title="a b+c%", q="~"), **settings)
        sent = service.requests[-1].header("authorization") or ""
        assert 'realm="account-1"' in sent
        assert face(lambda c: c.things.update(title="x"), **settings)
        for wrong in ("consumer_secret", "token_secret"):
            with pytest.raises(face.package.Unauthorized):
                face(lambda c: c.things.update(title="x"), **{**settings, wrong: "another one"})


class TestAws:
    SPEC = """
    settings:
      access_key: string
      secret_key: secret
      session_token?: secret
      region: string = us-east-1
    auths:
      iam:
        aws_sigv4:
          access_key: "${access_key}"
          secret_key: "${secret_key}"
          region: "${region}"
          service: iam
      s3:
        aws_sigv4:
          access_key: "${access_key}"
          secret_key: "${secret_key}"
          session_token: "${session_token}"
          region: "${region}"
          service: s3
    auth: s3
    actions:
      users.ask:
        post: /
        auth: iam
        send: form
        body:
          Version: = 2010-05-08
          Action: string
          UserName: string
          PolicyName?: string
          PolicyDocument?: string
        returns: text
      buckets.create: {put: "/{bucket}", returns: none}
      objects.put:
        put: "/{bucket}/{key:slashes}"
        headers: {X-Amz-Meta-Note?: string}
        send: bytes
        body: bytes
      objects.get: {get: "/{bucket}/{key:slashes}", returns: bytes}
      objects.list: {get: "/{bucket}", query: {prefix?: string, list-type: = 2}, returns: text}
    """

    def keys(self, face: Face, moto_url: str) -> dict[str, str]:
        """The keys of a new user who may do anything; from here on nobody may without."""
        place = urlsplit(moto_url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
        connection.request("POST", "/moto-api/reset")
        connection.getresponse().read()
        connection.request("POST", "/moto-api/reset-auth", b"3")
        connection.getresponse().read()
        connection.close()
        nobody = {"access_key": "AKIANOBODY", "secret_key": "none"}
        ask = face.options | nobody
        policy = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [policy]})
        face(lambda c: c.users.ask(action="CreateUser", user_name="ada"), **ask)
        face(
            lambda c: c.users.ask(
                action="PutUserPolicy",
                user_name="ada",
                policy_name="all",
                policy_document=document,
            ),
            **ask,
        )
        text = face(lambda c: c.users.ask(action="CreateAccessKey", user_name="ada"), **ask)
        found = {name: re.search(f"<{name}>(.*?)</{name}>", text) for name in _OF_KEY}
        return {_OF_KEY[name]: match[1] for name, match in found.items() if match}

    def test_every_request_is_held_against_its_signature(self, face: Face, moto_url: str) -> None:
        face.options["base_url"] = moto_url
        keys = self.keys(face, moto_url)
        content = b"\x00\xff" * 500
        name = "a folder/ä+b=c&d~(1).bin"
        face(lambda c: c.buckets.create(bucket="things"), **keys)
        face(
            lambda c: c.objects.put(
                bucket="things", key=name, body=content, x_amz_meta_note="two  blanks"
            ),
            **keys,
        )
        assert face(lambda c: c.objects.get(bucket="things", key=name), **keys) == content
        listed = face(lambda c: c.objects.list(bucket="things", prefix="a folder/ä"), **keys)
        assert "<KeyCount>1</KeyCount>" in listed
        parts = iter([content])
        face(lambda c: c.objects.put(bucket="things", key="x", body=parts), **keys)
        assert face(lambda c: c.objects.get(bucket="things", key="x"), **keys) == content
        for wrong in ("access_key", "secret_key"):
            with pytest.raises(face.package.Forbidden):
                face(
                    lambda c: c.objects.get(bucket="things", key=name),
                    **{**keys, wrong: "another-one"},
                )


_OF_KEY = {"AccessKeyId": "access_key", "SecretAccessKey": "secret_key"}
