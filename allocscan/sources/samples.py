"""The embedded samples, as a student works on them."""

from pathlib import Path

from allocscan.data import folder
from allocscan.errors import SourceError
from allocscan.sources.claims import without_claims

SAMPLES = "sample_repos"


def sample_names() -> list[str]:
    """List the embedded samples."""
    root = folder(SAMPLES)
    return sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []


def copy_sample(name: str, place: Path) -> tuple[Path, ...]:
    """Write the files of a sample without its claims to a new folder; raise SourceError where it cannot be."""
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise SourceError(f"{place} is already there: name a folder that is not")
    root = folder(SAMPLES) / name
    copies = {place / file.relative_to(root): file for file in sorted(root.rglob("*")) if file.is_file()}
    try:
        for copy, file in copies.items():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(without_claims(file.read_bytes()))
    except OSError as reason:
        raise SourceError(f"cannot write {reason.filename}: {reason.strerror}") from None
    return tuple(copies)
