"""Signs people in to Amazon Selling Partner API: `login`, `status`, `logout`."""

from ferrule_runtime.command import main

from .client import AmazonSeller

if __name__ == "__main__":
    raise SystemExit(main(AmazonSeller))
