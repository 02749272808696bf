"""Models, what callers give, and names of values."""
