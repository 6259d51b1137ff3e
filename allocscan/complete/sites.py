"""Calls that act on memory become sites."""

from collections.abc import Iterator

from allocscan.complete.checks import Checks
from allocscan.complete.facets import classify, size_of
from allocscan.complete.judging import Act, Judge
from allocscan.discover import Discovery
from allocscan.discover.choosing import at
from allocscan.discover.places import receiver_of
from allocscan.model import TAKES, Action, Call, FileFacts, Form, Reference, Resource, Site
from allocscan.prepare import is_dead
from allocscan.resolve.values import scopes


class Sites:
    """Makes the sites of one language."""

    def __init__(self, discovery: Discovery, language: str) -> None:
        self.discovery = discovery
        self.tree = discovery.links.tree
        self.language = self.tree.languages[language]
        self.judge = Judge(discovery, language)
        self.asks = self.language.asks
        self.checks = Checks(discovery, self.language)

    def find(self, facts: FileFacts) -> Iterator[Site]:
        """Yield the sites of one file."""
        for call, link in zip(facts.calls, self.discovery.links.calls[facts.path], strict=True):
            if act := self.judge.act(call, link):
                yield self.site(facts, call, act)

    def site(self, facts: FileFacts, call: Call, act: Act) -> Site:
        """Put a site together."""
        size = size_of(call, act.effect, act.resolved, self.discovery, self.language)
        variable = at(call.places, act.effect.out) if act.effect.assigns else act.effect.into or call.target
        takes = act.action in TAKES
        asks = takes and self.asks and act.resource != Resource.STACK
        return Site(
            location=call.location,
            action=act.action,
            form=act.form,
            name=self.language.names.called(call.name),
            language=facts.language,
            explicit=act.explicit,
            allocator=act.allocator,
            family=act.family,
            via=act.effect.via,
            type=self.type(facts, call, act, variable),
            size=size,
            function=self.tree.full_name(Reference(facts.path, call.context.inside)),
            variable="" if variable == "return" else variable,
            resolved=self.tree.target(act.resolved) if act.resolved else None,
            basis=act.basis,
            in_test=call.context.in_test,
            loop_depth=call.context.loop_depth,
            condition=call.context.condition,
            dead=is_dead(call.context.condition, self.language.preprocessor),
            resource=act.resource,
            size_class=classify(act.form, size, self.language.sizes) if takes else None,
            zeroed=act.effect.zeroed,
            checked=self.checks.check(call, act.effect) if asks else None,
            pointer=given_back(call.arguments, call, act) if act.action != Action.ALLOCATE else "",
        )

    def type(self, facts: FileFacts, call: Call, act: Act, variable: str) -> str:
        """Say what the memory of a site is for: what the call says, or what the variable is declared to be."""
        if act.action == Action.DEALLOCATE:
            return call.type or self.declared(facts, call, given_back(call.places, call, act))
        instance = act.allocator if act.form == Form.INSTANTIATION else ""
        return call.type or at(call.arguments, act.effect.type) or instance or self.declared(facts, call, variable)

    def declared(self, facts: FileFacts, call: Call, place: str) -> str:
        """Say what a plain variable is declared to be where a call stands."""
        file, name = self.tree.files[facts.path], place.lstrip("*&")
        found = (file.variables.get((scope, name)) for scope in scopes(file, call.context.inside))
        return next((variable.type for variable in found if variable), "")


def given_back(texts: tuple[str, ...], call: Call, act: Act) -> str:
    """Say what a call gives back, or lets grow: one of what it is given, or the object whose method it is."""
    return receiver_of(call.name) if act.effect.itself else at(texts, act.effect.pointer)
