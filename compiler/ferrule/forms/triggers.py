"""Triggers: lists that are asked for what is new, and webhooks that a service sends."""

from typing import Literal

from msgspec import field

from ferrule.forms.fields import (
    AnswerPlaceWord,
    DurationWord,
    Form,
    MatchedPlaceWord,
    ReadPlaceWord,
    TemplateWord,
    TypeWord,
)


class Poll(Form, frozen=True, kw_only=True):
    """What is new in a list: by the field that grows, each item once by its id."""

    action: str
    cursor: str
    id: str
    every: DurationWord | None = None
    newest_first: bool = False


class Webhook(Form, frozen=True, kw_only=True):
    """How a webhook is proven to come from the service, and which event it is."""

    sign: Literal["hmac_sha1", "hmac_sha256", "hmac_sha512"]
    key: TemplateWord
    key_encoding: Literal["text", "base64", "hex"] | None = None
    over: TemplateWord | None = None
    in_: MatchedPlaceWord = field(name="in")
    encoding: Literal["hex", "base64"] | None = None
    timestamp: ReadPlaceWord | None = None
    tolerance: DurationWord | None = None
    id: AnswerPlaceWord | None = None
    type: MatchedPlaceWord | None = None
    data: AnswerPlaceWord | None = None
    events: dict[str, TypeWord] = field(default_factory=dict)


class Trigger(Form, frozen=True, kw_only=True):
    """One of the two, which the check pass makes sure of."""

    poll: Poll | None = None
    webhook: Webhook | None = None
