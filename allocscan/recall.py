"""What was found out of a tree before need not be found out again."""

from collections.abc import Mapping

from allocscan.assign import assign
from allocscan.cache import Cache
from allocscan.digests import digest
from allocscan.keys import content_key, facts_key, program
from allocscan.languages import Language
from allocscan.model import Report
from allocscan.packing import pack, unpack
from allocscan.processes import Executor
from allocscan.rules import Catalogues
from allocscan.sources import CONFIGURATION, Progress, SourceTree, silent


def scan(
    tree: SourceTree,
    languages: tuple[Language, ...],
    catalogues: Catalogues,
    *,
    configured: bool = True,
    executor: Executor | None = None,
    store: Cache,
    progress: Progress = silent,
) -> Report:
    """Report what a scan of this very tree has reported before, or else scan what of it has changed."""
    keys = identify(tree, assign((file.path for file in tree.files), languages)) if store.path else {}
    asked = report_key(tree, catalogues, configured, keys) if store.path else ""
    if report := recall(store, asked, keys):
        return report
    from allocscan import pipeline

    report = pipeline.scan(
        tree,
        languages,
        catalogues,
        configured=configured,
        executor=executor,
        store=store,
        keys=keys,
        progress=progress,
    )
    if store.path:
        store.keep({report_key(tree, catalogues, configured, keys): pack(report)})
    return report


def name(tree: SourceTree, languages: tuple[Language, ...], catalogues: Catalogues, configured: bool) -> str:
    """Name what a scan of this very tree reports, without a scan."""
    keys = identify(tree, assign((file.path for file in tree.files), languages))
    return report_key(tree, catalogues, configured, keys)


def identify(tree: SourceTree, languages: Mapping[str, Language]) -> dict[str, str]:
    """Find the keys of the facts of all files that have a language, reading what has no key of its own."""
    files = [file for file in tree.files if file.path in languages]
    contents = {file.path: file.key for file in files if file.key}
    unread = (file.path for file in files if not file.key)
    contents |= {path: content_key(content) for path, content in tree.read(unread)}
    return {path: facts_key(path, contents[path], languages[path]) for path in contents}


def recall(store: Cache, asked: str, keys: Mapping[str, str]) -> Report | None:
    """Give a report by its key, and remember that it and the facts that it was made of were of use."""
    found = store.fetch([asked])
    store.use([*found, *keys.values()])
    return unpack(found[asked], Report) if found else None


def report_key(tree: SourceTree, catalogues: Catalogues, configured: bool, keys: Mapping[str, str]) -> str:
    """Name a report by all that can change it."""
    said = tree.content(CONFIGURATION) if configured and CONFIGURATION in tree.by_path else b""
    about = repr((tree.source, tree.note, tree.problems, configured))
    return digest("report", program(), catalogues.fingerprint, said, about, *(keys[path] for path in sorted(keys)))
