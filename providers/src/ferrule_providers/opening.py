"""Opens what a process works with: database, keys, connectors; refuses with words if it cannot."""

from collections.abc import Mapping

from ferrule_providers.api_keys import ApiKeys
from ferrule_providers.canaries import check_keys
from ferrule_providers.clock import utc_now
from ferrule_providers.configuration import Configuration
from ferrule_providers.core import Core
from ferrule_providers.faults import CannotStart
from ferrule_providers.installed import Installed, find_installed
from ferrule_providers.keys import read_keyring
from ferrule_providers.networks import Networks
from ferrule_providers.resetting import notice_new_versions
from ferrule_providers.store import schema
from ferrule_providers.store.engine import Database


def open_core(
    configuration: Configuration,
    environment: Mapping[str, str],
    *,
    installed: Installed | None = None,
) -> Core:
    """Everything that the service needs, checked. Raises CannotStart, and ServiceUnreachable where
    the database's server does not answer.

    A fresh SQLite database is made on the way; a database that is older or newer than this version
    is refused.
    """
    networks = Networks(configuration.allowed_networks)
    keyring = read_keyring(environment)
    database = Database(configuration.database)
    try:
        if database.path is not None and not database.path.exists():
            schema.migrate(database)
        schema.check(database)
        check_keys(database, keyring)
        core = Core(
            database=database,
            keyring=keyring,
            installed=find_installed() if installed is None else installed,
            networks=networks,
        )
        notice_new_versions(core)
    except BaseException:
        database.close()
        raise
    return core


def check_exposure(core: Core, configuration: Configuration) -> str | None:
    """A warning to be shown if there is no API key. Raises CannotStart off loopback."""
    if ApiKeys(core.database, utc_now).any_exist():
        return None
    make = "Make a key: ferrule-providers api-key new --scope read --scope write"
    if configuration.is_exposed:
        raise CannotStart(
            f"There is no API key, so this service listens to this machine only; "
            f"{configuration.host} is open to others. {make}"
        )
    return (
        "WARNING: THIS SERVICE HAS NO API KEY. Everybody on this machine can see and change every "
        f"connection. It answers on loopback only. {make}"
    )
