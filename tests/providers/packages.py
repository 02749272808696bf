"""Connector packages as the compiler would write them, small and by hand, in a folder."""

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ACME = '''
"""Acme, set up with an address, an e-mail and a token."""
from functools import cached_property
from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.connector import Connector, Setting
from ferrule_runtime.credentials.kinds import Basic
from ferrule_runtime.operation import Operation, Test
from ferrule_runtime.places import body
from ferrule_runtime.templates import ref, template
from ferrule_runtime.omit import omit

CONNECTOR = Connector(
    name="acme", title="Acme Support", version="{version}", package="acme_connector",
    class_name="Acme",
    settings=(
        Setting("server", type="url", example="https://acme.example.com", doc="Where Acme is."),
        Setting("email", type="string", pattern="[^@ ]+@[^@ ]+", example="a@b.example"),
        Setting("api_token", type="secret", doc="From the profile page."),
        Setting("region", type="enum", choices=("eu", "us"), default="eu"),
        Setting("page_size", type="integer", minimum=1, maximum=100),
        Setting("verbose", type="boolean"),
        Setting("tags", type="list", item="string"),
        Setting("labels", type="map", item="string"),
        Setting("since", type="date"),
        Setting("key_file", type="file"),
        Setting("extra_secrets", type="map(secret)"),{more}
    ),
    base_url=template(ref("server"), "/v1"),
    auth=Basic(username=template(ref("email"), "/token"), password={password}),
    test=Test(Operation("test", "GET", "/me"), message=body("message")),
)

class Acme(SyncClient):
    _connector = CONNECTOR
    def __init__(self, *, server=omit, email=omit, api_token=omit, region=omit, page_size=omit,
                 verbose=omit, tags=omit, labels=omit, since=omit, key_file=omit,
                 extra_secrets=omit, pin=omit, **options):
        given = dict(server=server, email=email, api_token=api_token, region=region,
            page_size=page_size, verbose=verbose, tags=tags, labels=labels, since=since,
            key_file=key_file, extra_secrets=extra_secrets)
        if pin is not omit:
            given["pin"] = pin
        super().__init__(given, options)
    def me(self):
        return self._run(Operation("me", "GET", "/me", returns=dict[str, object]))

class AsyncAcme(AsyncClient):
    _connector = CONNECTOR
    def __init__(self, **options):
        names = {{setting.name for setting in CONNECTOR.settings}}
        given = {{name: options.pop(name) for name in list(options) if name in names}}
        super().__init__(given, options)
    async def me(self):
        return await self._run(Operation("me", "GET", "/me", returns=dict[str, object]))
'''

BOTLY = '''
"""Botly, with a choice of auth, a fixed address and no test."""
from ferrule_runtime.client import SyncClient
from ferrule_runtime.connector import Connector, Setting
from ferrule_runtime.credentials.kinds import Basic, OneOf, Token
from ferrule_runtime.templates import ref, template
from ferrule_runtime.omit import omit

CONNECTOR = Connector(
    name="botly", title="Botly", version="2.0.0", package="botly_connector", class_name="Botly",
    settings=(
        Setting("bot_token", type="secret"),
        Setting("user", type="string"),
        Setting("password", type="secret"),
    ),
    base_url=template("https://api.botly.example"),
    auth=OneOf({"bot": Token(template(ref("bot_token"))),
                "person": Basic(template(ref("user")), template(ref("password")))}),
)

class Botly(SyncClient):
    _connector = CONNECTOR
    def __init__(self, *, auth=omit, bot_token=omit, user=omit, password=omit, **options):
        given = dict(bot_token=bot_token, user=user, password=password)
        super().__init__(given, options, auth=auth)
'''

