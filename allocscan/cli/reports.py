"""What scan and find share: targets become reports, one after the other."""

from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import time_ns

import click

from allocscan import pipeline, sources
from allocscan.cli.options import Options
from allocscan.cli.progress import Update, shown_progress
from allocscan.cli.recording import current
from allocscan.languages import Language
from allocscan.model import Report
from allocscan.processes import Executor, processes
from allocscan.reporters import Read
from allocscan.rules import Catalogues, Rules, load_rules
from allocscan.store.cache import Cache


@dataclass(frozen=True, slots=True)
class Run:
    """What all targets of a command line have in common."""

    options: Options
    rules: Rules
    languages: tuple[Language, ...]
    catalogues: Catalogues
    settings: sources.Settings
    store: Cache
    parts: tuple[str, ...] = ()
    """Of reports, that somebody looks at; all when empty."""


def scanned(
    targets: tuple[str, ...], options: Options, parts: tuple[str, ...] = ()
) -> Generator[tuple[Report, Read], None, None]:
    """Scan each target, for some parts of its report or all; its files can be read until the next one is asked for."""
    recording = current()
    recording.depend(given_places(options))
    run = replace(prepare(options), parts=parts)
    wanted = [parsed(text, run) for text in targets]
    with closing(run.store), workers(options, run.languages) as executor:
        for target in wanted:
            with ExitStack() as open_trees:
                with shown_progress(options.quiet) as progress:
                    tree = open_trees.enter_context(opened_tree(target, run, progress))
                    report = reported(tree, run, executor, progress)
                recording.stand_on(tree.ground)
                yield report, tree.content


def given_places(options: Options) -> Iterator[str]:
    """Yield the files and folders that say what a run knows beside what travels with the program."""
    for place in (sources.default_config(), *map(Path, options.catalogues)):
        yield str(place.absolute())
    for place in map(Path, options.queries):
        yield from (str(each.absolute()) for each in (place, *place.glob("*"), *place.glob("*/*")))


def prepare(options: Options) -> Run:
    """Read what is given on the command line; raise AllocscanError for what makes no sense in it."""
    rules = load_rules(options.queries, options.catalogues)
    languages = needed_languages(rules.languages, options.selection.languages)
    store = Cache(sources.default_store() if options.cached else None)
    return Run(options, rules, languages, rules.catalogues(languages, store), source_settings(options), store)


def opened_tree(target: sources.Target, run: Run, progress: Update) -> sources.SourceTree:
    """Open the files of a target that have one of the languages."""
    return sources.open_tree(target, all_suffixes(run.languages), run.settings, progress=progress)


def reported(tree: sources.SourceTree, run: Run, executor: Executor | None, progress: Update) -> Report:
    """Scan a tree, or remember what that gave."""
    report = pipeline.scan(
        tree,
        run.languages,
        run.catalogues,
        configured=run.options.configured,
        executor=executor,
        store=run.store,
        progress=progress,
        note=partial(current().hear, tree.root),
        parts=run.parts,
    )
    return replace(report, notes=(*report.notes, *run.rules.notes))


def workers(options: Options, languages: tuple[Language, ...]) -> AbstractContextManager[Executor | None]:
    """Give what reads files: processes of this machine, or a cluster."""
    if not options.dask:
        return processes(options.jobs)
    from allocscan.cluster import cluster

    return cluster(options.dask, languages)


def parsed(text: str, run: Run) -> sources.Target:
    """Decide what a target means."""
    return sources.parse_target(text, run.settings, revision=run.options.revision, subtree=run.options.subtree)


def needed_languages(known: tuple[Language, ...], wanted: tuple[str, ...]) -> tuple[Language, ...]:
    """Keep the wanted languages, and those that share a suffix with them, for which both compete."""
    unknown = set(wanted) - {language.name for language in known}
    if unknown:
        names = ", ".join(language.name for language in known)
        raise click.UsageError(f"no language {', '.join(sorted(unknown))}; there are {names}")
    suffixes = all_suffixes(tuple(language for language in known if language.name in wanted or not wanted))
    return tuple(language for language in known if suffixes & all_suffixes((language,)))


def all_suffixes(languages: tuple[Language, ...]) -> frozenset[str]:
    """Give the suffixes that languages use, alone or with others."""
    return frozenset(suffix for language in languages for suffix in language.suffixes + language.shared)


def source_settings(options: Options) -> sources.Settings:
    """Say where clones are kept, which targets have names, and what to leave out."""
    return sources.Settings(
        cache=sources.default_cache(),
        targets=sources.known_targets(sources.default_config()),
        refresh=options.refresh,
        exclude=options.exclude,
        began=time_ns(),
    )
