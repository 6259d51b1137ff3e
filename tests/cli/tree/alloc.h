#ifndef ALLOC_H
#define ALLOC_H
#include <stddef.h>

void *xmalloc(size_t size);
void *xrealloc(void *block, size_t size);

#define ALLOC_ARRAY(x, n) ((x) = xmalloc((n) * sizeof(*(x))))
#define FREE_AND_NULL(p) do { free(p); (p) = NULL; } while (0)

#endif
