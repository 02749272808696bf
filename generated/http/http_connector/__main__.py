"""Signs people in to HTTP: `login`, `status`, `logout`."""

from ferrule_runtime.command import main

from .client import Http

if __name__ == "__main__":
    raise SystemExit(main(Http))
