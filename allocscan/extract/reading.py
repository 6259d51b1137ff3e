"""The matches of one file become its facts."""

import re
from collections.abc import Iterable, Iterator

from allocscan.extract.declarations import declared_type, parameter_types, result_type
from allocscan.extract.heads import attributes_of, is_telling
from allocscan.extract.quoting import Text
from allocscan.extract.results import asserted, is_dropped, read_tested
from allocscan.extract.surroundings import Surroundings, richer
from allocscan.languages import ACTING, Language
from allocscan.model import Action, Call, Definition, FileFacts, Flow, Form, Import, Tested, Typed
from allocscan.syntax import Match, Span, Stretches, analyse, merged

DEFINES = "definition."
PLACE = re.compile(r"[*&]*[A-Za-z_$][\w$]*(?:(?:->|\.|::)[A-Za-z_]\w*|\[[^\[\]]*\])*")
RECEIVER = re.compile(r"[\w$]+(?:(?:->|\.|::)\w+)*")
LONGEST_PLACE = 80
LONGEST_VALUE = 40
RETURN = "return"


class Reading:
    """The matches of one file, on their way to become facts."""

    def __init__(self, text: Text, language: Language) -> None:
        self.text = text
        self.language = language
        syntax = analyse(text.content, language)
        self.lost = syntax.lost
        written = language.attributes.written
        matches = [match for match in unsilenced(syntax.matches) if is_telling(text, match, written)]
        self.roles = group(matches)
        in_test = any(re.search(pattern, text.path) for pattern in language.test_paths)
        self.surroundings = Surroundings(text, matches, syntax.conditions, in_test)
        self.acting = list(joined(match for match in matches if match.role in ACTING))
        self.order = {match.span: index for index, match in enumerate(self.acting)}
        self.asking = [match for role in ("branch", "loop") for match in self.roles.get(role, ()) if "condition" in match.parts]
        self.conditions = Stretches(merged(span for match in self.asking for span in match.parts["condition"]))
        self.interior = values(self.roles.get("through", []) + self.roles.get("interior", []))

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
            typed=tuple(self.typed()),
            tested=self.tested(calls),
        )

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
                type=result_type(self.text, match),
                types=parameter_types(self.text, match),
            )

    def imports(self) -> Iterator[Import]:
        """Read what the file takes from others."""
        for match, groups in nested(self.roles.get("import", []), self.roles.get("group", [])):
            target, module, alias = (self.word(match, part) for part in ("module", "qualifier", "alias"))
            module = self.language.names.join(*(self.word(group, "qualifier") for group in groups), module)
            if target == self.language.modules.itself and module:
                *outer, target = self.language.names.split(module)
                module = self.language.names.join(*outer)
            bound = alias or (target if module else self.bound(target))
            yield Import(
                name=bound,
                target=target if module or alias or self.language.modules.binds == "last" else bound,
                module=module,
                inside=self.surroundings.context(match).inside,
                line=self.text.line(match.span[0]),
            )

    def bound(self, target: str) -> str:
        """Say which part of an imported name becomes known in the file."""
        parts = self.language.names.split(target)
        return parts[0 if self.language.modules.binds == "first" else -1]

    def calls(self, sinks: dict[Span, str]) -> Iterator[Call]:
        """Read every expression that acts on memory, or might."""
        outer, casts = self.outer_calls(), self.casts()
        for match in self.acting:
            action, form = read_role(match.role)
            arguments = match.parts.get("arguments", ())
            taker, position = outer.get(match.span, (-1, -1))
            loose = taker < 0 and match.span not in sinks
            yield Call(
                name=self.callee(match) or form,
                form=form,
                location=self.text.location(self.visible(match)),
                context=self.surroundings.context(match),
                action=action,
                arguments=tuple(self.text.short(span) for span in arguments),
                places=tuple(self.place(span) for span in arguments),
                target=sinks.get(match.span, ""),
                outer=taker,
                position=position,
                type=self.first(match, "type"),
                size=self.first(match, "size"),
                cast=casts.get(match.span, ""),
                asked=taker < 0 and self.conditions.hold(match.span[1] - 1),
                dropped=loose and is_dropped(self.text, match.span, self.language.results),
            )

    def casts(self) -> dict[Span, str]:
        """Find the types that results are turned into."""
        found: dict[Span, str] = {}
        for match in self.roles.get("through", ()):
            if "type" in match.parts:
                for leaf in leaves(match.span, self.interior):
                    if leaf in self.order:
                        found.setdefault(leaf, self.first(match, "type"))
        return found

    def typed(self) -> Iterator[Typed]:
        """Read what types the file's declarations give to names."""
        for match in self.roles.get("typed", []) + self.roles.get("flow", []):
            if said := declared_type(self.text, match):
                alias = "alias" in match.parts
                name = self.word(match, "alias" if alias else "variable")
                yield Typed(name, said, self.surroundings.context(match).inside, alias)

    def tested(self, calls: tuple[Call, ...]) -> tuple[Tested, ...]:
        """Read which places conditions ask whether they hold something."""
        if not self.language.results.tested:
            return ()
        asked = [
            (self.surroundings.context(match).inside, self.text.line(span[0]), self.text.squeezed(span))
            for match in self.asking
            for span in match.parts["condition"]
        ]
        return tuple(read_tested(asked + list(asserted(calls, self.language.results)), self.language.results))

    def callee(self, match: Match) -> str:
        """Quote what a construct calls itself; a receiver that is no plain place is left out."""
        name = "".join(map(self.text.squeezed, sorted(match.parts.get("name", ()))))
        receiver = self.word(match, "receiver")
        return receiver + name if RECEIVER.fullmatch(receiver) else name

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
            target = self.first(match, "variable") or self.first(match, "target") or RETURN
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
            if not sources:
                flows.append(Flow(target, "", inside, line))
        return sinks, flows

    def place(self, span: Span) -> str:
        """Name the place whose value an expression hands on; empty when there is none."""
        inner = leaves(span, self.interior)
        text = self.text.squeezed(inner[0]) if len(inner) == 1 and inner[0][1] - inner[0][0] <= LONGEST_PLACE else ""
        return text if PLACE.fullmatch(text) else ""

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


def read_role(role: str) -> tuple[Action | None, Form]:
    """Split a capture's role into action and form."""
    action, _, form = role.partition(".")
    return (Action(action), Form(form)) if form else (None, Form.CALL)


def leaves(span: Span, through: dict[Span, tuple[Span, ...]]) -> list[Span]:
    """Follow an expression through everything that hands values on, to where they come from."""
    found, pending = [], [span]
    while pending:
        current = pending.pop()
        inner = [value for value in through.get(current, ()) if value != current]
        pending += reversed(inner)
        if not inner:
            found.append(current)
    return found
