"""A student's answer, held against the right one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from allocscan.errors import ExerciseError
from allocscan.lab.exercises import COUNTED, FILED, PLACED, Exercise, Question
from allocscan.lab.solving import Answer, Scanned
from allocscan.model import ReportDefinition, Site
from allocscan.views.naming import last_part

PLACE = re.compile(r"([^\s:,;]+):(\d+)(?::\d+)?:?")
NUMBER = re.compile(r"0[xX][0-9a-fA-F]+|\d[\d,_]*")
NAME = re.compile(r"[^\s,;]+")

Located = TypeVar("Located", Site, ReportDefinition)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer is right, and why."""

    right: bool
    remarks: tuple[str, ...] = ()


def judge(exercise: Exercise, written: str, answer: Answer, scanned: Scanned) -> Verdict:
    """Say whether what a student has written is the answer; raise ExerciseError for what is none at all."""
    question = exercise.question
    if question.asks in COUNTED:
        return judge_number(question, read_number(written), int(next(iter(answer))), scanned)
    given = read_places(written) if question.asks in PLACED else read_names(written)
    same = same_place if question.asks in PLACED | FILED else same_name
    wrong = [each for each in given if not any(same(each, right) for right in answer)]
    missing = [right for right in answer if not any(same(each, right) for each in given)]
    remarks = [*(remark(each, scanned) for each in wrong), *lacking(len(missing), len(answer))]
    return Verdict(not (wrong or missing), tuple(remarks))


def read_places(written: str) -> list[str]:
    """Read places as they are typed or pasted: `path:line`, with or without column and text."""
    found = [f"{path}:{int(line)}" for path, line in PLACE.findall(written)]
    if not found:
        raise ExerciseError("an answer here is one place or several: path:line")
    return list(dict.fromkeys(found))


def read_names(written: str) -> list[str]:
    """Read names, however they are separated."""
    found = [each.removesuffix("()") for each in NAME.findall(written)]
    if not found:
        raise ExerciseError("an answer here is one name or several")
    return list(dict.fromkeys(found))


def read_number(written: str) -> int:
    """Read the number in an answer, also a hexadecimal one."""
    found = NUMBER.findall(written)
    if len(found) != 1:
        raise ExerciseError("an answer here is a number")
    text = re.sub("[,_]", "", found[0])
    return int(text, 16) if text[:2] in ("0x", "0X") else int(text)


def same_place(one: str, right: str) -> bool:
    """Tell whether a place, perhaps with less or more of its path, is the right one."""
    longer, shorter = sorted((one.removeprefix("./"), right), key=len, reverse=True)
    return longer == shorter or longer.endswith(f"/{shorter}")


def same_name(one: str, right: str) -> bool:
    """Tell whether a name means the same as another as far as its last part goes."""
    return last_part(one) == last_part(right)


def judge_number(question: Question, given: int, right: int, scanned: Scanned) -> Verdict:
    """Judge a number; where a program is to be mended, what matters is that it is."""
    if given != right:
        return Verdict(False, tuple(number_remarks(given, right, scanned)))
    if question.wanted not in (None, right):
        return Verdict(False, (f"that is what the log says, but it should be {question.wanted:,}",))
    return Verdict(True)


def number_remarks(given: int, right: int, scanned: Scanned) -> Iterator[str]:
    """Say in which direction a number is wrong, and where it may come from."""
    comparison = scanned.comparison
    if comparison and given in (comparison.lines, len(comparison.hits)):
        yield f"that is what the search for {comparison.name}( prints; look at what each line is"
    else:
        yield f"it is {'less' if right < given else 'more'} than {given:,}"


def lacking(missing: int, total: int) -> Iterator[str]:
    """Say how much of the answer is still missing."""
    if missing:
        yield f"{missing:,} of {total:,} still missing"


def remark(place: str, scanned: Scanned) -> str:
    """Say what is to be found in a place that is not among those asked for."""
    said = next(iter(readings(place, scanned)), "not what is asked for")
    return f"{place}: {said}"


def readings(place: str, scanned: Scanned) -> Iterator[str]:
    """Say what a place is instead: a false hit of the search, another site, or a definition."""
    hits = scanned.comparison.wrong if scanned.comparison else ()
    yield from (f"{hit.reason}" for hit in hits if same_place(place, f"{hit.path}:{hit.mention.line}") and hit.reason)
    report = scanned.report
    yield from (
        f"here {site.allocator or site.name} does {site.action}, but that is not what is asked for"
        for site in at(place, report.sites)
    )
    yield from (f"here {each.name} is defined" for each in at(place, report.definitions))


def at(place: str, located: Iterable[Located]) -> Iterator[Located]:
    """Yield what stands in a place."""
    return (each for each in located if same_place(place, f"{each.location.path}:{each.location.line}"))
