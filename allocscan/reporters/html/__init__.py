"""A report as pages that people open."""
