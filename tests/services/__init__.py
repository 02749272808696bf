"""Services on loopback for tests and demo: real ones as processes, scripted ones in threads."""
