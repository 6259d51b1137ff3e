"""What a file defines, and what it takes from others."""

from collections.abc import Iterator, Mapping

from allocscan.extract.heads import attributes_of
from allocscan.extract.matches import nested
from allocscan.extract.quoting import Text
from allocscan.extract.surroundings import DEFINES, Surroundings
from allocscan.languages import Language
from allocscan.model import Definition, Import
from allocscan.syntax import Match


def read_definitions(text: Text, language: Language, surroundings: Surroundings) -> Iterator[Definition]:
    """Read what the file defines, in the order in which contexts count it."""
    for match in surroundings.definitions:
        said = attributes_of(text, match, language.attributes.written)
        attributes = tuple(dict.fromkeys(text.texts(match, "attribute") + said))
        yield Definition(
            kind=match.role.removeprefix(DEFINES),
            name=full_name(text, match, language),
            inside=surroundings.outside(match),
            location=text.location(match.span),
            parameters=text.texts(match, "parameters"),
            bases=text.texts(match, "bases"),
            local=any(attribute in language.names.local for attribute in attributes),
            body=text.first(match, "body"),
            attributes=attributes,
            condition=surroundings.condition(match.span[0]),
        )


def full_name(text: Text, match: Match, language: Language) -> str:
    """Name a definition, with the class before it where that is written apart."""
    owner = language.names.plain(text.word(match, "receiver"))
    return language.names.join(owner, text.word(match, "name"))


def read_imports(
    text: Text, language: Language, roles: Mapping[str, list[Match]], surroundings: Surroundings
) -> Iterator[Import]:
    """Read what the file takes from others."""
    names, public = language.names, language.modules.public
    for match, groups in nested(roles.get("import", []), roles.get("group", [])):
        target, module, alias = (text.word(match, part) for part in ("module", "qualifier", "alias"))
        module = names.join(*(text.word(group, "qualifier") for group in groups), module)
        if target == language.modules.itself and module:
            *outer, target = names.split(module)
            module = names.join(*outer)
        yield Import(
            name=alias or (target if module else bound(target, language)),
            target=target if module or language.modules.names_whole(alias) else bound(target, language),
            module=module,
            inside=surroundings.context(match).inside,
            line=text.line(match.span[0]),
            public=not public or any(attribute in public for attribute in text.texts(match, "attribute")),
        )


def bound(target: str, language: Language) -> str:
    """Say which part of an imported name becomes known in the file."""
    parts = language.names.split(language.names.bare(target))
    return parts[0 if language.modules.binds == "first" else -1]
