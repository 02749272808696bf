"""The HTTP face of the service: routes, documents, problems, and what guards them."""
