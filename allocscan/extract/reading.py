"""The matches of one file become its facts."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache

from allocscan.extract.heads import attributes_of, is_telling
from allocscan.extract.questions import read_asserting, read_questions
from allocscan.extract.quoting import REMEMBERED, Text, squeezed
from allocscan.extract.surroundings import DEFINES, Surroundings, richer
from allocscan.extract.unparsed import read_unparsed
from allocscan.languages import ACTING, Language
from allocscan.model import Action, Call, Definition, FileFacts, Flow, Form, Import, Problem, Question, Variable
from allocscan.syntax import Match, Span, analyse

HANDING_ON = ("through", "interior")
"""Roles of expressions that hand on the value of another, unchanged or as a place in its block."""
PLACE = re.compile(r"[*&]*[A-Za-z_$][\w$]*(?:(?:->|\.|::)[A-Za-z_]\w*|\[[^\[\]]*\])*")
UNNAMED = "…"
"""Stands for a receiver that has no name."""
RECEIVER = re.compile(r"(?:\.|::)?[\w$]+(?:(?:->|\.|::)\w+)*")
LONGEST_PLACE = 80
LONGEST_VALUE = 40
RETURN = "return"


class Reading:
    """The matches of one file, on their way to become facts."""

    def __init__(self, text: Text, language: Language) -> None:
        self.text = text
        self.language = language
        syntax = analyse(text.content, language)
        self.lost, self.hidden, self.deep = syntax.lost, syntax.hidden, syntax.deep
        written = language.attributes.written
        matches = [match for match in unsilenced(syntax.matches) if is_telling(text, match, written)]
        self.roles = group(matches)
        in_test = any(re.search(pattern, text.path) for pattern in language.test_paths)
        enclosing = (match for match in matches if match.role not in HANDING_ON)
        self.surroundings = Surroundings(text, enclosing, syntax.conditions, in_test)
        neither = {match.span for match in self.roles.get("neither", ())}
        found = joined([match for match in matches if match.role in ACTING])
        self.acting = [match for match in found if match.span not in neither and self.acts(match)]
        self.order = {match.span: index for index, match in enumerate(self.acting)}
        self.interior = values(match for role in HANDING_ON for match in self.roles.get(role, ()))

    def acts(self, match: Match) -> bool:
        """Tell whether a construct is what it looks like, and is ever run."""
        return self.surroundings.runs(match) and self.grows(match) and self.captures(match)

    def grows(self, match: Match) -> bool:
        """Tell whether what grows was declared as something that does, in a scope around its use."""
        if "grown" not in match.parts:
            return True
        *owner, name = self.language.names.split(self.word(match, "grown"))
        scopes = set(self.surroundings.scopes(match))
        return any(found == name and (inside in scopes or owner) for inside, found in self.containers)

    @cached_property
    def containers(self) -> set[tuple[int, str]]:
        """Name what is declared as something that grows when it is used, each with its scope."""
        found = self.roles.get("container", ())
        return {(self.surroundings.context(match).inside, self.word(match, "name")) for match in found}

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
            found.setdefault(self.surroundings.outside(match), []).append((match.span[0], self.word(match, "name")))
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
                found.setdefault(inside, []).append((match.span[0], self.word(match, "variable")))
        return found

    def facts(self) -> FileFacts:
        """Put everything together."""
        sinks, flows = self.flows()
        calls = tuple(self.calls(sinks))
        return FileFacts(
            path=self.text.path,
            language=self.language.name,
            lines=self.text.lines,
            size=len(self.text.content),
            lost=sum(end - start for start, end in self.lost),
            definitions=tuple(self.definitions()),
            imports=tuple(self.imports()),
            calls=calls,
            flows=tuple(flows),
            variables=tuple(self.variables()),
            problems=tuple(too_deep(self.text, offset) for offset in self.deep[:1]),
            unparsed=tuple(read_unparsed(self.text, self.lost, self.hidden, self.acting)),
            questions=tuple(self.questions(calls, sinks)),
        )

    def questions(self, calls: Iterable[Call], sinks: dict[Span, str]) -> Iterator[Question]:
        """Read what conditions ask, and functions that are named as if they did."""
        named = zip((call.name for call in calls), self.acting, strict=True)
        asserting = read_asserting(named, self.language.asserting)
        return read_questions(self.text, self.roles, self.surroundings, self.order, asserting, self.named(sinks))

    def definitions(self) -> Iterator[Definition]:
        """Read what the file defines, in the order in which contexts count it."""
        for match in self.surroundings.definitions:
            said = attributes_of(self.text, match, self.language.attributes.written)
            attributes = tuple(dict.fromkeys(self.texts(match, "attribute") + said))
            yield Definition(
                kind=match.role.removeprefix(DEFINES),
                name=self.word(match, "name"),
                inside=self.surroundings.outside(match),
                location=self.text.location(match.span),
                parameters=self.texts(match, "parameters"),
                bases=self.texts(match, "bases"),
                local=any(attribute in self.language.names.local for attribute in attributes),
                body=self.first(match, "body"),
                attributes=attributes,
            )

    def imports(self) -> Iterator[Import]:
        """Read what the file takes from others."""
        public = self.language.modules.public
        for match, groups in nested(self.roles.get("import", []), self.roles.get("group", [])):
            target, module, alias = (self.word(match, part) for part in ("module", "qualifier", "alias"))
            module = self.language.names.join(*(self.word(group, "qualifier") for group in groups), module)
            if target == self.language.modules.itself and module:
                *outer, target = self.language.names.split(module)
                module = self.language.names.join(*outer)
            bound = alias or (target if module else self.bound(target))
            yield Import(
                name=bound,
                target=target if module or self.language.modules.names_whole(alias) else self.bound(target),
                module=module,
                inside=self.surroundings.context(match).inside,
                line=self.text.line(match.span[0]),
                public=not public or any(attribute in public for attribute in self.texts(match, "attribute")),
            )

    def bound(self, target: str) -> str:
        """Say which part of an imported name becomes known in the file."""
        parts = self.language.names.split(self.language.names.bare(target))
        return parts[0 if self.language.modules.binds == "first" else -1]

    def calls(self, sinks: dict[Span, str]) -> Iterator[Call]:
        """Read every expression that acts on memory, or might."""
        outer = self.outer_calls()
        dropped, nullable = (self.spans(role) for role in ("dropped", "nullable"))
        for match in self.acting:
            action, form = read_role(match.role)
            arguments = match.parts.get("arguments", ())
            taker, position = outer.get(match.span, (-1, -1))
            yield Call(
                name=self.callee(match) or form,
                form=form,
                location=self.text.location(self.visible(match)),
                context=self.surroundings.context(match),
                action=action,
                arguments=tuple([self.text.short(span) for span in arguments]),
                places=tuple([self.place(span) for span in arguments]),
                target=sinks.get(match.span, ""),
                outer=taker,
                position=position,
                type=self.first(match, "type"),
                size=self.first(match, "size"),
                dropped=match.span in dropped,
                nullable=match.span in nullable,
            )

    def spans(self, role: str) -> set[Span]:
        """Give the stretches of all constructs of a role."""
        return {match.span for match in self.roles.get(role, ())}

    def named(self, sinks: dict[Span, str]) -> Callable[[Span], dict[Span, str]]:
        """Make a function that follows a value to where it comes from, and names the places that hold it."""
        return lambda value: {leaf: sinks.get(leaf) or self.place(leaf) for leaf in leaves(value, self.interior)}

    def callee(self, match: Match) -> str:
        """Quote what a construct calls itself; a receiver that is no plain place is left out."""
        names = match.parts.get("name", ())
        name = self.text.squeezed(names[0]) if len(names) == 1 else "".join(map(self.text.squeezed, sorted(names)))
        receiver = self.word(match, "receiver")
        if receiver and not name.startswith(self.language.names.separators):
            return self.received(match, name)
        return receiver + name if RECEIVER.fullmatch(receiver) else name

    def received(self, match: Match, name: str) -> str:
        """Name a member of a receiver, whatever stands between them."""
        whole = self.text.squeezed((match.parts["receiver"][0][0], match.parts["name"][0][1]))
        plain = RECEIVER.fullmatch(self.language.names.bare(whole))
        return plain[0] if plain else UNNAMED + self.language.names.separators[0] + name

    def visible(self, match: Match) -> Span:
        """Give the stretch of a call; behind a receiver on lines above, it begins with the name."""
        if "receiver" not in match.parts:
            return match.span
        start = min(start for start, _ in match.parts["name"])
        return match.span if self.text.line(match.span[0]) == self.text.line(start) else (start, match.span[1])

    def outer_calls(self) -> dict[Span, tuple[int, int]]:
        """Find the calls that take the result of another as an argument."""
        return {
            leaf: (index, position)
            for index, match in enumerate(self.acting)
            for position, argument in enumerate(match.parts.get("arguments", ()))
            for leaf in leaves(argument, self.interior)
            if leaf in self.order
        }

    def flows(self) -> tuple[dict[Span, str], list[Flow]]:
        """Find the place that takes each call's result, and the values that move between places."""
        sinks: dict[Span, str] = {}
        flows: list[Flow] = []
        for match in sorted(self.roles.get("flow", []) + self.roles.get(RETURN, []), key=lambda match: match.span[0]):
            target = self.taker(match)
            inside, line = self.surroundings.context(match).inside, self.text.line(match.span[0])
            sources = [leaf for span in match.parts.get("source", ()) for leaf in leaves(span, self.interior)]
            for leaf in sources:
                if leaf not in self.order:
                    place = self.place(leaf)
                    flows.append(Flow(target, place, inside, line, "" if place else self.brief(leaf)))
                    continue
                first = sinks.setdefault(leaf, target)
                if first != target:
                    flows.append(Flow(target, first, inside, line))
            held = match.parts.get("arguments", ())
            flows += [Flow(f"{target}.{number}", place, inside, line) for number, place in self.held(held)]
            if not sources and not held:
                flows.append(Flow(target, "", inside, line))
        return sinks, flows

    def taker(self, match: Match) -> str:
        """Name the place that takes a value."""
        field = self.word(match, "field")
        place = f"{self.language.names.dot}{field}" if field else ""
        return self.first(match, "variable") or self.first(match, "target") or place or RETURN

    def held(self, values: tuple[Span, ...]) -> Iterator[tuple[int, str]]:
        """Yield the places among the values that a table lists, with their numbers."""
        return ((number, place) for number, place in enumerate(map(self.place, values)) if place)

    def variables(self) -> Iterator[Variable]:
        """Read what variables are declared to be."""
        for match in self.roles.get("declares", ()):
            inside = self.surroundings.context(match).inside
            yield Variable(self.word(match, "variable"), self.first(match, "type"), inside)

    def place(self, span: Span) -> str:
        """Name the place whose value an expression hands on; empty when there is none."""
        (start, end), *others = leaves(span, self.interior)
        return "" if others or end - start > LONGEST_PLACE else place_in(self.text.content[start:end])

    def brief(self, span: Span) -> str:
        """Quote the beginning of a value."""
        return self.text.squeezed((span[0], min(span[1], span[0] + LONGEST_VALUE)))

    def texts(self, match: Match, part: str) -> tuple[str, ...]:
        """Quote all stretches of a part."""
        return tuple(self.text.short(span) for span in match.parts.get(part, ()))

    def first(self, match: Match, part: str) -> str:
        """Quote the first stretch of a part, shortened."""
        spans = match.parts.get(part)
        return self.text.short(spans[0]) if spans else ""

    def word(self, match: Match, part: str) -> str:
        """Quote the first stretch of a part, without white space."""
        spans = match.parts.get(part)
        return self.text.squeezed(spans[0]) if spans else ""


