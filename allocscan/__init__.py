"""Find every place where a code base takes or gives back memory."""

# The module of types takes longer to import than all that a repeated run does.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from allocscan.model import Report

__version__ = "0.1.0"


def scan(
    target: str,
    *,
    revision: str = "",
    subtree: str | None = None,
    exclude: tuple[str, ...] = (),
    jobs: int = 1,
    cache: "Path | None" = None,
    queries: tuple[str, ...] = (),
    catalogues: tuple[str, ...] = (),
    configured: bool = True,
    results: "Path | None" = None,
) -> "Report":
    """Scan a target: a folder, a URL, a known repository or an embedded sample.

    `subtree` limits what is reported, `exclude` what is read (globs), `cache` says where clones are kept. `queries` are
    folders of more languages and patterns, `catalogues` files whose names stand above what is known and found; what the
    tree itself says of its names is heard where it is `configured`. `results` is a file that remembers what was found
    out.
    Raise AllocscanError when there can be no report.
    """
    from contextlib import closing

    from allocscan import sources
    from allocscan.pipeline import scan as scan_tree
    from allocscan.processes import processes
    from allocscan.rules import load_rules
    from allocscan.store.cache import Cache

    rules = load_rules(queries, catalogues)
    languages = rules.languages
    suffixes = {suffix for language in languages for suffix in language.suffixes + language.shared}
    known = sources.known_targets(sources.default_config())
    settings = sources.Settings(cache=cache or sources.default_cache(), targets=known, exclude=exclude)
    found = sources.parse_target(target, settings, revision=revision, subtree=subtree)
    with (
        closing(Cache(results)) as store,
        sources.open_tree(found, suffixes, settings) as tree,
        processes(jobs) as executor,
    ):
        catalogued = rules.catalogues(languages, store)
        return scan_tree(tree, languages, catalogued, configured=configured, executor=executor, store=store)


__all__ = ["__version__", "scan"]
