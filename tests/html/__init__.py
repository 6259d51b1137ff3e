"""The report as pages: its values, its files, and what a browser makes of them."""
