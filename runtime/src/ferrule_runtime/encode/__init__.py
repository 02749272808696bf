"""Values of callers as they travel: paths, queries, forms, JSON, multipart, files."""
