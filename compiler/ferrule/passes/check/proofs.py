"""Proves the kinds of auth that sign: a key where one is needed, nothing signed over itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule.forms.kinds import CONSUMER
from ferrule.forms.spec import Auth
from ferrule.forms.tree import Path
from ferrule.passes.check.context import Context, quoted
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.proofs import Jwt, OAuth1, Signature


_HMAC = "hmac_"


def check_proofs(context: Context, auth: Auth, path: Path) -> None:
    """Check what a kind that signs says beyond its look-ups."""
    if auth.signature is not None:
        where = (*path, "signature")
        check_apply(context, auth.signature.apply, (*where, "apply"))
        _check_key(context, auth.signature, where)
        _check_circle(context, auth.signature, where)
        _check_format(context, auth.signature, where)
    if auth.oauth1 is not None:
        _check_consumer(context, auth.oauth1, (*path, "oauth1"))
    if auth.jwt is not None:
        check_apply(context, auth.jwt.apply, (*path, "jwt", "apply"))
        _check_claims(context, auth.jwt, (*path, "jwt"))


def check_apply(context: Context, place: ast.RequestPlace | None, path: Path) -> None:
    """Check that what proves who is calling does not stand where everybody reads it."""
    if place is not None and place.where == "path":
        message = "a token in the path would show in every log"
        advice = "it goes into a header, the query, a cookie or the body"
        context.at_value("secret-in-url", path, message, help=advice)


def _check_key(context: Context, signature: Signature, path: Path) -> None:
    """An HMAC has a key; a plain hash has none, and the secret stands in what it is made of."""
    name = signature.hash or "hmac_sha256"
    needs_key = name.startswith(_HMAC)
    if needs_key and signature.key is None and context.is_whole((*path, "key")):
        message = f"{quoted(name)} needs a key"
        context.at_key("missing-key", path, message, help="such as `key: ${secret}`")
    if not needs_key and signature.key is not None:
        message = f"{quoted(name)} takes no key: it would be left unused"
        advice = f"write `hash: {_HMAC}{name}`, or put the secret into `over`"
        context.at_key("signature-parts", (*path, "key"), message, help=advice)
    if signature.key is None and signature.key_encoding is not None:
        message = "there is no key that could be written in this way"
        context.at_key("signature-parts", (*path, "key_encoding"), message)


def _check_circle(context: Context, signature: Signature, path: Path) -> None:
    """A signature that stands in what it is made of can never be made."""
    if signature.apply.where != "body":
        return
    for reference in signature.over.references:
        if reference.names == ("request", "body"):
            message = "`request.body` would hold the signature that is made of it"
            advice = "put the signature into a header or the query"
            context.inside("signature-parts", (*path, "over"), reference, message, help=advice)


def _check_format(context: Context, signature: Signature, path: Path) -> None:
    form = signature.format
    if form is not None and all(each.names != ("signature",) for each in form.references):
        message = "the signature itself does not stand in `format`"
        context.at_value(
            "signature-parts", (*path, "format"), message, help="write `${signature}` in it"
        )


def _check_consumer(context: Context, oauth1: OAuth1, path: Path) -> None:
    """The client's own settings are there, and a token comes with its secret."""
    known = [key.removesuffix("?") for key in context.names("settings")]
    for name in CONSUMER:
        if getattr(oauth1, name) is None and name not in known:
            message = f"`oauth1` needs the setting {quoted(name)}, or `{name}:`"
            type_ = "secret" if name == "consumer_secret" else "string"
            advice = f"add `settings: {{{name}: {type_}}}`"
            context.at_key("unknown-reference", path, message, help=advice)
    for one, other in (("token", "token_secret"), ("token_secret", "token")):
        if getattr(oauth1, one) is not None and getattr(oauth1, other) is None:
            message = f"`{one}` is of no use without `{other}`"
            context.at_key("missing-key", (*path, one), message)


def _check_claims(context: Context, jwt: Jwt, path: Path) -> None:
    if jwt.lifetime is not None and "exp" in jwt.claims:
        message = "`exp` and `lifetime` both say when the token ends"
        notes = [((*path, "lifetime"), "said here too")]
        context.at_key("exactly-one", (*path, "claims", "exp"), message, notes=notes)
    if jwt.lifetime is not None and jwt.lifetime.seconds < 1:
        message = "a token lasts a second at least: its times are whole seconds"
        context.at_value("out-of-range", (*path, "lifetime"), message)
