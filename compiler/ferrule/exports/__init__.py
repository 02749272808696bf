"""What a spec can be turned into besides a package, and what other programs need to read specs."""
