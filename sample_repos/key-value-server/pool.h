/* A pool: many small blocks that are given back together. */

#ifndef POOL_H
#define POOL_H

#include <stddef.h>

struct chunk;

struct pool {
	struct chunk *chunks;
	void *(*malloc)(struct pool *pool, size_t size);
	void (*free)(struct pool *pool, void *block);
};

struct pool *pool_create(void);
void *pool_alloc(struct pool *pool, size_t size);
long *pool_number(struct pool *pool);
char *pool_strdup(struct pool *pool, const char *text);
void pool_destroy(struct pool *pool);

#endif
