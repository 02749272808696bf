"""The commands: words in, an exit code out. Heavy libraries are imported inside the verbs."""
