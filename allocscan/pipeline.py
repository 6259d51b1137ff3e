"""A tree becomes a report: the flow of the program, in which nothing is found out twice.

What a run may not need is imported where it is needed: where all is known, no file is parsed and no name resolved.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from functools import partial

from allocscan.assign import assign
from allocscan.garbage import leave_alone
from allocscan.languages import Language
from allocscan.model import FileFacts, Problem, Report
from allocscan.processes import Executor
from allocscan.project import Project, read_project
from allocscan.remembered.earlier import Earlier, moved
from allocscan.remembered.files import Files
from allocscan.remembered.outline import Found, Outline
from allocscan.remembered.portions import packed, unpacked
from allocscan.remembered.recall import earlier_key, linked_key
from allocscan.rules import Catalogues
from allocscan.sources import Progress, SourceTree, is_within, silent
from allocscan.store.cache import NO_STORE, Cache
from allocscan.store.packing import pack

Note = Callable[[Files], None]
"""Is told what came of the files."""


def unnoted(_files: Files) -> None:
    """Note nothing."""


def scan(
    tree: SourceTree,
    languages: tuple[Language, ...],
    catalogues: Catalogues,
    *,
    configured: bool = True,
    executor: Executor | None = None,
    store: Cache = NO_STORE,
    progress: Progress = silent,
    note: Note = unnoted,
    parts: Collection[str] = (),
) -> Report:
    """Read a whole tree, understand its names, and report what lies in the part that is of interest.

    Files are read by the executor's processes, on whatever machine those are; without one, in this process. What the
    tree says of its own names is heard where it is `configured`. What is stored is not found out again. What came of
    the files may be noted. Where somebody looks only at some `parts` of the report, others may be missing.
    """
    known = assign((file.path for file in tree.files), languages)

    def read(paths: Collection[str], keys: dict[str, str]) -> Iterable[Found]:
        from allocscan.gather import gather

        return gather(tree, paths, known, keys, executor=executor, store=store, progress=progress)

    files = Files(tree, known, store, read)
    project = read_project(tree, [language.name for language in languages], heard=configured)
    key = partial(linked_key, tree, catalogues, configured, files.outlines)
    before = earlier_key(tree, catalogues, configured)
    linked = remembered(store, key(), parts) or moved(store, before, files.sayings, parts) if store.path else None
    if not linked:
        linked = linked_anew(tree, files.say(), languages, catalogues, project, progress)
        # What was read once more may say something else by now.
        store.keep({key(): packed(linked), before: pack(Earlier(key(), files.sayings))} if store.path else {})
    files.use()
    note(files)
    return assemble(tree, files.outlines, linked, project)


def remembered(store: Cache, key: str, parts: Collection[str]) -> Report | None:
    """Give parts of what was linked of the very same."""
    store.use([key])
    return unpacked(store.fetch([key]).get(key, b""), parts)


def linked_anew(
    tree: SourceTree,
    facts: list[FileFacts],
    languages: tuple[Language, ...],
    catalogues: Catalogues,
    project: Project,
    progress: Progress,
) -> Report:
    """Understand the names of all files together."""
    from allocscan.linking import link

    leave_alone()
    progress("linking", 0, None)
    present = {file.language: catalogues[file.language] for file in facts}
    return link(facts, languages, project.added(present), tree.source.subtree)


def assemble(tree: SourceTree, outlines: Mapping[str, Outline], linked: Report, project: Project) -> Report:
    """Put together what is said of all files and of each, as far as they are of interest, in the order of paths."""
    subtree = tree.source.subtree
    files = [outlines[path] for path in sorted(outlines) if is_within(path, subtree)]
    problems = {problem for problem in tree.problems if is_within(problem.path, subtree)}
    problems.update(*(file.problems for file in files), project.problems, linked.problems)
    return replace(
        linked,
        source=tree.source,
        files=tuple(file.record for file in files),
        problems=tuple(sorted(problems, key=order)),
        notes=(*filter(None, (tree.note,)), *project.notes),
    )


def order(problem: Problem) -> tuple[str, int, str, str]:
    """Order problems by place."""
    return problem.path, problem.line, problem.kind, problem.message
