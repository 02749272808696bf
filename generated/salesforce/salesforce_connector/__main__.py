"""Signs people in to Salesforce: `login`, `status`, `logout`."""

from ferrule_runtime.command import main

from .client import Salesforce

if __name__ == "__main__":
    raise SystemExit(main(Salesforce))
