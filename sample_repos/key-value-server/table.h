/* A hash table from text to objects. */

#ifndef TABLE_H
#define TABLE_H

#include "object.h"

struct entry {
	struct entry *next;
	char *key;
	struct object *value;
};

struct table {
	struct entry **buckets;
	struct entry *free; /* entries to use again */
	size_t size, used;
	void (*destroy)(void *block);
};

struct table *table_new(size_t size);
void table_set(struct table *table, const char *key, struct object *value);
struct object *table_get(const struct table *table, const char *key);
int table_delete(struct table *table, const char *key);
char **table_keys(const struct table *table, size_t *count);
void table_free(struct table *table);

#endif
