"""What catalogues say of their entries, in the words of discovery."""

from dataclasses import replace

from allocscan.catalogue import Entry
from allocscan.model import Action, Effect, Role

ROLES = {
    Action.ALLOCATE: Role.ALLOCATOR,
    Action.REALLOCATE: Role.REALLOCATOR,
    Action.DEALLOCATE: Role.DEALLOCATOR,
}


def moves(entry: Entry) -> bool:
    """Tell whether a transfer takes memory out of its owner's keeping, or gives it into that."""
    return entry.source is not None or entry.owned is not None


def role_of(entry: Entry) -> Role:
    """Say what an entry is to bare memory: what its owner lets go of is obtained, what one takes over is given back."""
    if entry.action is Action.TRANSFER:
        return Role.DEALLOCATOR if entry.owned is not None else Role.ALLOCATOR
    return ROLES[entry.action]


def effect_of(entry: Entry) -> Effect:
    """Say in the words of discovery what a catalogue says; what gives back has no memory to fail for."""
    role = role_of(entry)
    return Effect(
        role=role,
        family=entry.family,
        kind=entry.kind,
        out=entry.out,
        pointer=entry.pointer if entry.owned is None else entry.owned,
        size=entry.size,
        count=entry.count,
        type=entry.type,
        pool=entry.pool,
        itself=entry.itself,
        behind=entry.behind,
        zeroed=entry.zeroed,
        fails="" if role is Role.DEALLOCATOR else entry.fails,
        resource=entry.resource,
    )


def ended(entry: Entry) -> tuple[Effect, ...]:
    """Say what is known of a call that an owner is given to: what it gives back is no parameter of anybody's."""
    return (replace(effect_of(entry), pointer=None),) if entry.action is Action.DEALLOCATE else ()
