"""The policies of a call as plain generators: they yield wishes and are sent what came of them."""
