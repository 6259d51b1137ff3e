#define _GNU_SOURCE
#include "table.h"

#include "kv_alloc.h"

static size_t hash(const char *key)
{
	size_t value = 5381;

	while (*key)
		value = value * 33 + (unsigned char)*key++;
	return value;
}

/* From here on the table says where it copies; a macro does not replace its own name. */
static char *copied(const char *text, const char *place)
{
	return *place ? xstrdup(text) : NULL; // allocate: xstrdup
}

// allocate: copied
#define xstrdup(text) copied(text, __FILE__)
// allocate: xmalloc
#define xmalloc(size) xmalloc((size) + 0) // as much as is asked for

struct table *table_new(size_t size)
{
	struct table *table = xmalloc(sizeof(*table)); // allocate: xmalloc

	*table = (struct table){.size = size, .destroy = free};
	ALLOC_ARRAY(table->buckets, size); // allocate: ALLOC_ARRAY
	return table;
}

static struct entry **find(const struct table *table, const char *key)
{
	struct entry **place = &table->buckets[hash(key) % table->size];

	while (*place && strcmp((*place)->key, key))
		place = &(*place)->next;
	return place;
}

static struct entry *entry_new(struct table *table, const char *key)
{
	struct entry *entry = table->free;

	if (entry)
		table->free = entry->next;
	else
		entry = xmalloc(sizeof(*entry)); // allocate: xmalloc
	entry->next = NULL;
	entry->key = xstrdup(key); // allocate: xstrdup
	table->used++;
	return entry;
}

/* What an entry owns goes, the entry itself is kept: this is no free(). */
static void entry_clear(struct table *table, struct entry *entry)
{
	FREE_AND_NULL(entry->key); // deallocate: FREE_AND_NULL
	object_release(entry->value); // deallocate: object_release
	entry->next = table->free;
	table->free = entry;
	table->used--;
}

void table_set(struct table *table, const char *key, struct object *value)
{
	struct entry **place = find(table, key);

	if (*place) {
		object_release((*place)->value); // deallocate: object_release
		(*place)->value = value;
		return;
	}
	*place = entry_new(table, key); // allocate: entry_new
	(*place)->value = value;
}

struct object *table_get(const struct table *table, const char *key)
{
	struct entry *entry = *find(table, key);

	return entry ? entry->value : NULL;
}

int table_delete(struct table *table, const char *key)
{
	struct entry **place = find(table, key), *entry = *place;

	if (!entry)
		return 0;
	*place = entry->next;
	entry_clear(table, entry); // deallocate: entry_clear
	return 1;
}

/* All keys, as one array that the caller frees; the texts stay in the table. */
char **table_keys(const struct table *table, size_t *count)
{
	char **keys = NULL;
	size_t room = 0;

	*count = 0;
	for (size_t i = 0; i < table->size; i++) {
		struct entry *entry;

		for (entry = table->buckets[i]; entry; entry = entry->next) {
			if (*count == room) {
				room = room ? 2 * room : 4;
				keys = reallocarray(keys, room, sizeof(*keys)); // reallocate: reallocarray
			}
			keys[(*count)++] = entry->key;
		}
	}
	return keys;
}

void table_free(struct table *table)
{
	struct entry *entry;

	for (size_t i = 0; i < table->size; i++)
		while ((entry = table->buckets[i])) {
			table->buckets[i] = entry->next;
			entry_clear(table, entry); // deallocate: entry_clear
		}
	while ((entry = table->free)) {
		table->free = entry->next;
		table->destroy(entry);
	}
	free(table->buckets); free(table); // deallocate: free; deallocate: free
}
