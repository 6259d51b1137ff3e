"""The sample repositories are tests: what their comments claim must be found, and nothing else may be."""
