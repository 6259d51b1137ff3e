#include "pool.h"

#include "kv_alloc.h"

#define CHUNK_SIZE 4096

union widest {
	long double number;
	void *pointer;
};

struct chunk {
	struct chunk *next;
	size_t used, size;
	char memory[];
};

static struct chunk *chunk_new(size_t size, struct chunk *next)
{
	struct chunk *chunk = malloc(sizeof(struct chunk) + size); // allocate: malloc

	if (!chunk)
		return NULL;
	*chunk = (struct chunk){.next = next, .size = size};
	return chunk;
}

void *pool_alloc(struct pool *pool, size_t size)
{
	struct chunk *chunk = pool->chunks;

	size = (size + sizeof(union widest) - 1) / sizeof(union widest) * sizeof(union widest);
	if (!chunk || chunk->size - chunk->used < size) {
		chunk = chunk_new(size > CHUNK_SIZE ? size : CHUNK_SIZE, chunk); // allocate: chunk_new
		if (!chunk)
			return NULL;
		pool->chunks = chunk;
	}
	chunk->used += size;
	return chunk->memory + chunk->used - size;
}

/* Room for one number, at a place that no field has a name for. */
long *pool_number(struct pool *pool)
{
	struct chunk *chunk;
	char *place;

	if (!(chunk = pool->chunks) || chunk->size - chunk->used < sizeof(union widest)) {
		chunk = chunk_new(CHUNK_SIZE, chunk); // allocate: chunk_new
		if (!chunk)
			return NULL;
		pool->chunks = chunk;
	}
	place = (char *)chunk + sizeof(struct chunk) + chunk->used;
	chunk->used += sizeof(union widest);
	return (long *)place;
}

/* A pool never gives back one block: only pool_destroy() calls free(). */
static void pool_free(struct pool *pool, void *block)
{
	(void)pool;
	(void)block;
}

char *pool_strdup(struct pool *pool, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = pool->malloc(pool, size);

	return copy ? memcpy(copy, text, size) : NULL;
}

struct pool *pool_create(void)
{
	struct pool *pool = KV_NEW(struct pool); // allocate: KV_NEW

	pool->chunks = NULL;
	pool->malloc = pool_alloc;
	pool->free = pool_free;
	return pool;
}

void pool_destroy(struct pool *pool)
{
	struct chunk *chunk = pool->chunks, *next;

	for (; chunk; chunk = next) {
		next = chunk->next;
		free(chunk); // deallocate: free
	}
	kv_free(pool); // deallocate: kv_free
}
