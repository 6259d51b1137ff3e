"""A tree becomes a report: the flow of the program, with parallel work around it."""

from collections.abc import Iterable, Iterator, Mapping

from allocscan.assign import assign
from allocscan.cache import Cache
from allocscan.catalogue import Catalogue
from allocscan.complete.functions import list_functions
from allocscan.complete.inventory import list_allocators
from allocscan.complete.lives import Lives
from allocscan.complete.providers import Providers
from allocscan.complete.sites import Completion
from allocscan.complete.unparsed import find_unparsed
from allocscan.discover import Discovery, discover
from allocscan.discover.catalogued import ROLES
from allocscan.gather import gather
from allocscan.languages import Language
from allocscan.model import (
    CLASS_KINDS,
    MEMBER_KINDS,
    Allocator,
    Definition,
    FileFacts,
    FileRecord,
    FunctionRecord,
    Kind,
    Level,
    Life,
    Problem,
    Reference,
    Report,
    ReportDefinition,
    Role,
    Site,
)
from allocscan.processes import Executor, leave_alone
from allocscan.project import Project, read_project
from allocscan.resolve import resolve
from allocscan.resolve.index import TreeIndex
from allocscan.sources import Progress, SourceTree, silent

NO_STORE = Cache()


def scan(
    tree: SourceTree,
    languages: tuple[Language, ...],
    catalogues: Mapping[str, Catalogue],
    *,
    configured: bool = True,
    executor: Executor | None = None,
    store: Cache = NO_STORE,
    keys: dict[str, str] | None = None,
    progress: Progress = silent,
) -> Report:
    """Read a whole tree, understand its names, and report what lies in the part that is of interest.

    Files are read by the executor's processes, on whatever machine those are; without one, in this process. What the
    tree says of its own names is heard where it is `configured`. Facts that are in the store under the `keys` of
    their files are not extracted again.
    """
    files = assign((file.path for file in tree.files), languages)
    facts = gather(tree, files, {} if keys is None else keys, executor=executor, store=store, progress=progress)
    leave_alone()
    progress("linking", 0, None)
    present = {language.name: catalogues[language.name] for language in files.values()}
    return link(tree, facts, languages, present, read_project(tree, heard=configured))


def link(
    tree: SourceTree,
    facts: list[FileFacts],
    languages: tuple[Language, ...],
    catalogues: Mapping[str, Catalogue],
    project: Project,
) -> Report:
    """Understand the names of all files together."""
    catalogues = project.added(catalogues)
    sites: list[Site] = []
    definitions: list[ReportDefinition] = []
    known: list[Allocator] = []
    lives: list[Life] = []
    functions: list[FunctionRecord] = []
    unparsed: list[Problem] = []
    for links in resolve(facts, {language.name: language for language in languages}):
        discovery = discover(links, catalogues)
        completions = {name: Completion(discovery, name) for name in links.names}
        traced = Lives(discovery)
        before, begun = len(sites), len(lives)
        providers = {name: Providers(links, name) for name in links.names}
        for path, file in links.tree.files.items():
            if reported(path, tree.source.subtree):
                found = list(completions[file.facts.language].sites(file.facts))
                sites += found
                lives += traced.find(path, found)
                definitions += providers[file.facts.language].find(path, found)
                definitions += classes(links.tree, file.facts)
                definitions += allocators(discovery, file.facts)
                definitions += implementations(discovery, file.facts)
                unparsed += find_unparsed(file.facts, discovery)
        known += list_allocators(discovery, sites[before:], lives[begun:])
        within = {path for path in links.tree.files if reported(path, tree.source.subtree)}
        functions += list_functions(discovery, sites[before:], within)
    return assemble(tree, facts, sites, definitions, known, lives, functions, unparsed, project)


def reported(path: str, subtree: str) -> bool:
    """Tell whether a path lies in the part of the tree that is of interest."""
    return not subtree or path == subtree or path.startswith(f"{subtree}/")


