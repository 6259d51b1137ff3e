/* The standard names, for everyone who does not bring a heap. */
#include <stddef.h>

#define weak_alias(old, new)     extern __typeof(old) new __attribute__((__weak__, __alias__(#old)))
#define __strong_alias(new, old) extern __typeof(old) new __attribute__((__alias__(#old)));
#define ALIAS_OF(old)            __attribute__((__alias__(#old)))

static void *take(size_t count, size_t size)
{
	extern void *tiny_calloc(size_t, size_t);
	return tiny_calloc(count, size); // allocate: tiny_calloc -> heap.c:33
}

static void give(void *block)
{
	extern void tiny_free(void *);
	tiny_free(block); // deallocate: tiny_free -> heap.c:27
}

weak_alias(take, calloc);
__strong_alias(cfree, give)
void free(void *block) ALIAS_OF(give);
