"""Families of which one end is missing: memory that nothing gives back by name, or that nothing takes."""

from collections.abc import Iterable, Iterator

from allocscan.model import TAKES, Action, Allocator, Fate, Kind, Life, Resource, Site, Unmatched

THROWS = "throw"
"""How what objects own fails in languages where they give it back themselves."""


def find_unmatched(
    sites: Iterable[Site], allocators: Iterable[Allocator], lives: Iterable[Life]
) -> Iterator[Unmatched]:
    """Yield the families of which one end is missing, given everything that stands in a whole tree."""
    known = list(sites)
    by_hand: dict[str, list[Site]] = {}
    for site in in_manual_languages(known):
        by_hand.setdefault(site.family, []).append(site)
    owned = {each.family for each in allocators if each.kind is Kind.POOL or each.fails == THROWS}
    met = set(crossing(known, lives))
    for family in sorted(by_hand.keys() - met - owned - {""}):
        if lacks := lacking(by_hand[family]):
            yield Unmatched(family, lacks)


def lacking(sites: Iterable[Site]) -> Action | None:
    """Say what is missing of taking memory and giving it back; whoever memory is passed on to may do that."""
    memory = [site for site in sites if site.resource is Resource.MEMORY]
    takes = any(site.action in TAKES for site in memory if site.explicit)
    gives = any(site.action is Action.DEALLOCATE for site in memory if site.explicit)
    moves = any(site.action is Action.TRANSFER for site in memory)
    if moves or takes is gives:
        return None
    return Action.DEALLOCATE if takes else Action.ALLOCATE


def in_manual_languages(sites: Iterable[Site]) -> list[Site]:
    """Keep the sites in languages where somebody has to ask if there was any memory, and has to give it back."""
    known = list(sites)
    manual = {site.language for site in known if site.checked}
    return [site for site in known if site.language in manual]


def crossing(sites: Iterable[Site], lives: Iterable[Life]) -> Iterator[str]:
    """Yield the families whose memory the release of another family gives back, and those other families."""
    families = {site.location: site.family for site in sites}
    for life in lives:
        for ending in life.endings:
            if ending.fate is Fate.FREED and ending.family != families[life.location]:
                yield from (ending.family, families[life.location])
