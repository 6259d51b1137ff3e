"""What was linked is kept part by part, so that only those are read again which somebody looks at."""

import marshal
import zlib
from collections.abc import Collection
from dataclasses import fields
from typing import Any

from allocscan.model import Report, Source
from allocscan.store.packing import Makers, pack, unpack_changed

PARTS = tuple(each.name for each in fields(Report) if each.name != "source")
"""All parts of a report; what was scanned is no part of what was linked."""
ALWAYS = frozenset(("problems",))
"""Parts that every report is put together with."""
AS_IT_IS: Makers = {}
AS_LARGE = 0
"""Each part is compressed by itself; together they only get a checksum."""


def packed(report: Report) -> bytes:
    """Write what was linked, each part by itself."""
    parts = {name: pack(found) for name in PARTS if (found := getattr(report, name))}
    return zlib.compress(marshal.dumps(parts), AS_LARGE)


def unpacked(stored: bytes, wanted: Collection[str], makers: Makers = AS_IT_IS) -> Report | None:
    """Read the wanted parts of what was linked, all where none is named, others empty; None where it was damaged."""
    try:
        known: dict[str, bytes] = marshal.loads(zlib.decompress(stored))
    except zlib.error:
        return None
    asked = ALWAYS.union(wanted) if wanted else known
    parts: dict[str, Any] = {name: unpack_changed(known[name], tuple, makers) for name in known if name in asked}
    return None if None in parts.values() else Report(Source("", ""), **parts)
