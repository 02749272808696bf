"""The kinds of auth and of triggers, and the names that they know by themselves."""

PERSONAL = ("authorization_code", "device_code")
"""The grants that begin with a person."""
CLIENT_SETTINGS = ("client_id", "client_secret")
"""The settings that say who the client is, where a spec says nothing else."""
SETTINGS_OF_GRANTS = {"password": ("username", "password"), "refresh_token": ("refresh_token",)}
"""The settings without which a grant cannot begin."""
CONSUMER = ("consumer_key", "consumer_secret")
"""Fields of `oauth1`, and the settings that stand in for those that are not given."""

PROOFS = ("digest", "wsse", "jwt", "signature", "oauth1", "aws_sigv4")
"""The keys of these kinds."""
NAMES_OF_WEBHOOK = ("body", "timestamp", "id", "url")
"""What a signed text looks up besides settings."""
