/* Lists of anything: KV_LIST(name, type) defines one, with what fills and clears it. */

#ifndef LIST_H
#define LIST_H

#include <stdlib.h>

/* Whoever includes this has included what says how to free. */
static inline void drop_text(char **text)
{
	FREE_AND_NULL(*text); // deallocate: FREE_AND_NULL -> kv_alloc.h:39
}

#define KV_LIST(name, type) \
struct name { type *items; size_t count; }; \
static void name## _push(struct name *list, type item) \
{ \
	type *items = realloc(list->items, (list->count + 1) * sizeof(type)); /* reallocate: realloc */ \
	if (!items) \
		abort(); \
	items[list->count++] = item; \
	list->items = items; \
} \
static void clear_##name(struct name *list) \
{ \
	FREE_AND_NULL(list->items); /* deallocate: FREE_AND_NULL */ \
	list->count = 0; \
}

#endif
