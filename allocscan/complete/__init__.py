"""Links and effects become what a report lists: sites, definitions, allocators, lives and functions."""
