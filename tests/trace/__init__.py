"""What running programs did, joined with the sites of their source."""
