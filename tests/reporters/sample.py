"""A report with something of everything."""

from io import StringIO

from allocscan.model import (
    Action,
    Allocator,
    Basis,
    Caller,
    Check,
    Ending,
    Evidence,
    Fate,
    FileRecord,
    Form,
    FunctionRecord,
    Kind,
    Level,
    Life,
    Location,
    Problem,
    Report,
    ReportDefinition,
    Role,
    Site,
    SizeClass,
    Source,
    Target,
)

SERVER = b"""#include <stdlib.h>

struct client *create_client(int descriptor)
{
\tstruct client *client = zmalloc(sizeof(*client));
\tchar *name = "caf\xc3\xa9"; client->name = strdup(name);
\tclient->buffer = zmalloc(\x1b[2J128);
\treturn client;
}
#ifdef WITH_POOL
void drop(struct client *client) { zfree(client); }
#endif
"""
TOOL = b"from torrent import Torrent\r\n\r\nt = [Torrent(n) for n in names]\r\n"
CONTENTS = {"src/server.c": SERVER, "tools/tool.py": TOOL}


def place(path: str, line: int, column: int, end: int) -> Location:
    """Give a place on one line."""
    return Location(path, line, column, line, end)


CLIENT = Target("src/client.h", 7, "create_client")
TORRENT = Target("tools/torrent.py", 12, "torrent.Torrent")

SITES = (
    Site(
        place("src/server.c", 5, 26, 50), Action.ALLOCATE, Form.CALL, "zmalloc", "c", allocator="zmalloc",
        family="c-heap", via=("ztrymalloc", "malloc"), type="struct client", size="sizeof(*client)",
        function="create_client", variable="client", resolved=Target("src/zmalloc.c", 9, "zmalloc"),
        basis=Basis.UNIQUE_NAME, size_class=SizeClass.SIZEOF, checked=Check.ABORTS,
    ),
    Site(
        place("src/server.c", 6, 38, 50), Action.ALLOCATE, Form.CALL, "strdup", "c", allocator="strdup",
        family="c-heap", function="create_client", variable="client->name", size_class=SizeClass.UNKNOWN,
        zeroed=True, checked=Check.IGNORED,
    ),
    Site(
        place("src/server.c", 7, 19, 35), Action.ALLOCATE, Form.CALL, "zmalloc", "c", allocator="zmalloc",
        family="c-heap", via=("ztrymalloc", "malloc"), size="128", function="create_client",
        resolved=Target("src/zmalloc.c", 9, "zmalloc"), basis=Basis.UNIQUE_NAME,
    ),
    Site(
        place("src/server.c", 11, 36, 49), Action.DEALLOCATE, Form.CALL, "zfree", "c", allocator="zfree",
        family="c-heap", via=("free",), function="drop", condition="WITH_POOL",
    ),
    Site(
        place("tools/tool.py", 3, 5, 34), Action.ALLOCATE, Form.LITERAL, "list", "python", explicit=False,
    ),
    Site(
        place("tools/tool.py", 3, 6, 16), Action.ALLOCATE, Form.INSTANTIATION, "Torrent", "python",
        allocator="torrent.Torrent", type="torrent.Torrent", resolved=TORRENT, basis=Basis.IMPORT, loop_depth=1,
    ),
)  # fmt: skip

REPORT = Report(
    source=Source(
        "store", "https://example.org/store.git", "v1.0", "0123456789abcdef" * 2, "2024-05-06T07:08:09Z", local=False
    ),
    files=(
        FileRecord("src/server.c", "c", 12, 300, 17),
        FileRecord("src/zmalloc.c", "c", 40, 900, 0),
        FileRecord("tools/tool.py", "python", 3, 66, 0),
    ),
    sites=SITES,
    definitions=(
        ReportDefinition(
            place("src/zmalloc.c", 9, 7, 14), "zmalloc", Role.ALLOCATOR, "c", "raw", Level.CERTAIN,
            wraps=("ztrymalloc", "malloc"),
        ),
        ReportDefinition(place("tools/torrent.py", 12, 7, 14), "torrent.Torrent", Role.CLASS, "python", "class"),
    ),
    allocators=(
        Allocator("zmalloc", Role.ALLOCATOR, Kind.RAW, Level.CERTAIN, "c-heap", wraps=("ztrymalloc", "malloc")),
    ),
    candidates=(
        Allocator(
            "make_room", Role.ALLOCATOR, Kind.RAW, Level.MAYBE, "", Target("src/room.c", 3, "make_room"),
            evidence=(Evidence(place("src/server.c", 5, 1, 2), "its result is compared with NULL"),),
        ),
    ),
    lives=(
        Life(
            SITES[0].location, Target("src/server.c", 3, "create_client"), ("client",),
            (
                Ending(Fate.FREED, 7, "hands client to zfree", "zfree", "c-heap"),
                Ending(Fate.RETURNED, 8, "returns client"),
            ),
        ),
        Life(
            SITES[2].location, Target("src/server.c", 3, "create_client"), (),
            (Ending(Fate.STORED, 7, "puts it into client->buffer", "client->buffer"),),
        ),
    ),
    functions=(
        FunctionRecord(
            Location("src/server.c", 3, 1, 9, 2), "create_client", "c", "function",
            (
                Caller(Target("src/net.c", 0, ""), (4,), Basis.UNIQUE_NAME),
                Caller(Target("src/net.c", 20, "accept_handler"), (31, 40), Basis.UNIQUE_NAME),
            ),
        ),
    ),
    problems=(Problem("src/logo.c", 1, "binary", "not text, so not read"),),
    notes=("not shown: 3 handles (--resources)",),
)  # fmt: skip


def read(path: str) -> bytes:
    """Give the content of a file of the report."""
    return CONTENTS.get(path, b"")


class Terminal(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True
