"""What a document only hints at: how lists go on, what errors look like, what limits there are."""
