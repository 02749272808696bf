"""The compiler's passes, one by one and together."""
