"""What the runtime knows of HTTP."""

from ferrule_runtime.contract import (
    Basic,
    Connector,
    Errors,
    NoAuth,
    OAuth2,
    OneOf,
    Outcome,
    Request,
    Retry,
    Rule,
    Setting,
    Timeout,
    Token,
    greater_equal,
    in_,
    ref,
    status,
    template,
)
from ferrule_runtime.errors import ErrorTable

SPEC_SHA256 = "a2ae914b0bda5fe538394a3e5355d89b8a30171758790caf4c5c4ce372cbe4ac"


def _errors() -> ErrorTable:
    from .errors import TABLE

    return TABLE


CONNECTOR: Connector = Connector(
    name="http",
    title="HTTP",
    version="1.0.0",
    package="http_connector",
    class_name="Http",
    settings=(
        Setting(
            "origins",
            type="list",
            env="HTTP_ORIGINS",
            default=(),
            doc='Where credentials may go, such as https://api.example.com. Other URLs need auth="none".',
            item="url",
        ),
        Setting("api_key", type="secret", env="HTTP_API_KEY"),
        Setting(
            "scheme",
            type="string",
            env="HTTP_SCHEME",
            default="Basic",
            doc="The word before the API key in the Authorization header.",
        ),
        Setting("username", type="string", env="HTTP_USERNAME"),
        Setting("password", type="secret", env="HTTP_PASSWORD"),
        Setting(
            "authorize_url",
            type="url",
            env="HTTP_AUTHORIZE_URL",
            doc="Where a person is sent to allow the access.",
        ),
        Setting("token_url", type="url", env="HTTP_TOKEN_URL"),
        Setting(
            "refresh_url",
            type="url",
            env="HTTP_REFRESH_URL",
            doc="Where tokens are renewed; often the token URL.",
        ),
        Setting("client_id", type="string", env="HTTP_CLIENT_ID"),
        Setting("client_secret", type="secret", env="HTTP_CLIENT_SECRET"),
        Setting(
            "scopes",
            type="string",
            env="HTTP_SCOPES",
            default="",
            doc="Permission scopes, separated by blanks.",
        ),
        Setting(
            "token_headers",
            type="map",
            env="HTTP_TOKEN_HEADERS",
            default={},
            doc="Further headers of the requests for tokens.",
            item="string",
        ),
    ),
    origins=ref("origins"),
    auth=OneOf(
        {
            "none": NoAuth(),
            "api_key": Token(template(ref("api_key")), scheme=template(ref("scheme"))),
            "basic": Basic(
                username=template(ref("username")), password=template(ref("password"))
            ),
            "authorization_code": OAuth2(
                grant="authorization_code",
                token=Request(
                    "POST",
                    template(ref("token_url")),
                    headers={"": template(ref("token_headers"))},
                ),
                authorize=Request("GET", template(ref("authorize_url"))),
                refresh=Request(
                    "POST",
                    template(ref("refresh_url", fallback=ref("token_url"))),
                    headers={"": template(ref("token_headers"))},
                ),
                scopes=template(ref("scopes")),
            ),
            "client_credentials": OAuth2(
                grant="client_credentials",
                token=Request(
                    "POST",
                    template(ref("token_url")),
                    headers={"": template(ref("token_headers"))},
                ),
                scopes=template(ref("scopes")),
            ),
        }
    ),
    retry=Retry(attempts=1, backoff=(0.5, 30.0)),
    timeout=Timeout(read=60.0),
    errors=Errors(
        rules=(
            Rule(greater_equal(status(), 500), Outcome("retry")),
            Rule(in_(status(), 408, 429), Outcome("fail")),
        )
    ),
    error_table=_errors,
)