CALENDAR = '''
"""Calendar, to which people sign in."""
from ferrule_runtime.client import AsyncClient, SyncClient
from ferrule_runtime.connector import Connector, Setting
from ferrule_runtime.credentials.kinds import OAuth2, Request
from ferrule_runtime.operation import Operation, Test
from ferrule_runtime.omit import omit
from ferrule_runtime.places import body
from ferrule_runtime.templates import ref, template

CONNECTOR = Connector(
    name="calendar", title="Calendar", version="1.0.0", package="calendar_connector",
    class_name="Calendar",
    settings=(
        Setting("server", type="url", default="https://calendar.example"),
        Setting("client_id", type="string"),
        Setting("client_secret", type="secret"),
    ),
    base_url=template(ref("server"), "/v1"),
    auth=OAuth2(
        "authorization_code",
        client_id=template(ref("client_id")),
        client_secret=template(ref("client_secret")),
        authorize=Request("GET", template(ref("server"), "/authorize")),
        token=Request("POST", template(ref("server"), "/token")),
        revoke=Request("POST", template(ref("server"), "/revoke")),
        client_auth="body",
        capture={"account": body("account")},
    ),
    test=Test(Operation("test", "GET", "/me"), message=body("message")),
)

ME = Operation("me", "GET", "/me", returns=dict[str, object])

class Calendar(SyncClient):
    _connector = CONNECTOR
    def __init__(self, *, server=omit, client_id=omit, client_secret=omit, **options):
        given = dict(server=server, client_id=client_id, client_secret=client_secret)
        super().__init__(given, options)
    def me(self):
        return self._run(ME)

class AsyncCalendar(AsyncClient):
    _connector = CONNECTOR
    def __init__(self, *, server=omit, client_id=omit, client_secret=omit, **options):
        given = dict(server=server, client_id=client_id, client_secret=client_secret)
        super().__init__(given, options)
    async def me(self):
        return await self._run(ME)
'''

HOUSE = '''
"""House, behind a certificate of its own and one of each client, perhaps through a proxy."""
from ferrule_runtime.client import SyncClient
from ferrule_runtime.connector import Connector, Setting
from ferrule_runtime.credentials.kinds import Token
from ferrule_runtime.network import Tls
from ferrule_runtime.operation import Operation, Test
from ferrule_runtime.omit import omit
from ferrule_runtime.places import body
from ferrule_runtime.templates import ref, template

CONNECTOR = Connector(
    name="house", title="House", version="1.0.0", package="house_connector", class_name="House",
    settings=(
        Setting("server", type="url"),
        Setting("key", type="secret"),
        Setting("ca", type="file"),
        Setting("pfx", type="file"),
        Setting("passphrase", type="secret"),
        Setting("proxy_url", type="secret"),
    ),
    base_url=template(ref("server")),
    auth=Token(template(ref("key"))),
    tls=Tls(ca=ref("ca"), pfx=ref("pfx"), passphrase=ref("passphrase")),
    proxy=ref("proxy_url"),
    test=Test(Operation("test", "GET", "/me"), message=body("peer")),
)

class House(SyncClient):
    _connector = CONNECTOR
    def __init__(self, *, server=omit, key=omit, ca=omit, pfx=omit, passphrase=omit,
                 proxy_url=omit, **options):
        given = dict(server=server, key=key, ca=ca, pfx=pfx, passphrase=passphrase,
            proxy_url=proxy_url)
        super().__init__(given, options)
'''

BROKEN = 'raise RuntimeError("this release needs another planet")\n'

NOT_A_CONNECTOR = "CONNECTOR = 7\n"


def write(folder: Path, name: str, source: str, *, version: str = "1.0.0") -> None:
    """Write a package and what pip would write beside it."""
    package = folder / f"{name}_connector"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(textwrap.dedent(source))
    about = folder / f"{name}_connector-{version}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}-connector\nVersion: {version}\n"
    )
    (about / "entry_points.txt").write_text(
        f"[ferrule.connectors]\n{name} = {name}_connector:CONNECTOR\n"
    )


def acme(*, version: str = "1.0.0", pin: bool = False) -> str:
    """The source of Acme; with `pin` a later version that wants one more secret."""
    more = '\n        Setting("pin", type="secret"),' if pin else ""
    password = 'template(ref("api_token"), ref("pin"))' if pin else 'ref("api_token")'
    return ACME.format(version=version, more=more, password=password)


def write_all(folder: Path) -> None:
    """Acme, Botly, Calendar, and two that are broken."""
    write(folder, "acme", acme())
    write(folder, "botly", BOTLY)
    write(folder, "calendar", CALENDAR)
    write(folder, "broken", BROKEN)
    write(folder, "number", NOT_A_CONNECTOR)


@contextmanager
def importable(*folders: str) -> Iterator[None]:
    """Packages in these folders can be imported for as long as the block lasts.

    Then they are gone from memory: other tests have packages of the same names.
    """
    before = set(sys.modules)
    sys.path[:0] = folders
    try:
        yield
    finally:
        for folder in folders:
            sys.path.remove(folder)
        for name in [each for each in sys.modules if each not in before]:
            if name.split(".")[0].endswith("_connector"):
                del sys.modules[name]
