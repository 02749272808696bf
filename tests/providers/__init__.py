"""The providers service, on SQLite and on a real PostgreSQL."""
