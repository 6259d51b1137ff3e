"""Tests of allocscan."""
