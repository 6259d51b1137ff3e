"""Languages, patterns and names that come from elsewhere than the program."""
