"""Reports about Acme's things."""

from acme_connector import Acme


def title_of(client: Acme, thing_id: int) -> str:
    """The title of the report on a thing."""
    thing = client.things.get(thing_id=thing_id)
    return f"{thing.name} ({thing.id})"
