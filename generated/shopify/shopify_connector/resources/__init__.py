"""Actions by resource."""
