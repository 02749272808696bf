"""The runtime by itself: no compiler, and hardly a socket."""
