"""What a mocked service answers: made from values, checked by the decoder that will read it."""
