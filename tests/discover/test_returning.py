"""What functions hand back is settled, however they depend on each other."""

from allocscan.discover.returning import NOWHERE, Ask, Positions, Returning
from allocscan.model import Reference
from tests.discover.conftest import Scan

ONE, OTHER = Reference("a", 0), Reference("a", 1)


def test_each_says_the_opposite_of_the_other() -> None:
    def look(reference: Reference, ask: Ask) -> Positions:
        return NOWHERE if ask(OTHER if reference == ONE else ONE) else frozenset((0,))

    known = Returning(look)
    assert known.of(ONE) == frozenset((0,))
    assert known.of(OTHER) in (NOWHERE, frozenset((0,)))


BUMP = """
void *take(size_t n)
{
	static unsigned long next, end;
	if (n > end - next) {
		void *area = malloc(4096);
		if (n > 4096)
			return area;
		next = (unsigned long)area;
		end = next + 4096;
	}
	void *block = (void *)next;
	next += n;
	return block;
}
"""


GROWING = """
#define HEAD(p) ((struct chunk *) ((char *) (p) - 16))
struct chunk { size_t size; };
struct chunk *grow(size_t n)
{
	static void *end;
	struct chunk *chunk;
	char *area = malloc(n);
	if (area != end)
		area = area + 16;
	end = area + n;
	chunk = HEAD(end);
	chunk->size = 0;
	chunk = HEAD(area);
	return chunk;
}
char *kept(size_t n)
{
	static char *last;
	char *text = malloc(n);
	last = text;
	fill(last);
	return text;
}
"""


def test_a_mark_behind_a_block_keeps_nothing_for_the_function(scan: Scan) -> None:
    assert {found.name for found in scan({"grow.c": GROWING}).allocators if found.definition} == {"grow"}


def test_a_mark_in_a_larger_block_keeps_nothing_for_the_function(scan: Scan) -> None:
    assert {found.name for found in scan({"take.c": BUMP}).allocators if found.definition} == {"take"}