def classes(index: TreeIndex, facts: FileFacts) -> Iterator[ReportDefinition]:
    """Yield the types that a file defines, and what makes one of them an allocator or an owner of memory."""
    language = index.languages[facts.language]
    for number, definition in enumerate(facts.definitions):
        role = role_of(definition, language)
        if role:
            name = index.full_name(Reference(facts.path, number))
            yield ReportDefinition(
                definition.location, name, role, facts.language, definition.kind, bases=definition.bases
            )


def role_of(definition: Definition, language: Language) -> Role | None:
    """Say what a definition is to memory, by its kind and by what it is derived from."""
    said = {language.names.split(language.names.plain(name))[-1] for name in definition.bases + definition.attributes}
    if said.intersection(language.classes.allocators):
        return Role.ALLOCATOR
    owns = definition.kind in MEMBER_KINDS and said.intersection(language.classes.owners)
    return Role.CLASS if definition.kind in CLASS_KINDS or owns else None


def allocators(discovery: Discovery, facts: FileFacts) -> Iterator[ReportDefinition]:
    """Yield the allocators and deallocators that a file defines."""
    offers = discovery.links.tree.languages[facts.language].allocators.offers
    for number, definition in enumerate(facts.definitions):
        if definition.name in offers:
            # It is told of with the class that offers it.
            continue
        known = discovery.effects.get(Reference(facts.path, number), ())
        for effect in (effect for effect in known if effect.level != Level.MAYBE):
            yield ReportDefinition(
                location=definition.location,
                name=definition.name,
                role=effect.role,
                language=facts.language,
                kind=effect.kind,
                level=effect.level,
                wraps=effect.via,
            )


def implementations(discovery: Discovery, facts: FileFacts) -> Iterator[ReportDefinition]:
    """Yield the functions that implement, for some class or for all, what a catalogue knows under their name."""
    index = discovery.links.tree
    names, catalogue = index.languages[facts.language].names, discovery.catalogued[facts.language].catalogue
    for number, definition in enumerate(facts.definitions):
        reference = Reference(facts.path, number)
        found = catalogue.by_name.get(names.separators[0] + names.last(definition.name)) if names.members else None
        role = ROLES.get(found[0].action) if found and definition.kind == "function" else None
        if role and role not in {effect.role for effect in discovery.effects.get(reference, ())}:
            name = index.full_name(reference)
            yield ReportDefinition(definition.location, name, role, facts.language, Kind.RAW)


def assemble(
    tree: SourceTree,
    facts: list[FileFacts],
    sites: list[Site],
    definitions: list[ReportDefinition],
    known: list[Allocator],
    lives: list[Life],
    functions: list[FunctionRecord],
    unparsed: list[Problem],
    project: Project,
) -> Report:
    """Put the report together, in the order of paths and lines."""
    within = [file for file in facts if reported(file.path, tree.source.subtree)]
    problems = [problem for problem in tree.problems if reported(problem.path, tree.source.subtree)]
    return Report(
        source=tree.source,
        files=tuple(FileRecord(file.path, file.language, file.lines, file.size, file.lost) for file in within),
        sites=tuple(sorted(sites, key=lambda site: (site.location, site.name))),
        definitions=tuple(sorted(definitions, key=lambda definition: (definition.location, definition.name))),
        allocators=tuple(sorted((found for found in known if found.level != Level.MAYBE), key=by_use)),
        candidates=tuple(sorted((found for found in known if found.level == Level.MAYBE), key=by_use)),
        lives=tuple(sorted(lives, key=lambda life: life.location)),
        functions=tuple(sorted(functions, key=lambda function: (function.location, function.name))),
        problems=tuple(sorted({*problems, *project.problems, *unparsed, *collect(within)}, key=order)),
        notes=(*filter(None, (tree.note,)), *project.notes),
    )


def collect(facts: Iterable[FileFacts]) -> Iterator[Problem]:
    """Yield the problems of all files."""
    for file in facts:
        yield from file.problems


def order(problem: Problem) -> tuple[str, int, str, str]:
    """Order problems by place."""
    return problem.path, problem.line, problem.kind, problem.message


def by_use(allocator: Allocator) -> tuple[int, str, str]:
    """Order allocators by how often they are used, then by name and place."""
    return -allocator.sites, allocator.name, allocator.definition.path if allocator.definition else ""
