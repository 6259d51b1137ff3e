"""What calls do to memory, as far as is known while it is being found out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from allocscan.discover.applied import Applied
from allocscan.discover.called import emptied, most_telling, unmeasured, wasted
from allocscan.discover.catalogued import Catalogued
from allocscan.discover.described import ROLES, effect_of, ended
from allocscan.discover.failing import Failing
from allocscan.discover.hooks import Hooks
from allocscan.discover.learnt import Learnt
from allocscan.discover.units import Step, Unit
from allocscan.languages import Language
from allocscan.model import IMPLICIT, Basis, Call, Effect, Form, Kind, Level, Link, Reference, Role
from allocscan.resolve import Links
from allocscan.resolve.index import MACRO


@dataclass(frozen=True)
class Known:
    """What calls do to memory, as far as is known by now."""

    links: Links
    catalogued: Mapping[str, Catalogued]
    """By language."""
    hooks: Hooks
    units: Mapping[Reference, Unit]
    effects: Learnt = field(default_factory=Learnt)
    applied: Applied = field(default_factory=dict)
    """What the calls of macros stand for that call what they are given."""
    chosen: dict[Reference, Reference] = field(default_factory=dict)
    """For what a file defines under several conditions the one of them that a call is taken for."""
    failing: Failing = field(default_factory=Failing)
    kept: dict[Reference, Effect] = field(default_factory=dict)
    """What works on the memory that pools and containers keep: it neither obtains a block of its own nor frees one."""
    held: dict[Reference, Step] = field(default_factory=dict)
    """For what takes memory out of objects that hold it, the call that it comes from."""
    bulk: dict[Reference, str] = field(default_factory=dict)
    """What gives back all blocks of a pool, with the family of what that hands out."""
    counted: dict[Reference, Reference] = field(default_factory=dict)
    """For what hands out objects that count their users, what gives a use of them up."""
    expanded: dict[Reference, Effect] = field(default_factory=dict)
    """What macros do to memory where they are used, whatever becomes of it there."""
    made: dict[Reference, Effect] = field(default_factory=dict)
    """What hands out objects that nobody gives back by hand."""
    implemented: frozenset[Reference] = frozenset()
    """Functions of which a catalogue knows better than their code what they are for."""
    said: dict[Step, tuple[Effect, ...] | None] = field(default_factory=dict)

    def effects_of(self, step: Step) -> tuple[Effect, ...]:
        """Say what a call does to memory."""
        told = self.said[step] if step in self.said else self.told(step)
        return self.learnt(step) if told is None else told

    def told(self, step: Step) -> tuple[Effect, ...] | None:
        """Say what a call does to memory whatever the tree does, judged once; None where that is to be learnt."""
        if step not in self.said:
            self.said[step] = self.judge(step)
        return self.said[step]

    def is_plain(self, step: Step) -> bool:
        """Tell whether a call means something of the tree, and no catalogue knows anything under its name."""
        call, link = step.call, step.link
        if link is None or link.member or not link.references or call.action:
            return False
        return not self.catalogued[step.language].may_know(link, call)

    def judge(self, step: Step) -> tuple[Effect, ...] | None:
        """Say what a call does to memory whatever the tree does; None where that is to be learnt."""
        catalogued, link = self.catalogued[step.language], step.link
        if step.call.action:
            explicit = step.call.form not in IMPLICIT and not catalogued.language.collected
            return construct(step.call, catalogued) if explicit else ()
        if catalogued.may_know(link, step.call):
            entry = catalogued.entry(link, step.call, named=step.named)
            if entry and catalogued.follows(entry):
                return () if entry.collected else (effect_of(entry),)
            if entry and catalogued.language.followed:
                return ended(entry)
            if catalogued.is_neither(link):
                return ()
        return None if (link and link.references) or self.hooked(step) else ()

    def learnt(self, step: Step) -> tuple[Effect, ...]:
        """Say what was learnt of what a call means, or goes through."""
        link = step.link
        if link is None or link.member or not link.references:
            found = self.sure_effects(step) or self.through_hook(step)
        else:
            found = () if self.effects.keys().isdisjoint(link.references) else self.sure_effects(step)
        return tuple(emptied(step, effect) for effect in found) if found and step.call.dropped else found

    def sure_effects(self, step: Step) -> tuple[Effect, ...]:
        """Say what was learnt of what a call means."""
        if not (step.link and (known := self.known_effects(step.link))):
            return ()
        sure = (effect for effect in known if effect.level != Level.MAYBE and not wasted(step, effect))
        return tuple(sure if step.call.form is Form.CALL else map(unmeasured, sure))

    def known_effects(self, link: Link) -> tuple[Effect, ...]:
        """Give what was learnt of what a call means: of the nearest definition, or else what most of its name do."""
        if self.effects.keys().isdisjoint(link.references):
            return ()
        first = (self.chosen.get(found, found) for found in link.references[:1])
        nearest = self.nearest_effects(first) or self.nearest_effects(self.alternatives(link))
        if len(link.references) < 2 or (nearest and not link.member):
            return nearest
        found = [self.effects[reference] for reference in link.references if reference in self.effects]
        agree = not link.member or len({effects[0].role for effects in found}) == 1
        return found[0] if agree and 2 * len(found) > len(link.references) else ()

    def keeps(self, step: Step) -> tuple[Effect, ...]:
        """Say what a call does to memory that a pool or a container keeps."""
        return next(filter(None, map(self.kept_by, (step, *self.hooked(step)))), ())

    def kept_by(self, step: Step) -> tuple[Effect, ...]:
        """Say the same of what a name means."""
        return tuple(self.kept[found] for found in step.references[:1] if found in self.kept)

    @property
    def all_effects(self) -> dict[Reference, tuple[Effect, ...]]:
        """Give what everything does to memory, that which pools and containers keep included."""
        return self.effects | {found: (effect,) for found, effect in self.kept.items()}

    def nearest_effects(self, references: Iterable[Reference]) -> tuple[Effect, ...]:
        """Give what was learnt of the first of some definitions that does anything to memory."""
        return next(filter(None, (self.effects.get(reference) for reference in references)), ())

    def alternatives(self, link: Link) -> Iterator[Reference]:
        """List what a name means where it is not the first definition of that name, which stands under some condition.

        That are others of its kind in its file, macros that stand for it otherwise, and all of them where the first
        is a macro that calls nothing, or may not be meant.
        """
        first, *others = link.references or (None,)
        if first and self.is_macro(first):
            open_to_all = link.basis is Basis.AMBIGUOUS or self.is_stub(self.units[first])
            yield from (each for each in others if open_to_all or (each.path == first.path and self.is_macro(each)))
        elif first:
            condition = self.links.tree.definition(first).condition
            beside = (each for each in others if (each.path == first.path or self.is_macro(each)) and condition)
            yield from (each for each in beside if self.links.tree.definition(each).condition not in ("", condition))

    def is_stub(self, unit: Unit) -> bool:
        """Tell whether a macro stands for nothing."""
        return not unit.steps or unit.definition.body in self.nothing(unit)

    def is_macro(self, reference: Reference) -> bool:
        """Tell whether a definition is a macro."""
        return self.links.tree.definition(reference).kind == MACRO

    def first_effects(self) -> Iterator[tuple[Reference, Effect]]:
        """Yield the first thing that each function does to memory, as far as any is known to."""
        return ((reference, effects[0]) for reference, effects in self.effects.items() if effects)

    def language(self, unit: Unit) -> Language:
        """Give the language that a unit is written in."""
        return self.links.tree.language(unit.reference.path)

    def nothing(self, unit: Unit) -> tuple[str, ...]:
        """Say what stands for no object where a unit is written."""
        return self.language(unit).nothing

    def through_hook(self, step: Step) -> tuple[Effect, ...]:
        """Say what a call through a field or variable does: what most functions there do, and none undoes."""
        if not (hooks := self.hooked(step)):
            return ()
        known = [self.told(hook) or self.sure_effects(hook) for hook in hooks]
        found = [effects[0] for effects in known if effects]
        agree = len({effect.role is Role.DEALLOCATOR for effect in found}) == 1 and 2 * len(found) >= len(known)
        return (most_telling(found),) if agree else ()

    def hooked(self, step: Step) -> Sequence[Step]:
        """List what the field or variable holds that a call goes through."""
        if step.link and step.link.references and not step.link.member:
            return ()
        return self.hooks.of(step.call)


def construct(call: Call, catalogued: Catalogued) -> tuple[Effect, ...]:
    """Say what a construct of the language does to memory."""
    if call.action not in ROLES:
        return ()
    role = ROLES[call.action]
    pointer = None if role == Role.ALLOCATOR or not call.places else 0
    entry = catalogued.catalogue.find(call.name, call.arguments)
    family = entry.family if entry else call.name
    return (Effect(role, family, Kind.CONSTRUCTOR if call.type else Kind.RAW, pointer=pointer),)
