"""Signs people in to HubSpot: `login`, `status`, `logout`."""

from ferrule_runtime.command import main

from .client import HubSpot

if __name__ == "__main__":
    raise SystemExit(main(HubSpot))
