"""Signs people in to QuickBooks Online: `login`, `status`, `logout`."""

from ferrule_runtime.command import main

from .client import QuickBooks

if __name__ == "__main__":
    raise SystemExit(main(QuickBooks))
