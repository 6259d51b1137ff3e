"""A course on memory: exercises that are data, whose answers are computed from what the student has."""
