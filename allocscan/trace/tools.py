"""The tools that watch a program: what they are called, and how each is told to write a log."""

from collections.abc import Mapping
from dataclasses import dataclass, field

VALGRIND = (
    *("valgrind", "--quiet", "--log-file={folder}/messages.%p", "--num-callers=60", "--fullpath-after="),
    *("--trace-children=yes", "--child-silent-after-fork=yes"),
)
ITSELF = "only the program itself is watched, not what it starts"
CALLS = (
    "fork+vfork+pthread_create+malloc+calloc+realloc+reallocarray+memalign+aligned_alloc+posix_memalign+strdup+strndup+free"
    "+_Zn*+_Zd*-@libc.so*"
)
"""The functions of a library that ltrace is to watch, and those that start processes and threads."""
PROFILE = "prof:true,prof_final:true,prof_accum:true,lg_prof_sample:0,prof_prefix:{folder}/log"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool, and how a program is run under it; `{folder}` is where its log goes."""

    name: str
    what: str
    package: str
    """The Debian package that holds it."""
    command: tuple[str, ...] = ()
    """What stands before the program; the first word is looked for in the path."""
    library: str = ""
    """What is loaded before all other libraries."""
    environment: Mapping[str, str] = field(default_factory=dict)
    inside: bool = False
    """The command is for the interpreter that the program's own command names, behind its options."""
    hook: str = ""
    """A file that the program's interpreter reads when it starts, from the folder of the log."""
    none: str = "it wrote no log"
    """What it means that there is no log."""
    beside: str = ""
    """What lies beside the log of each process that began with a program of its own, and beside no copy of one."""
    unwatched: str = ""
    """What a program starts that is not watched."""


TOOLS: Mapping[str, Tool] = {
    each.name: each
    for each in (
        Tool(
            "memcheck",
            "what is lost, with stacks",
            "valgrind",
            (
                *VALGRIND,
                "--tool=memcheck",
                "--leak-check=full",
                "--show-leak-kinds=all",
            )
            + ("--xml=yes", "--xml-file={folder}/log.%p"),
        ),
        Tool(
            "dhat",
            "every block, with stacks, lifetimes and accesses",
            "valgrind",
            (*VALGRIND, "--tool=dhat", "--dhat-out-file={folder}/log.%p"),
            beside="messages",
        ),
        Tool(
            "mtrace",
            "what a program obtains after it has called mtrace()",
            "libc6",
            library="c_malloc_debug",
            environment={"MALLOC_TRACE": "{folder}/log"},
            none="it wrote no log; does the program call mtrace()?",
            unwatched=ITSELF,
        ),
        Tool(
            "ltrace",
            "the calls of the program itself",
            "ltrace",
            ("ltrace", "-f", "-i", "-e", CALLS, "-o", "{folder}/log"),
        ),
        Tool(
            "jemalloc",
            "every block under another allocator, with stacks",
            "libjemalloc2",
            library="jemalloc",
            environment={"MALLOC_CONF": PROFILE},
            none="it wrote no profile; is this jemalloc built with profiling?",
        ),
        Tool(
            "heaptrack",
            "every block, with stacks",
            "heaptrack",
            ("heaptrack", "--output", "{folder}/log"),
            unwatched=ITSELF,
        ),
        Tool(
            "tracemalloc",
            "what an interpreter holds when its program ends, with lines",
            "python3",
            environment={"PYTHONTRACEMALLOC": "25"},
            hook="sitecustomize.py",
        ),
        Tool(
            "memray",
            "every block of an interpreter's program, with lines",
            "python3-memray",
            (
                "-m",
                "memray",
                "run",
                "--quiet",
                "--trace-python-allocators",
                "--follow-fork",
                "--output",
                "{folder}/log",
            ),
            inside=True,
            unwatched="processes that it forks are watched, other programs that it starts are not",
            none="it wrote no log; is the package memray there for that interpreter?",
        ),
    )
}
"""The tools by name."""
