"""What whoever scans, and what the scanned tree, say of names, joined with what is known of libraries."""

from collections.abc import Mapping
from dataclasses import replace

from allocscan.catalogue import Catalogue, Standing, join


def overridden(known: Catalogue, given: Catalogue) -> Catalogue:
    """Let what whoever scans says of a name stand before all that is known of it."""
    said = frozenset(entry.name for entry in given.entries)
    entries = tuple(entry._replace(standing=Standing.GIVEN) for entry in given.entries)
    left = tuple(entry for entry in known.entries if entry.name not in given.neither)
    return replace(
        join((given, known)),
        entries=entries + left,
        denied=(known.denied - said) | given.neither,
    )


def extended(known: Catalogue, told: Catalogue) -> Catalogue:
    """Add what the tree says of names that are not known."""
    heard = {entry.name for entry in known.entries} | known.neither
    entries = (entry for entry in told.entries if entry.name not in heard)
    return replace(
        known,
        entries=known.entries + tuple(entry._replace(standing=Standing.TREE) for entry in entries),
        classes=added(known.classes, told.classes),
    )


def added(known: Mapping[str, frozenset[str]], told: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """Add names to those of their modules."""
    return {**known, **{module: names | known.get(module, frozenset()) for module, names in told.items()}}
