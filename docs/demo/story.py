"""The client's part of the demo: makes records, walks pages, meets errors, keeps the limit."""

import asyncio
import os
import sys
import time

import kinto_connector as kinto

COLOURED = sys.stdout.isatty() and "NO_COLOR" not in os.environ
CITIES = (
    ("Lisbon", 545_000), ("Ljubljana", 285_000), ("Lyon", 522_000), ("Leipzig", 616_000),
    ("Lviv", 717_000), ("Lagos", 15_400_000), ("Lima", 10_100_000), ("La Paz", 757_000),
    ("Luanda", 9_000_000), ("London", 8_900_000), ("Lucknow", 3_700_000), ("Lahore", 13_000_000),
)  # fmt: skip
BURST, LIMIT = 45, 20


def code(text: str) -> None:
    """A line of the client's code, before it runs."""
    print("   " + (f"\x1b[36m{text}\x1b[0m" if COLOURED else text))


def say(text: str) -> None:
    print(f"   {text}")


def create_and_walk(client: kinto.Kinto) -> None:
    code('client.buckets.create(bucket="atlas")')
    client.buckets.create(bucket="atlas")
    client.collections.create(bucket="atlas", collection="cities")
    code('client.records.create(bucket="atlas", collection="cities", data={"name": "Lisbon", ...})')
    for name, people in CITIES:
        data = {"name": name, "people": people}
        made = client.records.create(bucket="atlas", collection="cities", data=data)
    say(f"{len(CITIES)} cities created, the last one has the id {made.id}")

    print()
    code('for city in client.records.list(bucket="atlas", collection="cities"): ...')
    say("The service hands out five at a time; the proxy breaks the second page on its first try.")
    cities = client.records.list(bucket="atlas", collection="cities", sort=["name"])
    names = [str((city.model_extra or {}).get("name")) for city in cities]
    say(f"{len(names)} cities from three pages: {', '.join(names)}")


def meet_errors(client: kinto.Kinto) -> None:
    print()
    code('client.records.get(bucket="atlas", collection="cities", id_="atlantis")')
    try:
        client.records.get(bucket="atlas", collection="cities", id_="atlantis")
    except kinto.NotFound as error:
        say(f"kinto.NotFound: {error}")
        say(f"  status_code={error.status_code}  code={error.code!r}  action={error.action!r}")
    print()
    code("client.records.replace(..., if_match='\"1\"')       # somebody else was faster")
    city = client.records.list(bucket="atlas", collection="cities").first_page().items[0]
    try:
        client.records.replace(
            bucket="atlas", collection="cities", id_=city.id, data={}, if_match='"1"'
        )
    except kinto.Stale as error:
        say(f"kinto.Stale, a class that the spec names: {error.message}")


async def keep_the_limit() -> None:
    print()
    code("await asyncio.gather(*(client.records.create(...) for _ in range(45)))")
    say("The spec says `rate_limit: 20/second`. Forty-five calls at once, then:")
    async with kinto.AsyncKinto() as client:
        # Connections are opened before, so that the proxy counts calls and not handshakes.
        await asyncio.gather(*(client.info() for _ in range(LIMIT)))
        await asyncio.sleep(1.1)
        started = time.monotonic()
        await asyncio.gather(
            *(
                client.records.create(bucket="atlas", collection="burst", data={"number": number})
                for number in range(BURST)
            )
        )
        seconds = time.monotonic() - started
    say(f"{BURST} records in {seconds:.1f} s; nobody had to say 429")


def main() -> None:
    """Call the Kinto that KINTO_SERVER names."""
    print("\n" + ("\x1b[1m4. Call it\x1b[0m" if COLOURED else "4. Call it"))
    code("import kinto_connector as kinto")
    code("client = kinto.Kinto()     # KINTO_SERVER, KINTO_USERNAME, KINTO_PASSWORD")
    with kinto.Kinto() as client:
        say(f"{client!r} talks to {client.info().project_name}")
        print()
        create_and_walk(client)
        meet_errors(client)
        client.collections.create(bucket="atlas", collection="burst")
    asyncio.run(keep_the_limit())


if __name__ == "__main__":
    main()
