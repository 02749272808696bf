"""Signs people in to Slack: `login`, `status`, `logout`."""

from ferrule_runtime.command import main

from .client import Slack

if __name__ == "__main__":
    raise SystemExit(main(Slack))
