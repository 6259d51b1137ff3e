"""What a program did to memory while it ran, joined with the sites of its source."""
