"""Spells the kinds of auth that prove a secret instead of sending it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ferrule.forms.code import Code
from ferrule.forms.fields import Form
from ferrule.forms.kinds import CONSUMER, PROOFS
from ferrule.forms.reading import fields_of
from ferrule.forms.spec import Auth
from ferrule.passes.resolve.lowering import Lowering
from ferrule.python_text import NONE, literal
from ferrule.words import ast

if TYPE_CHECKING:
    from ferrule.forms.oauth import Assertion
    from ferrule.forms.proofs import Jwt, OAuth1, Signature


def proof(lowering: Lowering, auth: Auth) -> Code | None:
    """The constructor of the kind, where it is one of these."""
    form = next((found for key in PROOFS if (found := getattr(auth, key)) is not None), None)
    if form is None:
        return None
    from ferrule.forms.proofs import Jwt, OAuth1, Signature

    match form:
        case Jwt():
            return _jwt(lowering, form)
        case Signature():
            return _signature(lowering, form)
        case OAuth1():
            return _oauth1(lowering, form)
        case _:
            return lowering.make(type(form).__name__, **_templates(lowering, form))


def applied(
    lowering: Lowering, place: ast.RequestPlace | None, scheme: ast.Template | None
) -> dict[str, Code | None]:
    """Where a token goes, and what stands before it."""
    apply = None if place is None else lowering.target(place)
    if scheme is None:
        return {"apply": apply}
    if scheme.is_constant:
        text = "".join(map(str, scheme.parts))
        return {"apply": apply, "scheme": NONE if text == "none" else literal(text)}
    return {"apply": apply, "scheme": lowering.template(scheme)}


def _templates(lowering: Lowering, form: Form) -> dict[str, Code | None]:
    """The words and templates of a form whose fields the runtime calls the same."""
    found: dict[str, Code | None] = {}
    for name in fields_of(type(form)):
        value = getattr(form, name)
        if isinstance(value, ast.Template):
            found[name] = lowering.template(value)
        elif isinstance(value, str):
            found[name] = literal(value)
    return found


def _jwt(lowering: Lowering, form: Jwt) -> Code:
    return signed(lowering, form, **applied(lowering, form.apply, form.scheme))


def signed(lowering: Lowering, form: Jwt | Assertion, **more: Code | None) -> Code:
    """A token that the client signs itself."""
    return lowering.make(
        "Jwt",
        lowering.template(form.key),
        algorithm=None if form.algorithm is None else literal(form.algorithm),
        claims=lowering.values(form.claims) if form.claims else None,
        headers=lowering.values(form.headers) if form.headers else None,
        lifetime=None if form.lifetime is None else literal(form.lifetime.seconds),
        **more,
    )


def _oauth1(lowering: Lowering, form: OAuth1) -> Code:
    """The client's key and secret are the settings of these names unless they are given."""
    client = {key: lowering.make("ref", literal(key)) for key in CONSUMER}
    return lowering.make("OAuth1", **{**client, **_templates(lowering, form)})


def _signature(lowering: Lowering, form: Signature) -> Code:
    return lowering.make(
        "Signature", **_templates(lowering, form), apply=lowering.target(form.apply)
    )
