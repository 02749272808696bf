"""What a client knows about an operation before it is called: computed once, used by each call."""

from typing import TYPE_CHECKING, Any

from ferrule_runtime.connector import Retry

if TYPE_CHECKING:
    from collections.abc import Callable

    from ferrule_runtime.credentials.authenticators import Authenticator
    from ferrule_runtime.flows.classify import Classifier
    from ferrule_runtime.limiter import Lane
    from ferrule_runtime.wire import Call, Lines, Reply

# What h11 takes, and pydantic's reader of JSON: a client may choose less.
MOST_HEADER_BYTES = 100 * 1024
DEEPEST_JSON = 200
MOST_REDIRECTS = 5


class Plan:
    """How calls of one operation are judged, repeated, limited and authorised.

    `cost` is what a call takes of budgets that count points. `allows_client_auth` lets the user's
    own httpx client add its auth: only where the connector has none. `max_bytes` bounds a
    body after unpacking (None: any size), `max_nesting` how deep its JSON is. `streams` tells
    whether an answer is handed out while it arrives, where that depends; others are read first.
    `authorize` makes header lines for each attempt, beside those of `auth`.
    """

    __slots__ = (
        "action",
        "advice",
        "allows_client_auth",
        "auth",
        "authorize",
        "caches",
        "classifier",
        "cost",
        "expects_json",
        "follows_redirects",
        "is_streaming",
        "lane",
        "max_bytes",
        "max_header_bytes",
        "max_nesting",
        "max_redirects",
        "measured_cost",
        "retry",
        "scopes",
        "streams",
        "template",
    )

    def __init__(
        self,
        action: str,
        template: str,
        classifier: "Classifier",
        *,
        retry: Retry | None = None,
        auth: "Authenticator | None" = None,
        lane: "Lane | None" = None,
        cost: int = 1,
        is_streaming: bool = False,
        follows_redirects: bool = True,
        allows_client_auth: bool = False,
        caches: bool = False,
        expects_json: bool = False,
        max_bytes: int | None = None,
        max_header_bytes: int = MOST_HEADER_BYTES,
        max_nesting: int = DEEPEST_JSON,
        max_redirects: int = MOST_REDIRECTS,
        streams: "Callable[[Reply], bool] | None" = None,
        measured_cost: Any = None,
        scopes: tuple[str, ...] = (),
        authorize: "Callable[[Call], Lines] | None" = None,
        advice: "Callable[[], str] | None" = None,
    ) -> None:
        self.action = action
        self.template = template
        self.classifier = classifier
        self.retry = retry or Retry()
        self.auth = auth
        self.authorize = authorize
        self.lane = lane
        self.cost = cost
        self.is_streaming = is_streaming
        self.follows_redirects = follows_redirects
        self.allows_client_auth = allows_client_auth
        self.caches = caches
        self.expects_json = expects_json
        self.max_bytes = max_bytes
        self.max_header_bytes = max_header_bytes
        self.max_nesting = max_nesting
        self.max_redirects = max_redirects
        self.streams = streams
        # Where an answer tells what its call has cost; the next call is expected to cost as much.
        self.measured_cost = measured_cost
        # What access it takes, to be told where it is refused.
        self.scopes = scopes
        # Names the settings that a refused credential comes from.
        self.advice = advice

    def __repr__(self) -> str:
        return f"Plan({self.action})"

    def varied(self, **changes: Any) -> "Plan":
        """The same plan but for these."""
        made = object.__new__(Plan)
        for name in Plan.__slots__:
            setattr(made, name, changes.get(name, getattr(self, name)))
        return made
