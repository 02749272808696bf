"""What the runtime knows of Acme (beta)."""

from ferrule_runtime.contract import (
    AllOf,
    Basic,
    Connector,
    Custom,
    Errors,
    OAuth2,
    Observe,
    OneOf,
    Operation,
    Outcome,
    Paging,
    Rate,
    Refresh,
    Request,
    Retry,
    Rule,
    Setting,
    Test,
    Timeout,
    Token,
    all_of,
    any_of,
    as_,
    body,
    choice,
    count,
    equal,
    exists,
    greater,
    header,
    in_,
    less_equal,
    matches,
    not_,
    ref,
    status,
    template,
    truthy,
    wait,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "13b0436e012c8425db93771eb2ee23c0246cf384bc024804de662cac42788592"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="acme_v2",
    title="Acme (beta)",
    version="1.2.3",
    package="acme_v2_connector",
    class_name="Acme",
    settings=(
        Setting(
            "region",
            type="enum",
            env="ACME_V2_REGION",
            default="eu",
            choices=("eu", "us"),
        ),
        Setting(
            "account",
            type="string",
            env="ACME_V2_ACCOUNT",
            pattern="[a-z]+",
            doc="The account's name.",
            example="acme",
        ),
        Setting("user", type="string", env="ACME_V2_USER"),
        Setting("key", type="secret", env="ACME_V2_KEY"),
        Setting("old_token", type="secret", env="ACME_V2_OLD_TOKEN"),
        Setting("client_id", type="string", env="ACME_V2_CLIENT_ID"),
        Setting("client_secret", type="secret", env="ACME_V2_CLIENT_SECRET"),
        Setting(
            "page_limit",
            type="integer",
            env="ACME_V2_PAGE_LIMIT",
            default=100,
            minimum=1,
            maximum=500,
        ),
        Setting("since", type="datetime", env="ACME_V2_SINCE"),
        Setting("tags", type="list", env="ACME_V2_TAGS", item="string"),
        Setting(
            "labels",
            type="map",
            env="ACME_V2_LABELS",
            doc="Sent with every request.",
            item="string",
        ),
        Setting("pause", type="duration", env="ACME_V2_PAUSE", default=30.0),
        Setting("level", type="string", env="ACME_V2_LEVEL"),
    ),
    values={
        "region_host": choice(
            "region",
            {"eu": template("api.eu.example.com"), "us": template("api.example.com")},
        ),
        "shout": template(ref("account", filters=(("upper",), ("replace", "-", "_")))),
    },
    base_url=template("https://", ref("region_host"), "/v2"),
    hosts={"files": template("https://files.", ref("region"), ".example.com")},
    auth=OneOf(
        {
            "key": Token(template(ref("key")), apply=("header", "X-Api-Key")),
            "user": Basic(
                username=template(ref("user")), password=template(ref("key"))
            ),
            "app": OAuth2(
                grant="client_credentials",
                token=Request(
                    "POST",
                    template("https://login.example.com/", ref("account"), "/token"),
                    body={"audience": template("acme")},
                ),
                client_auth="body",
                scopes=("read", "write"),
                expires_in=wait(body("expires_in"), "milliseconds"),
                early=30.0,
            ),
        }
    ),
    auths={
        "renewed": Token(
            template(ref("old_token")),
            refresh=Refresh(
                Request(
                    "POST",
                    "/token/renew",
                    body={
                        "token": template(
                            ref("token", "refresh_token", fallback=ref("old_token"))
                        )
                    },
                    send="json",
                ),
                body("token"),
                expires_in=body("ttl"),
            ),
        ),
        "both": AllOf(
            (
                Custom(
                    headers={"X-Tenant": template(ref("account"))},
                    query={"v": template("2")},
                ),
                Basic(username=template(ref("user")), password=template("x")),
            )
        ),
    },
    headers={
        "X-Api-Version": template("2024-06-01"),
        "X-Labels": template(
            ref("labels", filters=(("join", ","),), fallback=ref("tags"))
        ),
        "X-Number": 5,
    },
    query={"locale": template("en")},
    send="json",
    arrays="csv",
    limits={
        "default": (Rate(10, 1.0), Rate(400, 60.0)),
        "search": (Rate(4, 1.0, burst=10),),
    },
    concurrency=1,
    min_interval=0.01,
    observe=(
        Observe("X-Call-Limit", (("used", None), "/", ("limit", None))),
        Observe(
            "X-Limit-Info",
            ("remaining=", ("remaining", None), "; resets=", ("reset", "seconds")),
        ),
    ),
    retry=Retry(attempts=5, backoff=(1.0, 20.0), jitter="none", all_errors=True),
    timeout=Timeout(connect=5.0, read=45.0),
    errors=Errors(
        ok=not_(truthy(body("error"))),
        code=(body("error", "code"), body("errors", 0, "code")),
        message=(body("error", "message"),),
        details=body("errors"),
        request_id=header("X-Request-Id"),
        rules=(
            Rule(
                all_of(
                    in_(status(), 403, 429),
                    less_equal(as_(header("x-remaining"), "integer"), 0),
                ),
                Outcome(
                    "limited",
                    wait=(wait(header("x-reset"), "epoch"), wait(60.0, "seconds")),
                ),
            ),
            Rule(
                any_of(
                    matches(body("error", "code"), "^quota"),
                    not_(truthy(exists(body("meta")))),
                ),
                Outcome("fail", error="QuotaSpent"),
            ),
            Rule(greater(count(body("errors")), 3), Outcome("fail")),
        ),
        codes={
            "token_expired": Outcome("reauthenticate"),
            "no_such_thing": Outcome("fail", error="NotFound"),
            "4040": Outcome("fail", error="NotFound"),
            "locked": Outcome("retry", error="Locked", wait=(wait(2.0, "seconds"),)),
        },
        statuses={410: Outcome("fail", error="Gone")},
    ),
    error_table=_errors,
    pagings={
        "default": Paging(
            cursor=body("meta", "next"),
            into=(("query", "cursor"),),
            size=("query", "limit"),
            default_size=50,
            max_size=200,
            more=equal(body("meta", "more"), True),
        ),
        "pages": Paging(
            page=("query", "page"),
            start=0,
            size=("query", "per_page"),
            total=body("total"),
        ),
        "linked": Paging(link="next"),
    },
    test=Test(
        Operation("test", "GET", "/me"),
        ok=truthy(body("id")),
        message=(body("error", "message"),),
    ),
)
