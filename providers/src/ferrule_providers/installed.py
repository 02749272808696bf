"""Finds the installed connector packages, the ones that cannot be loaded included."""

import hashlib
import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from ferrule_providers.faults import ProviderBroken, ProviderNotFound
from ferrule_providers.form import Form
from ferrule_runtime.connector import Connector

GROUP = "ferrule.connectors"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
"""What the slug of a provider and the name of a connection may be."""
PROBLEM_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Provider:
    """One installed connector. `problem` says why it cannot be used; then `connector` is None."""

    slug: str
    title: str
    version: str
    package: str
    connector: Connector | None
    problem: str | None = None
    form: Form = field(default_factory=Form)

    @property
    def has_test(self) -> bool:
        """Whether the connector declares a request that tells if a connection works."""
        return self.connector is not None and self.connector.test is not None

    def loaded(self) -> Connector:
        """The connector. Raises ProviderBroken."""
        if self.connector is None:
            raise ProviderBroken(f"The connector {self.slug} cannot be loaded: {self.problem}")
        return self.connector

    def client_class(self, *, asynchronous: bool = False) -> type[Any]:
        """The class of the package's client. Raises ProviderBroken."""
        connector = self.loaded()
        name = f"Async{connector.class_name}" if asynchronous else connector.class_name
        told = ""
        try:
            found = getattr(importlib.import_module(connector.package), name)
        except Exception as error:  # noqa: BLE001 - a package may fail in any way when imported
            told = _one_line(error)
        if told or not isinstance(found, type):
            reason = told or "its name is not a class"
            raise ProviderBroken(
                f"The connector {self.slug} offers no client {connector.package}.{name}: {reason}"
            )
        return found


class Installed:
    """The providers of this process, by slug and in the order of their slugs."""

    def __init__(self, providers: Iterable[Provider]) -> None:
        self._by_slug = {each.slug: each for each in sorted(providers, key=lambda one: one.slug)}
        about = [(each.slug, each.title, each.version, each.problem) for each in self]
        self.digest = hashlib.sha256(repr(about).encode()).hexdigest()
        """Names this set of providers; it is another one when anything told of them changes."""

    def __iter__(self) -> Iterator[Provider]:
        return iter(self._by_slug.values())

    def __len__(self) -> int:
        return len(self._by_slug)

    def __getitem__(self, slug: str) -> Provider:
        found = self._by_slug.get(slug)
        if found is None:
            raise ProviderNotFound("No installed connector has this name.")
        return found

    def find(self, slug: str) -> Provider | None:
        """The provider of a slug, if it is installed."""
        return self._by_slug.get(slug)

    @property
    def usable(self) -> tuple[str, ...]:
        """The slugs of the providers that can be loaded."""
        return tuple(each.slug for each in self if each.problem is None)


def find_installed() -> Installed:
    """Load every entry point of the group; a package that fails is kept with its reason."""
    found: dict[str, Provider] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda one: (one.name, one.value)):
        provider = _load(entry)
        earlier = found.get(provider.slug)
        if earlier is None:
            found[provider.slug] = provider
        elif earlier.package != provider.package:
            found[provider.slug] = _broken(
                provider.slug,
                entry,
                f"two packages offer this connector: {earlier.package} and {provider.package}",
            )
    return Installed(found.values())


def _load(entry: EntryPoint) -> Provider:
    slug = _slug_of(entry.name)
    try:
        connector = entry.load()
        if not isinstance(connector, Connector):
            return _broken(
                slug, entry, f"{entry.value} is no connector but {type(connector).__name__}"
            )
        if connector.name != entry.name or not NAME.fullmatch(connector.name):
            return _broken(slug, entry, f"the entry point {slug} names another connector")
        return Provider(
            slug=slug,
            title=connector.title,
            version=connector.version,
            package=connector.package,
            connector=connector,
            form=Form.of(connector),
        )
    except SystemExit:
        return _broken(slug, entry, "it ends the program when it is imported")
    except Exception as error:  # noqa: BLE001 - one broken package harms no other
        return _broken(slug, entry, _one_line(error))


def _broken(slug: str, entry: EntryPoint, problem: str) -> Provider:
    version = entry.dist.version if entry.dist is not None else ""
    package = entry.module.partition(".")[0]
    return Provider(slug, slug, version, package, None, problem[:PROBLEM_LENGTH])


def _slug_of(name: str) -> str:
    if NAME.fullmatch(name):
        return name
    return re.sub(r"[^a-z0-9_-]", "-", name.lower()).strip("-_")[:63] or "unnamed"


def _one_line(error: Exception) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}"[:PROBLEM_LENGTH]
