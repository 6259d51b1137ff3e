"""What a run prints and what that depends on, kept so that the same run need not be made again."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

import click

from allocscan.data import PACKAGE, folder
from allocscan.errors import ExitCode
from allocscan.remembered import repeats
from allocscan.remembered.renewal import Scanned, Shown, packed, show
from allocscan.remembered.repeats import Answer, Question
from allocscan.store.cache import NO_STORE, Cache
from allocscan.store.digests import digest
from allocscan.store.stamps import all_below, stamp

if TYPE_CHECKING:
    from allocscan.remembered.files import Files
    from allocscan.remembered.outline import Outline
    from allocscan.sources.tree import Ground

LARGEST = 2**25
"""Characters that are kept at most."""
ENDINGS = (ExitCode.OK, ExitCode.FAILED)
"""What a run ends with that has said all that it had to say."""
DATA = ("queries", "sample_repos")
"""What travels with the program and can change what it says."""
COMPILED = frozenset(("__pycache__",))


class Copied:
    """A stream of which is noted what is written to it."""

    def __init__(self, stream: TextIO, note: Callable[[str], None]) -> None:
        self.stream = stream
        self.note = note

    def write(self, text: str) -> int:
        """Write, and note it."""
        self.note(text)
        return self.stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts, and note them."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class Recording:
    """What a run prints, and all that this depends on, as far as the run says that it knows."""

    def __init__(self, asked: Question | None = None, store: Cache = NO_STORE) -> None:
        self.asked = asked
        """None where nothing is to be kept."""
        self.store = store
        self.whole = False
        """Nothing comes of the run but what is noted here."""
        self.paged = False
        """What is printed may be handed to a pager."""
        self.printed: list[tuple[bool, str]] = []
        self.size = 0
        self.places: Counter[str] = Counter()
        """How often something was said to hang on a file or folder."""
        self.absent: set[str] = set()
        """Places where there was nothing when it was looked for."""
        self.listed: dict[str, str] = {}
        self.shown = Shown.TEXT
        """What of the scanned files can change what is printed."""
        self.outlines: list[tuple[str, str, Outline]] = []
        """Of scanned files, their absolute paths, the keys of their facts and their outlines."""
        self.reading: dict[str, str] = {}
        """How files of each language are read."""

    def copied(self, stream: TextIO) -> TextIO:
        """Note what is written to standard output."""
        return cast(TextIO, Copied(stream, self.note)) if self.asked else stream

    def note(self, text: str, beside: bool = False) -> None:
        """Note what is printed, as long as that is not too much."""
        self.size += len(text)
        if self.size <= LARGEST:
            self.printed.append((beside, text))

    def depend(self, places: Iterable[str]) -> None:
        """Note files and folders that decide what is printed."""
        for place in places if self.asked else ():
            self.places[place] += 1
            if not lexists(place):
                self.absent.add(place)

    def stand_on(self, ground: "Ground | None") -> None:
        """Note what a scanned tree hangs on; where that is not known, nothing is kept."""
        if ground is None:
            self.asked = None
            return
        self.depend(ground.places)
        if ground.work_tree:
            self.listed[ground.work_tree] = digest(ground.listed)

    def hear(self, root: str, files: "Files") -> None:
        """Note what the files of a tree say, and how they were read."""
        if not (self.asked and root):
            return
        from allocscan.keys import reading

        self.reading |= {language.name: reading(language) for language in files.languages.values()}
        self.outlines += [(f"{root}/{path}", files.keys[path], outline) for path, outline in files.outlines.items()]

    def keep(self, code: int) -> None:
        """Keep what the run has printed, if that is all that came of it and depends on nothing else."""
        if not (self.asked and self.whole and code in ENDINGS and self.size <= LARGEST):
            return
        self.depend(program_places())
        seen = {place: stamp(place) for place in self.places}
        if all(stamp or place in self.absent for place, stamp in seen.items()):
            scanned = packed(self.scanned())
            answer = Answer(joined(self.printed), self.paged, int(code), seen, self.listed, scanned)
            repeats.keep(self.store, self.asked, answer)

    def scanned(self) -> Scanned:
        """Say what the scanned files were of which nothing else is known, and how that was found out."""
        times = Counter(place for place, *_ in self.outlines)
        files = {
            place: (outline.record.path, outline.record.language, key, show(outline, self.shown))
            for place, key, outline in self.outlines
            if times[place] == self.places[place] == 1
        }
        return Scanned(self.shown.value, files, self.reading)


def joined(printed: Iterable[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """Join what was printed to one stream before anything was to the other."""
    return [(beside, "".join(text for _, text in texts)) for beside, texts in groupby(printed, itemgetter(0))]


def current() -> Recording:
    """Give the recording of the command line that is being run; one that nobody keeps where there is none."""
    context = click.get_current_context(silent=True)
    return (context and context.find_object(Recording)) or Recording()


def program_places() -> Iterator[str]:
    """Yield the files of the program and its data, and the folders in which packages come and go."""
    for place in (PACKAGE, *map(folder, DATA)):
        yield from all_below(str(place), COMPILED)
    yield from (str(Path(place).absolute()) for place in sys.path)
