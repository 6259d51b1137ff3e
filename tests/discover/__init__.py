"""What is discovered of a tree's own allocators."""
