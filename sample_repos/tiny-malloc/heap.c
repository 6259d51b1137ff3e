/* The heap: blocks are cut off one array, and only the last one can be given back. */
#include "glue.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

enum { ALIGNMENT = 16, ARENA = 1 << 16 };

static unsigned char arena[ARENA];
static size_t used, last;

static size_t rounded(size_t size)
{
	return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

TINY_EXPORT void *malloc(size_t size)
{
	if (rounded(size) < size || rounded(size) > ARENA - used)
		return NULL;
	last = used;
	used += rounded(size);
	return arena + last;
}

TINY_EXPORT void free(void *block)
{
	if (block && (unsigned char *)block == arena + last)
		used = last;
}

TINY_EXPORT void TINY_ATTR(nothrow) *
TINY_ATTR(__malloc__) tiny_calloc(size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	void *block = malloc(count * size); // allocate: malloc
	return block ? memset(block, 0, count * size) : NULL;
}

static void *grown(void *block, size_t size)
{
	void *larger = malloc(size); // allocate: malloc
	if (larger && block)
		memcpy(larger, block, size);
	free(block); // deallocate: free
	return larger;
}

weak_alias(tiny_malloc, __libc_malloc);
weak_alias(grown, realloc);
