"""The command line: one module per command, each imported when it is used."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click
from click.shell_completion import CompletionItem, shell_complete

from allocscan import __version__
from allocscan.cli.completion import complete_target
from allocscan.cli.console import abandon_output, accept_all_characters, say
from allocscan.cli.recording import Recording
from allocscan.errors import AllocscanError, ExitCode
from allocscan.garbage import leave_alone
from allocscan.remembered.repeats import Question
from allocscan.store.cache import NO_STORE, Cache

PROGRAM = "allocscan"
COMPLETION = "_ALLOCSCAN_COMPLETE"
COMMANDS = (
    *("scan", "find", "explain", "allocators", "types", "sql", "trace", "fleet"),
    *("lab", "targets", "languages", "cache"),
)
"""Each names the module that holds it."""
FALLBACK = "scan"
"""The command of a line that names none."""
OWN_OPTIONS = ("--help", "-h", "--version", "-V")


EXAMPLES = """
\b
Examples:
  allocscan deluge                          where Deluge takes memory
  allocscan ./project                       the same of a folder
  allocscan find Torrent deluge             who creates a Torrent
  allocscan explain zmalloc redis           what zmalloc is, and how we know
  allocscan redis --format jsonl -o r.jsonl

A line that begins with no command scans what it names. A folder that is
named like a command is written ./find.
"""


def main(asked: Question | None = None, store: Cache = NO_STORE) -> int:
    """Run the command line that the program was started with, and keep what it answers where that is asked for."""
    if COMPLETION in os.environ:
        return shell_complete(program, {}, PROGRAM, COMPLETION, os.environ[COMPLETION])
    recording = Recording(asked, store)
    code = run(sys.argv[1:], recording)
    recording.keep(code)
    leave_alone()
    return code


def run(arguments: Sequence[str], recording: Recording | None = None) -> int:
    """Run a command line and give its exit code."""
    accept_all_characters()
    try:
        with program.make_context(PROGRAM, list(arguments), obj=recording) as context:
            program.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.INTERRUPTED
    except (click.ClickException, AllocscanError, OSError) as error:
        return failed(error)
    return ExitCode.OK


def failed(error: Exception) -> int:
    """Say what went wrong, and give the exit code; that nobody reads any further is no error."""
    if isinstance(error, BrokenPipeError):
        abandon_output()
        return ExitCode.OK
    say(f"{PROGRAM}: {describe(error)}")
    abandon_output()
    return ExitCode.ERROR


def describe(error: Exception) -> str:
    """Say in one line what went wrong, and where to look for help."""
    if isinstance(error, click.UsageError) and error.ctx:
        return f"{error.format_message()} (see {error.ctx.command_path} --help)"
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


class Commands(click.Group):
    """The commands by name; a line that begins with none of them scans what it names."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the command that a line does not name."""
        if args and args[0] not in (*COMMANDS, *OWN_OPTIONS):
            args = [FALLBACK, *args]
        return super().parse_args(ctx, args or ctx.help_option_names[:1])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete commands, and what the command completes that need not be named."""
        if incomplete.startswith("-"):
            offered = self.complete_options(ctx, incomplete)
        else:
            offered = complete_target(ctx, self.params[0], incomplete)
        return [*offered, *super().shell_complete(ctx, incomplete)]

    def complete_options(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the options of the command that need not be named."""
        command = self.get_command(ctx, FALLBACK)
        if command is None:
            return []
        with command.make_context(FALLBACK, [], parent=ctx, resilient_parsing=True) as inner:
            return [item for item in command.shell_complete(inner, incomplete) if item.value not in OWN_OPTIONS]


def show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """Print the version and end."""
    if wanted and not context.resilient_parsing:
        click.echo(f"{PROGRAM} {__version__}")
        context.exit()


@click.command(cls=Commands, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Show the version and exit.",
)
def program() -> None:
    """Show where source code takes memory, and what gives it back."""
