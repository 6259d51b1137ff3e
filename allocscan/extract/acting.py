"""Constructs that look as if they acted on memory, and those of them that do."""

import re
from collections.abc import Mapping
from functools import cached_property

from allocscan.extract.quoting import Text
from allocscan.extract.surroundings import Surroundings
from allocscan.languages import Language
from allocscan.syntax import Match, Span


class Acting:
    """Tells apart what a file's constructs do, by what is declared around them."""

    def __init__(
        self, text: Text, language: Language, roles: Mapping[str, list[Match]], surroundings: Surroundings
    ) -> None:
        self.text = text
        self.language = language
        self.roles = roles
        self.surroundings = surroundings

    def act(self, match: Match) -> bool:
        """Tell whether a construct is what it looks like, and is ever run."""
        return self.surroundings.runs(match) and self.grows(match) and self.captures(match)

    def grows(self, match: Match) -> bool:
        """Tell whether what grows was declared as something that does, in a scope around its use."""
        if "grown" not in match.parts:
            return True
        *owner, name = self.language.names.split(self.text.word(match, "grown"))
        scopes = set(self.surroundings.scopes(match))
        return any(found == name and (inside in scopes or owner) for inside, found in self.containers)

    @cached_property
    def containers(self) -> set[tuple[int, str]]:
        """Name what is declared as something that grows when it is used, each with its scope."""
        found = self.roles.get("container", ())
        return {(self.surroundings.context(match).inside, self.text.word(match, "name")) for match in found}

    def captures(self, match: Match) -> bool:
        """Tell whether a closure uses anything that the function around it declares; what uses nothing is none."""
        if "value" not in match.parts:
            return True
        owner = self.surroundings.context(match).inside
        return any(self.uses(span, owner) for span in match.parts["value"])

    def uses(self, span: Span, owner: int) -> bool:
        """Tell whether an expression names what its function declares outside of it; by itself, a function."""
        text = self.text.quote(span)
        words = set(re.findall(r"\w+", text))
        declared = self.nested if text.isidentifier() else self.declared
        return any(name in words and not span[0] <= place < span[1] for place, name in declared.get(owner, ()))

    @cached_property
    def nested(self) -> dict[int, list[tuple[int, str]]]:
        """List the definitions inside each definition, and at which byte they begin."""
        found: dict[int, list[tuple[int, str]]] = {}
        for match in self.surroundings.definitions:
            found.setdefault(self.surroundings.outside(match), []).append(
                (match.span[0], self.text.word(match, "name"))
            )
        return found

    @cached_property
    def declared(self) -> dict[int, list[tuple[int, str]]]:
        """List what each definition declares, and at which byte."""
        found = {index: list(inner) for index, inner in self.nested.items()}
        for index, match in enumerate(self.surroundings.definitions):
            parameters = match.parts.get("parameters", ())
            found.setdefault(index, []).extend((span[0], self.text.quote(span)) for span in parameters)
        for match in self.roles.get("flow", ()):
            if "variable" in match.parts:
                inside = self.surroundings.context(match).inside
                found.setdefault(inside, []).append((match.span[0], self.text.word(match, "variable")))
        return found
