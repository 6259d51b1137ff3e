"""Fingerprints of results: they stay the same while lines move, and differ where results do."""

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

KEY = "allocscan/v1"
"""Names the way in which a fingerprint is computed."""


def fingerprinted(results: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to each result its fingerprint; equal ones are counted, in the order in which they stand."""
    seen: Counter[str] = Counter()
    done = []
    for result in results:
        mark = fingerprint(result)
        seen[mark] += 1
        done.append({**result, "partialFingerprints": {KEY: f"{mark}:{seen[mark]}"}})
    return done


def fingerprint(result: dict[str, Any]) -> str:
    """Compute a fingerprint of what is found where, without lines, columns, the words for it, and what was measured."""
    (place,) = result["locations"]
    path = place["physicalLocation"]["artifactLocation"]["uri"]
    function = [each["fullyQualifiedName"] for each in place.get("logicalLocations", ())]
    said = sorted((name, value) for name, value in result.get("properties", {}).items() if isinstance(value, str))
    parts = (result["ruleId"], path, *function, said)
    return sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()[:16]
