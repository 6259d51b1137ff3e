"""What was learnt of functions and macros."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from allocscan.model import Effect, Reference, Role


class Learnt(dict[Reference, tuple[Effect, ...]]):
    """What is known of what functions and macros do to memory, and of which of them something new is."""

    def __init__(self, known: Mapping[Reference, tuple[Effect, ...]] = MappingProxyType({})) -> None:
        """Begin with what is known from the start."""
        super().__init__(known)
        self.news: list[Reference] = []

    def __setitem__(self, reference: Reference, effects: tuple[Effect, ...]) -> None:
        """Learn something of a function, or something else."""
        self.news.append(reference)
        super().__setitem__(reference, effects)

    def forget(self, reference: Reference) -> None:
        """Know nothing of a function any more."""
        self.news.append(reference)
        super().pop(reference, None)

    def take_news(self) -> list[Reference]:
        """Say of which functions something new is known since somebody asked."""
        news, self.news = self.news, []
        return news


def has_role(effects: Iterable[Effect] | None, roles: frozenset[Role]) -> bool:
    """Tell whether one of some effects has one of some roles."""
    return effects is not None and any(effect.role in roles for effect in effects)
