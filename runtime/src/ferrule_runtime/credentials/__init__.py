"""What proves who is calling: kinds as a spec states them, and what a client makes of them."""
