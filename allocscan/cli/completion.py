"""What a shell offers while a command line is being typed."""

import click
from click.shell_completion import CompletionItem


def complete_target(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer files, the targets that are known by name, and the samples."""
    from allocscan.sources import sample_names

    samples = [CompletionItem(name) for name in sample_names() if name.startswith(incomplete)]
    return [CompletionItem(incomplete, type="file"), *complete_known(context, parameter, incomplete), *samples]


def complete_known(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the targets that are known by name."""
    from allocscan.sources import default_config, known_targets

    known = known_targets(default_config())
    return [CompletionItem(name, help=known[name].look) for name in known if name.startswith(incomplete)]