def too_deep(text: Text, offset: int) -> Problem:
    """Say that a construct is nested so deep that not all of it was looked at."""
    message = "what is innermost here was not looked for: a construct is nested too deep"
    return Problem(text.path, text.line(offset), "too deep", message)


def unsilenced(matches: Iterable[Match]) -> Iterator[Match]:
    """Leave out what stands inside of what is no code, although it may read like some."""
    end = 0
    for match in matches:
        if match.role == "silent":
            end = max(end, match.span[1])
        elif match.span[0] >= end:
            yield match


def group(matches: Iterable[Match]) -> dict[str, list[Match]]:
    """Sort matches by role."""
    roles: dict[str, list[Match]] = {}
    for match in matches:
        roles.setdefault(match.role, []).append(match)
    return roles


def values(matches: Iterable[Match]) -> dict[Span, tuple[Span, ...]]:
    """Collect the values that each construct hands on."""
    found: dict[Span, tuple[Span, ...]] = {}
    for match in matches:
        found[match.span] = found.get(match.span, ()) + match.parts["value"]
    return found


def nested(matches: list[Match], groups: list[Match]) -> Iterator[tuple[Match, tuple[Match, ...]]]:
    """Yield each match with the groups that it stands in, outer before inner."""
    opened: list[Match] = []
    for match in sorted(groups + matches, key=lambda match: (match.span[0], -match.span[1])):
        while opened and opened[-1].span[1] <= match.span[0]:
            opened.pop()
        if match.role == "group":
            opened.append(match)
        else:
            yield match, tuple(opened)


def joined(matches: Iterable[Match]) -> Iterator[Match]:
    """Yield matches in their order, with those of one construct made one."""
    last: Match | None = None
    for match in matches:
        if last and last.span == match.span and last.role == match.role:
            last = richer(last, match)
            continue
        if last:
            yield last
        last = match
    if last:
        yield last


@lru_cache(REMEMBERED)
def place_in(quoted: bytes) -> str:
    """Write a place; empty for an expression that is none."""
    text = squeezed(quoted)
    return text if PLACE.fullmatch(text) else ""


@lru_cache
def read_role(role: str) -> tuple[Action | None, Form]:
    """Split a capture's role into action and form."""
    action, _, form = role.partition(".")
    return (Action(action), Form(form)) if form else (None, Form.CALL)


def leaves(span: Span, through: dict[Span, tuple[Span, ...]]) -> list[Span]:
    """Follow an expression through everything that hands values on, to where they come from."""
    if span not in through:
        return [span]
    found, pending = [], [span]
    while pending:
        current = pending.pop()
        inner = [value for value in through.get(current, ()) if value != current]
        pending += reversed(inner)
        if not inner:
            found.append(current)
    return found
