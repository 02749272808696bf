"""OAuth 2.0: how a person's consent becomes a token (RFC 6749, 7636, 8628, 9207, 7009)."""
