"""`allocscan targets`: what is known by name, and what is cloned."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from allocscan.cli.completion import complete_known
from allocscan.reporters.wording import escape

if TYPE_CHECKING:
    from allocscan.sources import KnownTarget, Settings
    from allocscan.sources.clones import Clone

EXAMPLES = """
\b
Examples:
  allocscan targets
  allocscan targets --remove servo --remove phobos
"""

ABBREVIATED, DAY = 12, 10
"""Digits of a commit and characters of a date that are shown."""
UNITS = ("bytes", "kB", "MB", "GB", "TB")


@click.command("targets", short_help="List known targets and clones, and remove clones.", epilog=EXAMPLES)
@click.option(
    "--remove",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_known,
    help="Remove the clone of this name or URL. May be repeated.",
)
def command(remove: tuple[str, ...]) -> None:
    """List the targets that are known by name, and the clones that are kept.

    For each clone its commit, date and size are shown, and which revisions can
    be read without network.
    """
    from allocscan import sources
    from allocscan.sources.clones import cloned

    settings = sources.Settings(sources.default_cache(), sources.known_targets(sources.default_config()))
    if remove:
        lines = remove_clones(remove, settings)
    else:
        lines = listing(settings.targets.values(), cloned(settings), sources.sample_names())
    for line in lines:
        click.echo(escape(line))


def remove_clones(names: Iterable[str], settings: "Settings") -> Iterator[str]:
    """Remove clones one by one, and say what each was."""
    from allocscan.sources.clones import remove

    for name in names:
        clone = remove(name, settings)
        yield f"removed the clone of {clone.name}, {amount(clone.size)}"


def listing(known: Iterable["KnownTarget"], clones: tuple["Clone", ...], samples: Iterable[str]) -> Iterator[str]:
    """Describe the known targets, the other clones, and the samples."""
    names = {target.name: target for target in known}
    for target in names.values():
        own = [clone for clone in clones if clone.name == target.name]
        for clone in own or (None,):
            yield from entry(target.name, clone, target.look, place(target, clone))
    for clone in clones:
        if clone.name not in names:
            yield from entry(clone.name, clone, "", clone.url)
    yield f"Samples that came with allocscan: {', '.join(samples)}"


def entry(name: str, clone: "Clone | None", look: str, where: str) -> Iterator[str]:
    """Describe a target in a few lines."""
    yield f"{name:<10} {describe(clone) if clone else 'not cloned'}"
    yield from (f"{'':<10} {line}" for line in (look, where) if line)
    yield ""


def place(target: "KnownTarget", clone: "Clone | None") -> str:
    """Say where a target is, and what is reported of it; a clone of that name may be of another."""
    if clone and clone.url != target.url:
        return clone.url
    return f"{target.url}, reported: {target.subtree}" if target.subtree else target.url


def describe(clone: "Clone") -> str:
    """Say what is cloned, and how large that is."""
    commit = f"{clone.commit[:ABBREVIATED]} of {clone.date[:DAY]}, " if clone.commit else ""
    more = [revision for revision in clone.revisions if revision != "HEAD"]
    return f"{commit}{amount(clone.size)}{', also at ' if more else ''}{', '.join(more)}"


def amount(size: float) -> str:
    """Write a number of bytes in the largest unit that leaves something before the point."""
    for unit in UNITS[:-1]:
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == UNITS[0] or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} {UNITS[-1]}"
