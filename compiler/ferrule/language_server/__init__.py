"""Speaks the Language Server Protocol about specs: editors show what the compiler knows."""
