"""`allocscan cache`: what is remembered of earlier runs."""

import click

EXAMPLES = """
\b
Examples:
  allocscan cache
  allocscan cache --clear
"""


@click.command("cache", short_help="Show or clear what is remembered of earlier runs.", epilog=EXAMPLES)
@click.option("--clear", is_flag=True, help="Forget everything; the next run finds it out anew.")
def command(clear: bool) -> None:
    """Show where the results of earlier runs are kept, and how large they are.

    A file is read again only when it, the program or a rule has changed. What
    was used longest ago makes room for what is new.
    """
    from contextlib import closing

    from allocscan import sources
    from allocscan.cli.targets import amount
    from allocscan.reporters.wording import escape
    from allocscan.store.cache import LIMIT, Cache

    with closing(Cache(sources.default_store())) as store:
        entries, size = store.held()
    if clear:
        store.clear()
        click.echo(f"forgot {entries:,} results, {amount(size)}")
    else:
        click.echo(f"{escape(store.path)}\n{entries:,} results, {amount(size)} of at most {amount(LIMIT)}")
