"""What a form asks follows from what addresses and auth kinds use."""

from ferrule_providers.form import ANYTHING, Form
from ferrule_runtime.connector import Connector, Setting
from ferrule_runtime.credentials.kinds import AllOf, Basic, Custom, OAuth2, OneOf, Request, Token
from ferrule_runtime.templates import choice, ref, template


def settings(*names: str) -> tuple[Setting, ...]:
    return tuple(
        Setting(name, type="secret" if name.endswith(("token", "secret")) else "string")
        for name in names
    )


def test_only_what_is_used_is_needed() -> None:
    form = Form.of(
        Connector(
            name="a",
            settings=(*settings("subdomain", "user", "api_token", "note"), Setting("x", default=1)),
            base_url=template("https://", ref("subdomain"), ".example/", ref("x")),
            auth=Basic(template(ref("user"), "/token"), ref("api_token")),
        )
    )
    assert form.missing(None, {}) == ("subdomain", "user", "api_token")
    assert form.missing(None, {"subdomain": "s", "user": "u", "api_token": ANYTHING}) == ()
    assert form.always == ("subdomain",)
    assert not form.has_choice


def test_derived_values_are_seen_through() -> None:
    form = Form.of(
        Connector(
            name="a",
            settings=settings("account", "region"),
            values={
                "host": template(ref("account", filters=(("lower",),))),
                "place": choice("region", {"eu": template("eu.", ref("host")), "us": "us"}),
            },
            base_url=template("https://", ref("place"), ".example"),
        )
    )
    assert form.missing(None, {}) == ("region",)
    assert form.missing(None, {"region": "eu"}) == ("account",)
    assert form.missing(None, {"region": "us"}) == ()
    assert form.used_by_addresses() == {"account", "region"}


def test_fallbacks_tokens_and_times_are_not_asked_for() -> None:
    form = Form.of(
        Connector(
            name="a",
            settings=settings("account", "key_secret"),
            base_url=template("https://", ref("account", fallback="www"), ".example"),
            auth=Token(
                template(ref("token", "access_token"), ref("nonce")),
                refresh=None,
            ),
            auths={
                "signed": Custom(
                    headers={"X-Day": template(ref("now", filters=(("date",),)))},
                    query={"key": template(ref("key_secret"))},
                )
            },
        )
    )
    assert form.missing(None, {}) == ()


def test_choices_and_combinations() -> None:
    connector = Connector(
        name="a",
        settings=settings("bot_token", "user", "app_token"),
        auth=OneOf(
            {
                "bot": Token(template(ref("bot_token"))),
                "both": AllOf(("app", Basic(template(ref("user"))))),
            }
        ),
        auths={"app": Token(template(ref("app_token")), apply=("header", "X-App"))},
    )
    form = Form.of(connector)
    assert form.has_choice
    assert form.missing("bot", {}) == ("bot_token",)
    assert form.missing("both", {}) == ("user", "app_token")
    assert [each.settings for each in form.choices] == [("bot_token",), ("user", "app_token")]


def test_oauth_needs_its_client() -> None:
    def form(client_auth: str, grant: str = "client_credentials") -> Form:
        return Form.of(
            Connector(
                name="a",
                settings=settings("client_id", "client_secret", "scopes"),
                auth=OAuth2(
                    grant,
                    token=Request("POST", template("https://a.example/token")),
                    client_auth=client_auth,
                    scopes=ref("scopes"),
                ),
            )
        )

    assert form("basic").missing(None, {}) == ("client_id", "client_secret")
    assert form("none").missing(None, {}) == ("client_id",)
    assert not form("basic").choices[0].signs_in
    assert form("basic", "authorization_code").choices[0].signs_in
