/* Wrappers around malloc(), calloc() and realloc(); free(NULL) is allowed as everywhere. */

#include "kv_alloc.h"

#include <stdio.h>

static size_t live;

struct kv_mark {
	char *block;
	size_t size;
};

static void out_of_memory(size_t size)
{
	fprintf(stderr, "malloc(%zu) failed\n", size);
	abort();
}

void *xmalloc(size_t size)
{
	void *block = malloc(size ? size : 1); // allocate: malloc

	if (NULL == block)
		out_of_memory(size);
	return block;
}

void *xcalloc(size_t count, size_t size)
{
	void *block;

	if ((block = calloc(count, size)) == NULL) // allocate: calloc
		out_of_memory(count * size);
	return block;
}

void *xrealloc(void *block, size_t size)
{
	void *moved = kv_raw_resize(block, size); // reallocate: kv_raw_resize

	if (moved == NULL)
		out_of_memory(size);
	return moved;
}

char *xstrdup(const char *text)
{
	size_t length = strlen(text);
	char *copy = (char *)xmalloc(length + 1); // allocate: xmalloc

	return memcpy(copy, text, length + 1);
}

/* A header in front of each block, and a count of the blocks; debug builds fill them. */
void *kv_alloc(size_t size)
{
	size_t *header =
#ifdef KV_ZERO
		calloc(1, sizeof(*header) + size); // allocate: calloc
#else
		malloc(sizeof(*header) + size); // allocate: malloc
#endif

#ifdef KV_DEBUG
	if (header == NULL || live > 1000000) {
		fprintf(stderr, "%zu blocks are live\n", live);
#else
	if (header == NULL) {
#endif
		out_of_memory(size);
	}
	*header = size;
	live++;
	return header + 1;
}

void kv_free(void *block)
{
	if (NULL != block) {
		live--;
		free((size_t *)block - 1); // deallocate: free
	}
}

/* The same for who wants to know where a block lies. */
void *kv_alloc_marked(size_t size)
{
	struct kv_mark *mark = malloc(sizeof(*mark) + size); // allocate: malloc

	if (!mark)
		return NULL;
	mark->size = size;
	mark->block = (char *)mark + sizeof(*mark);
	return mark->block;
}

void kv_free_marked(void *block)
{
	free((struct kv_mark *)block - 1); // deallocate: free
}

void kv_clear(void *place)
{
	void **block = place;

	free(*block); // deallocate: free
	*block = NULL;
}

size_t kv_alloc_count(void)
{
	return live;
}

int buffer_reserve(char **out, size_t size)
{
#if defined(KV_ALIGN) && KV_ALIGN > 16
	return posix_memalign((void **)out, KV_ALIGN, size) ? -1 : 0; // allocate: posix_memalign
#elif defined(KV_PAGES)
	*out = aligned_alloc(KV_PAGES, size); // allocate: aligned_alloc
#else
	*out = kv_raw_alloc(size); // allocate: kv_raw_alloc
#endif
	return *out == NULL ? -1 : 0;
}

#if 0
/* For a debugger: what the smallest block costs. */
void kv_alloc_probe(void)
{
	void *probe = malloc(1); // allocate: malloc
	free(probe); // deallocate: free
}
#endif
