"""What keeps the house as ARCHITECTURE.md describes it."""
