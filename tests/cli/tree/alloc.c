#include <stdlib.h>
#include "alloc.h"

/* What malloc() cannot give, nobody gets. */
void *xmalloc(size_t size)
{
	void *block = malloc(size);

	if (!block)
		abort();
	return block;
}

void *xrealloc(void *block, size_t size)
{
	block = realloc(block, size);
	if (!block)
		abort();
	return block;
}
