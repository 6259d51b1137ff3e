"""What scan and find share: targets become reports, one after the other."""

from collections.abc import Generator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace

import click

from allocscan import recall, sources
from allocscan.cache import Cache
from allocscan.cli.options import Options
from allocscan.cli.progress import shown_progress
from allocscan.languages import Language
from allocscan.model import Report
from allocscan.processes import Executor, processes
from allocscan.reporters import Read
from allocscan.rules import load_rules


def scanned(targets: tuple[str, ...], options: Options) -> Generator[tuple[Report, Read], None, None]:
    """Scan each target; its files can be read until the next one is asked for."""
    rules = load_rules(options.queries, options.catalogues)
    languages = needed_languages(rules.languages, options.selection.languages)
    settings = source_settings(options)
    store = Cache(sources.default_store() if options.cached else None)
    catalogues = rules.catalogues(languages, store)
    wanted = [parsed(text, settings, options) for text in targets]
    with workers(options, languages) as executor:
        for target in wanted:
            with ExitStack() as open_trees:
                with shown_progress(options.quiet) as progress:
                    opening = sources.open_tree(target, all_suffixes(languages), settings, progress=progress)
                    tree = open_trees.enter_context(opening)
                    report = recall.scan(
                        tree,
                        languages,
                        catalogues,
                        configured=options.configured,
                        executor=executor,
                        store=store,
                        progress=progress,
                    )
                yield replace(report, notes=(*report.notes, *rules.notes)), tree.content


def workers(options: Options, languages: tuple[Language, ...]) -> AbstractContextManager[Executor | None]:
    """Give what reads files: processes of this machine, or a cluster."""
    if not options.dask:
        return processes(options.jobs)
    from allocscan.cluster import cluster

    return cluster(options.dask, languages)


def parsed(text: str, settings: sources.Settings, options: Options) -> sources.Target:
    """Decide what a target means."""
    return sources.parse_target(text, settings, revision=options.revision, subtree=options.subtree)


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
    )
