"""What every part of the service works with, and how a connection is seen from outside."""

from dataclasses import dataclass

from sqlalchemy import Connection

from ferrule_providers.clock import Clock, utc_now
from ferrule_providers.faults import ConnectionNotFound, FieldFault, InvalidRequest
from ferrule_providers.installed import NAME, Installed, Provider
from ferrule_providers.networks import Networks
from ferrule_providers.sealing import Keyring
from ferrule_providers.sign_in import SignIn
from ferrule_providers.states import State, attention_of, state_of
from ferrule_providers.store import connections
from ferrule_providers.store.connections import Stored
from ferrule_providers.store.engine import Database

DEFAULT_CONNECTION = "default"


@dataclass(frozen=True, slots=True)
class View:
    """A connection as it may be told: facts and computed state, no secret."""

    provider: str
    name: str
    state: State
    attention: str | None
    stored: Stored | None

    @property
    def entity_tag(self) -> str:
        """Names this revision of the connection; what was reset and set up again is another."""
        if self.stored is None:
            return "0"
        return f"{self.stored.revision}-{self.stored.id[:8]}"


@dataclass(frozen=True, slots=True)
class Core:
    """The database, the keys, the installed connectors, and the rules of the network."""

    database: Database
    keyring: Keyring
    installed: Installed
    networks: Networks
    clock: Clock = utc_now

    def sign_in(self, slug: str, auth: str | None) -> SignIn | None:
        """How people sign in to a provider with this choice of auth; None where they do not."""
        provider = self.installed.find(slug)
        choice = None if provider is None else provider.form.choice(auth)
        if provider is None or choice is None or not choice.signs_in:
            return None
        return SignIn(provider, choice.name, self.networks)

    def find(
        self, db: Connection, provider: str, name: str, *, lock: bool = False
    ) -> Stored | None:
        """The stored connection of a name; what is no name is not asked for."""
        if not (NAME.fullmatch(provider) and NAME.fullmatch(name)):
            return None
        return connections.find(db, provider, name, now=self.clock(), lock=lock)

    def must_find(self, db: Connection, slug: str, name: str, *, lock: bool = False) -> Stored:
        """The stored connection of a name. Raises ProviderNotFound or ConnectionNotFound."""
        stored = self.find(db, slug, name, lock=lock)
        if stored is None:
            provider = self.installed[slug]
            raise ConnectionNotFound(f"{provider.slug} has no connection of this name.")
        return stored

    def view(self, stored: Stored) -> View:
        """A stored connection with its state."""
        attention = attention_of(stored, usable=self.installed.usable, key_ids=self.keyring.ids)
        return View(
            provider=stored.provider,
            name=stored.name,
            state=state_of(stored, attention),
            attention=attention,
            stored=stored,
        )

    def empty_view(self, provider: Provider, name: str) -> View:
        """How a connection that is not set up looks."""
        return View(provider.slug, name, "not_configured", None, None)


def name_faults(name: str) -> list[FieldFault]:
    """What is wrong with the name of a connection."""
    if NAME.fullmatch(name):
        return []
    return [FieldFault("/connection", "name", f"A connection's name matches {NAME.pattern}.")]


def check_name(name: str) -> None:
    """Raise InvalidRequest unless a connection may have this name."""
    faults = name_faults(name)
    if faults:
        raise InvalidRequest(faults)
