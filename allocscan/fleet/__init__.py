"""Many targets become one result, which remembers what is done."""
