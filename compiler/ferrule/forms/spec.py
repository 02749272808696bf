"""ConnectorSpec: a connector as its author wrote it; words are read, nothing is resolved."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, field

from ferrule.forms.fields import (
    ONE_OR_MORE,
    AnswerPlaceWord,
    Apart,
    BackoffWord,
    CodeValue,
    ConditionWord,
    DurationWord,
    Form,
    MatchedPlaceWord,
    PathWord,
    RateWord,
    ReadPlaceWord,
    RequestPlaceWord,
    ReturnsWord,
    SplitWord,
    TemplateWord,
    TypeWord,
    WaitWord,
    Widen,
    under,
)
from ferrule.forms.shape import PLAIN_KEYS, ArrayStyle, Shape, split_plain
from ferrule.forms.timeouts import Timeout
from ferrule.forms.values import Send, Values

if TYPE_CHECKING:
    from ferrule.forms.examples import Example
    from ferrule.forms.logins import Refresh, Session
    from ferrule.forms.network import Tls
    from ferrule.forms.oauth import OAuth2
    from ferrule.forms.proofs import AwsSigV4, Digest, Jwt, OAuth1, Signature, Wsse
    from ferrule.forms.requests import Job, Request, Test
    from ferrule.forms.sweeps import Each, Items, Since
    from ferrule.forms.triggers import Trigger
else:
    # Most specs have none of these, and each costs as much as a small spec takes to compile.
    Example = Apart("ferrule.forms.examples", "Example").annotation
    Refresh, Session = (
        Apart("ferrule.forms.logins", name).annotation for name in ("Refresh", "Session")
    )
    Tls = Apart("ferrule.forms.network", "Tls").annotation
    OAuth2 = Apart("ferrule.forms.oauth", "OAuth2").annotation
    AwsSigV4, Digest, Jwt, OAuth1, Signature, Wsse = (
        Apart("ferrule.forms.proofs", name).annotation
        for name in ("AwsSigV4", "Digest", "Jwt", "OAuth1", "Signature", "Wsse")
    )
    Job, Request, Test = (
        Apart("ferrule.forms.requests", name).annotation for name in ("Job", "Request", "Test")
    )
    Each, Items, Since = (
        Apart("ferrule.forms.sweeps", name).annotation for name in ("Each", "Items", "Since")
    )
    Trigger = Apart("ferrule.forms.triggers", "Trigger").annotation

Replay = Literal["safe", "key", "never"]
LANGUAGE_VERSION = (1, 0, 0)
"""The version of the language that these forms are."""
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")


# --- auth ---


class Basic(Form, frozen=True, kw_only=True):
    """HTTP basic authentication."""

    username: TemplateWord
    password: TemplateWord


class Token(Form, frozen=True, kw_only=True):
    """A static token or API key, or one that `refresh` renews."""

    value: TemplateWord
    apply: RequestPlaceWord | None = None
    scheme: TemplateWord | None = None
    refresh: Refresh | None = None


class Custom(Form, frozen=True, kw_only=True):
    """Values put into headers, query, cookies or body of every request."""

    headers: Values = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    cookies: Values = field(default_factory=dict)
    body: Values = field(default_factory=dict)


class Auth(Form, frozen=True, kw_only=True):
    """One kind of authentication: exactly one key is given, which the check pass makes sure of."""

    none: dict[str, Any] | None = None
    basic: Basic | None = None
    token: Annotated[Token, under("value", str)] | None = None
    oauth2: OAuth2 | None = None
    custom: Custom | None = None
    one_of: dict[str, "AuthKind"] | None = None
    all_of: list["AuthKind"] | None = None
    session: Session | None = None
    digest: Digest | None = None
    wsse: Wsse | None = None
    jwt: Jwt | None = None
    signature: Signature | None = None
    oauth1: OAuth1 | None = None
    aws_sigv4: AwsSigV4 | None = None


def _auth_word(value: object) -> object:
    return {"none": {}} if value == "none" else value


AuthKind = Annotated[Auth, Widen(_auth_word)]


# --- errors, retries, limits, paging ---

OUTCOMES = (
    "success",
    "fail",
    "retry",
    "limited",
    "reauthenticate",
    "reconnect",
    "ignore",
    "end",
    "restart",
)
"""What can follow from an answer, besides an error class."""
STANDARD = "standard"
"""What `observe` says of headers whose form the IETF has drafted."""


class ErrorRule(Form, frozen=True, kw_only=True):
    """Where the condition holds: this outcome or error class; a wait for a limit or a retry."""

    when: ConditionWord
    then: str
    wait: WaitWord | None = None


class CodeOutcome(Form, frozen=True, kw_only=True):
    """The codes of the service that mean this."""

    codes: list[CodeValue]
    then: str | None = None
    wait: WaitWord | None = None


class StatusOutcome(Form, frozen=True, kw_only=True):
    """The statuses that mean this."""

    statuses: list[int]
    then: str | None = None
    wait: WaitWord | None = None
    body: TypeWord | None = None


class Partial(Form, frozen=True, kw_only=True):
    """Which items of a list of results have failed, in an answer that is none of failure.

    The places are read in one item; `items` is where the list stands, if not where the result does.
    """

    failed: ConditionWord
    code: Annotated[list[MatchedPlaceWord] | None, ONE_OR_MORE] = None
    message: Annotated[list[MatchedPlaceWord] | None, ONE_OR_MORE] = None
    items: AnswerPlaceWord | None = None


class Errors(Form, frozen=True, kw_only=True):
    """What is an error, what it is called and what follows from it."""

    ok: ConditionWord | None = None
    code: Annotated[list[MatchedPlaceWord] | None, ONE_OR_MORE] = None
    message: Annotated[list[MatchedPlaceWord] | None, ONE_OR_MORE] = None
    details: ReadPlaceWord | None = None
    request_id: AnswerPlaceWord | None = None
    rules: list[ErrorRule] = field(default_factory=list)
    codes: dict[str, Annotated[CodeOutcome, under("codes", list)]] = field(default_factory=dict)
    statuses: dict[str, Annotated[StatusOutcome, under("statuses", list)]] = field(
        default_factory=dict
    )
    envelope: Shape | None = None
    partial: Partial | None = None


class Retry(Form, frozen=True, kw_only=True):
    """How failed calls are tried again."""

    attempts: Annotated[int, Meta(ge=1, le=100)] | None = None
    backoff: BackoffWord | None = None
    jitter: Literal["full", "none"] | None = None
    network: bool | None = None
    all_errors: bool | None = None


class PageSize(Form, frozen=True, kw_only=True):
    """The parameter that sets the size of a page. `in_` is left out only in a partial paging."""

    in_: RequestPlaceWord | None = field(name="in", default=None)
    default: Annotated[int, Meta(ge=1)] | None = None
    max: Annotated[int, Meta(ge=1)] | None = None


class Paging(Form, frozen=True, kw_only=True):
    """How a list goes on, by one main key: `cursor`, `next_url`, `link_header`, `page`, `offset`.

    In an action it may be a partial map that changes the inherited one. `into` with several targets
    is a style too.
    """

    cursor: AnswerPlaceWord | None = None
    next_url: AnswerPlaceWord | None = None
    link_header: str | None = None
    page: RequestPlaceWord | None = None
    offset: RequestPlaceWord | None = None
    into: RequestPlaceWord | dict[str, AnswerPlaceWord] | None = None
    start: Annotated[int, Meta(ge=0)] | None = None
    size: Annotated[PageSize, under("in", str)] | None = None
    more: ConditionWord | None = None
    total: AnswerPlaceWord | None = None


PagingForm = Paging
Limits = Annotated[list[RateWord], ONE_OR_MORE]


# --- actions ---


class ReturnCases(Form, frozen=True, kw_only=True):
    """Results that differ: by status or media type, or (`by`) by the value of an argument.

    The keys of `cases` are statuses (`200`), media words (`json`) or the values of the argument.
    """

    by: str | None = field(name=".by", default=None)
    cases: dict[str, ReturnsWord] = field(name=PLAIN_KEYS)

    @classmethod
    def spread(cls, value: object) -> dict[str, Any]:
        """The plain keys move under one of their own."""
        return split_plain(value)


class Action(Form, frozen=True, kw_only=True):
    """One call that the client offers. Its maps declare parameters."""

    get: PathWord | None = None
    post: PathWord | None = None
    put: PathWord | None = None
    patch: PathWord | None = None
    delete: PathWord | None = None
    head: PathWord | None = None
    options: PathWord | None = None
    url: TemplateWord | None = None
    method: TemplateWord | None = None
    summary: str | None = None
    description: str | None = None
    docs: str | None = None
    deprecated: str | None = None
    scopes: list[str] | None = None
    auth: Annotated[list[str] | None, ONE_OR_MORE] = None
    input: dict[str, Shape] = field(default_factory=dict)
    path: dict[str, Shape] = field(default_factory=dict)
    query: Shape | None = None
    optional_query: Shape | None = field(name="query?", default=None)
    headers: Shape | None = None
    optional_headers: Shape | None = field(name="headers?", default=None)
    cookies: Shape | None = None
    body: Shape | None = None
    optional_body: Shape | None = field(name="body?", default=None)
    bodies: dict[str, Shape] | None = None
    send: Send | None = None
    arrays: ArrayStyle | None = None
    host: str | None = None
    returns: ReturnsWord | ReturnCases | None = None
    envelope: Shape | None = None
    paging: PagingForm | str | None = None
    limit: Annotated[list[str] | None, ONE_OR_MORE] = None
    cost: Annotated[int, Meta(ge=0)] | ReadPlaceWord | None = None
    replay: Replay | None = None
    idempotency_key: RequestPlaceWord | None = None
    retry: Retry | None = None
    timeout: Timeout | None = None
    errors: Errors | None = None
    cache: Literal["etag"] | None = None
    steps: Annotated[list[Annotated[Request, under("post", str)]], Meta(min_length=1)] | None = None
    job: Job | None = None
    each: Each | None = None
    since: Since | None = None
    items: Items | None = None
    split: SplitWord | None = None
    hooks: dict[str, str] = field(default_factory=dict)
    examples: dict[str, Example] = field(default_factory=dict)

    @property
    def is_graphql_query(self) -> bool:
        """Whether the body is a GraphQL query, which only reads."""
        body = self.body or self.optional_body
        if body is None or body.document is None:
            return False
        chosen = body.document.chosen(body.operation)
        return chosen is not None and chosen.kind == "query"

    @property
    def is_reading(self) -> bool:
        """Whether nothing but reading is asked: a GET, or a GraphQL query."""
        return self.get is not None or self.is_graphql_query


class ConnectorSpec(Form, frozen=True, kw_only=True):
    """A whole connector."""

    ferrule: int | str
    connector: str
    version: str
    title: str | None = None
    description: str | None = None
    docs: str | None = None
    class_name: str | None = field(name="class", default=None)
    base_url: TemplateWord | None = None
    hosts: dict[str, TemplateWord] = field(default_factory=dict)
    settings: dict[str, Shape] = field(default_factory=dict)
    values: dict[str, TemplateWord | dict[str, TemplateWord]] = field(default_factory=dict)
    auth: Auth | str | None = None
    auths: dict[str, AuthKind] = field(default_factory=dict)
    headers: Values = field(default_factory=dict)
    query: Values = field(default_factory=dict)
    cookies: Values = field(default_factory=dict)
    send: Send | None = None
    arrays: ArrayStyle | None = None
    rate_limit: Limits | None = None
    rate_limits: dict[str, Limits] = field(default_factory=dict)
    concurrency: Annotated[int, Meta(ge=1)] | TemplateWord | None = None
    min_interval: DurationWord | None = None
    observe: dict[str, str] = field(default_factory=dict)
    idempotency_key: RequestPlaceWord | None = None
    retry: Retry | None = None
    timeout: Timeout | None = None
    paging: PagingForm | Literal["none"] | None = None
    pagings: dict[str, PagingForm] = field(default_factory=dict)
    envelope: Shape | None = None
    errors: Errors | None = None
    test: Test | None = None
    actions: dict[str, Action] = field(default_factory=dict)
    models: dict[str, Shape] = field(default_factory=dict)
    share: TemplateWord | None = None
    proxy: TemplateWord | None = None
    tls: Tls | None = None
    socket: TemplateWord | None = None
    triggers: dict[str, Trigger] = field(default_factory=dict)
    include: Annotated[list[str] | None, ONE_OR_MORE] = None
    extends: str | None = None
    hooks: dict[str, str] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> "ConnectorSpec":
        """A spec that says nothing."""
        return cls(ferrule=1, connector="", version="")
