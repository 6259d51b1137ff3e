"""A tree becomes a report: the flow of the program, with parallel work around it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from allocscan.assign import assign
from allocscan.cache import Cache
from allocscan.catalogue import Catalogue
from allocscan.complete.program import Program, complete
from allocscan.discover import discover
from allocscan.gather import gather
from allocscan.languages import Language
from allocscan.model import Allocator, FileFacts, FileRecord, Level, Problem, Report
from allocscan.processes import Executor, leave_alone
from allocscan.project import Project, read_project
from allocscan.resolve import resolve
from allocscan.sources import Progress, SourceTree, silent

T = TypeVar("T")
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
    programs = []
    for links in resolve(facts, {language.name: language for language in languages}):
        within = [path for path in links.tree.files if reported(path, tree.source.subtree)]
        programs.append(complete(discover(links, catalogues), within))
    return assemble(tree, facts, programs, project)


def reported(path: str, subtree: str) -> bool:
    """Tell whether a path lies in the part of the tree that is of interest."""
    return not subtree or path == subtree or path.startswith(f"{subtree}/")


def assemble(tree: SourceTree, facts: list[FileFacts], programs: list[Program], project: Project) -> Report:
    """Put the report together, in the order of paths and lines."""
    within = [file for file in facts if reported(file.path, tree.source.subtree)]
    problems = [problem for problem in tree.problems if reported(problem.path, tree.source.subtree)]
    unparsed = chain.from_iterable(program.problems for program in programs)
    known = sorted(chain.from_iterable(program.allocators for program in programs), key=by_use)
    return Report(
        source=tree.source,
        files=tuple(FileRecord(file.path, file.language, file.lines, file.size, file.lost) for file in within),
        sites=ordered((program.sites for program in programs), attrgetter("location", "name")),
        definitions=ordered((program.definitions for program in programs), attrgetter("location", "name")),
        allocators=tuple(found for found in known if found.level != Level.MAYBE),
        candidates=tuple(found for found in known if found.level == Level.MAYBE),
        lives=ordered((program.lives for program in programs), attrgetter("location")),
        functions=ordered((program.functions for program in programs), attrgetter("location", "name")),
        problems=tuple(sorted({*problems, *project.problems, *unparsed, *collect(within)}, key=order)),
        notes=(*filter(None, (tree.note,)), *project.notes),
    )


def ordered(parts: Iterable[list[T]], key: Callable[[T], Any]) -> tuple[T, ...]:
    """Join what is said of each program, and put it in order."""
    return tuple(sorted(chain.from_iterable(parts), key=key))


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
