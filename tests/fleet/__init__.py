"""Many targets, one result."""
