"""Ways to send one call: the only modules that know httpx, httpx2 and their transports."""
