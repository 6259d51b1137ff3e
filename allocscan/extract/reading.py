"""The matches of one file become its facts."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from allocscan.extract.acting import Acting
from allocscan.extract.defining import read_definitions, read_imports
from allocscan.extract.heads import is_telling
from allocscan.extract.leaving import is_nothing, read_asked
from allocscan.extract.matches import group, joined, leaves, unsilenced, values
from allocscan.extract.omitted import read_omitted
from allocscan.extract.questions import read_asserting, read_questions
from allocscan.extract.quoting import REMEMBERED, Text, squeezed
from allocscan.extract.surroundings import Surroundings
from allocscan.extract.unparsed import read_unparsed
from allocscan.languages import ACTING, Language
from allocscan.model import Action, Call, FileFacts, Flow, Form, Question, Variable
from allocscan.syntax import Match, Span, analyse

THROUGH = "through"
HANDING_ON = (THROUGH, "interior")
"""Roles of expressions that hand on the value of another, unchanged or as a place in its block."""
PLACE = re.compile(r"[*&]*[A-Za-z_$][\w$]*(?:(?:->|\.|::)[A-Za-z_]\w*|\[[^\[\]]*\])*")
UNNAMED = "…"
"""Stands for a receiver that has no name."""
RECEIVER = re.compile(r"(?:\.|::)?[\w$]+(?:(?:->|\.|::)\w+)*")
POINTED = re.compile(rb"\*\s*(?:const\s+)?\Z")
"""What stands before the name of a pointer."""
POINTS = re.compile(rb"(?:\s|const\b)*\*")
"""What stands behind the type of a function that hands a pointer out."""
NEVER = "(?!)"
LONGEST_PLACE = 80
LONGEST_VALUE = 40
RETURN = "return"


class Reading:
    """The matches of one file, on their way to become facts."""

    def __init__(self, text: Text, language: Language) -> None:
        self.text = text
        self.language = language
        syntax = analyse(text.content, language)
        self.lost, self.hidden, self.deep, self.elsewhere = syntax.lost, syntax.hidden, syntax.deep, syntax.elsewhere
        written = language.attributes.written
        matches = [match for match in unsilenced(syntax.matches) if is_telling(text, match, written)]
        self.roles = group(matches)
        in_test = any(re.search(pattern, text.path) for pattern in language.test_paths)
        enclosing = (match for match in matches if match.role not in HANDING_ON)
        self.surroundings = Surroundings(text, enclosing, syntax.conditions, in_test)
        neither = {match.span for match in self.roles.get("neither", ())}
        runs = Acting(text, language, self.roles, self.surroundings)
        found = joined([match for match in matches if match.role in ACTING])
        self.acting = [match for match in found if match.span not in neither and runs.act(match)]
        self.order = {match.span: index for index, match in enumerate(self.acting)}
        self.interior = values(match for role in HANDING_ON for match in self.roles.get(role, ()))
        self.through = values(self.roles.get(THROUGH, ()))
        self.asked = read_asked(text, self.roles)
        self.made = re.compile(language.names.made or NEVER)

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
            definitions=tuple(read_definitions(self.text, self.language, self.surroundings)),
            imports=tuple(read_imports(self.text, self.language, self.roles, self.surroundings)),
            calls=calls,
            flows=tuple(flows),
            variables=tuple(self.variables()),
            problems=tuple(read_omitted(self.text, self.deep, self.elsewhere)),
            unparsed=tuple(read_unparsed(self.text, self.lost, self.hidden, self.acting)),
            questions=tuple(self.questions(calls, sinks)),
        )

    def questions(self, calls: Iterable[Call], sinks: dict[Span, str]) -> Iterator[Question]:
        """Read what conditions ask, and functions that are named as if they did."""
        named = zip((call.name for call in calls), self.acting, strict=True)
        asserting = read_asserting(named, self.language.asserting)
        return read_questions(self.text, self.roles, self.surroundings, self.order, asserting, self.named(sinks))

    def calls(self, sinks: dict[Span, str]) -> Iterator[Call]:
        """Read every expression that acts on memory, or might."""
        outer = self.outer_calls()
        dropped, nullable = (self.spans(role) for role in ("dropped", "nullable"))
        for match in self.acting:
            action, form = read_role(match.role)
            arguments = match.parts.get("arguments") or match.parts.get("operand", ())
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
                type=self.text.first(match, "type"),
                size=self.text.first(match, "size"),
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
        name = self.pointed(names[0]) if len(names) == 1 else "".join(map(self.text.squeezed, sorted(names)))
        receiver = self.text.word(match, "receiver")
        if receiver and not name.startswith(self.language.names.separators):
            return self.received(match, name)
        if name.endswith(")") and (made := self.made.fullmatch(name)):
            return made["name"]
        return receiver + name if RECEIVER.fullmatch(receiver) else name

    def pointed(self, span: Span) -> str:
        """Quote a callee: by its name what is pointed to, and what needs no parentheses, unlike a member that does."""
        place = self.place(span) if self.text.content.startswith(b"(", span[0]) else ""
        named = place.startswith("*") or place.isidentifier()
        return place.lstrip("*") if named else self.text.squeezed(span)

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
                    place, value = self.source(match, leaf, sinks)
                    flows.append(Flow(target, place, inside, line, value))
                    continue
                first = sinks.setdefault(leaf, target)
                if first != target:
                    flows.append(Flow(target, first, inside, line))
            held = match.parts.get("arguments", ())
            flows += [Flow(f"{target}.{number}", place, inside, line) for number, place in self.held(held)]
            if not sources and not held:
                flows.append(Flow(target, "", inside, line))
        return sinks, flows

    def source(self, match: Match, leaf: Span, sinks: dict[Span, str]) -> tuple[str, str]:
        """Say which place and which value moves; nothing does where a place was asked, and holds nothing."""
        place = self.place(leaf)
        value = self.said(match, leaf, place)
        whole = place and not value and match.span in self.asked
        lacks = whole and is_nothing(self.text, self.asked, match, place, self.named(sinks))
        return ("", self.language.nothing[0]) if lacks else (place, value)

    def said(self, match: Match, leaf: Span, place: str) -> str:
        """Quote a value that is no place, or one whose block is only pointed into."""
        whole = (each for span in match.parts.get("source", ()) for each in leaves(span, self.through))
        return "" if place and leaf in whole else self.brief(leaf)

    def taker(self, match: Match) -> str:
        """Name the place that takes a value."""
        field = self.text.word(match, "field")
        place = f"{self.language.names.dot}{field}" if field else ""
        return self.text.first(match, "variable") or self.text.first(match, "target") or place or RETURN

    def held(self, values: tuple[Span, ...]) -> Iterator[tuple[int, str]]:
        """Yield the places among the values that a table lists, with their numbers."""
        return ((number, place) for number, place in enumerate(map(self.place, values)) if place)

    def variables(self) -> Iterator[Variable]:
        """Read what variables are declared to be."""
        for match in self.roles.get("declares", ()):
            inside = self.surroundings.context(match).inside
            yield Variable(
                self.text.word(match, "variable") or RETURN, self.text.first(match, "type"), inside, self.points(match)
            )

    def points(self, match: Match) -> bool:
        """Tell whether what is declared only points to an object: a star stands before its name, or behind the type."""
        if "variable" in match.parts:
            start = match.parts["variable"][0][0]
            return bool(POINTED.search(self.text.content, max(0, start - LONGEST_PLACE), start))
        return bool(POINTS.match(self.text.content, match.parts["type"][0][1]))

    def place(self, span: Span) -> str:
        """Name the place whose value an expression hands on; empty when there is none."""
        (start, end), *others = leaves(span, self.interior)
        return "" if others or end - start > LONGEST_PLACE else place_in(self.text.content[start:end])

    def brief(self, span: Span) -> str:
        """Quote the beginning of a value."""
        return self.text.squeezed((span[0], min(span[1], span[0] + LONGEST_VALUE)))


@lru_cache(REMEMBERED)
def place_in(quoted: bytes) -> str:
    """Write a place; empty for an expression that is none."""
    text = squeezed(quoted)
    return text if PLACE.fullmatch(text) else ""


@lru_cache
def read_role(role: str) -> tuple[Action | None, Form]:
    """Split a capture's role into action and form."""
    action, _, form = role.partition(".")
    return None if action == Form.CALL else Action(action), Form(form or Form.CALL)
