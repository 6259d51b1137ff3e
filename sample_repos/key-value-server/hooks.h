/* Memory that comes from functions which whoever embeds the server may replace. */

#ifndef HOOKS_H
#define HOOKS_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef void *(*take_callback)(size_t size);
typedef void (*give_callback)(void *block);

struct memory_functions {
	const char *name;
	take_callback obtain_alloc, obtain_new;
	give_callback give_free;
};

extern take_callback kv_cmalloc;
extern give_callback kv_cfree;

void *hook_alloc(size_t size);
void hook_free(void *block);
void hook_install(take_callback take, give_callback give);

/* The same names, whether a build counts its blocks or not; some builds keep no log at all. */
#ifdef KV_COUNT
void *counted_alloc(size_t size, int line);
// allocate: counted_alloc
#define hooked_malloc(size) counted_alloc(size, __LINE__)
#define hooked_free(block) counted_drop(block, __LINE__)
#else
#define hooked_malloc kv_cmalloc
#define hooked_free kv_cfree
#endif

/* Small texts; some builds have a place for them that is never given back. */
char *small_take(size_t size);
void small_drop(char *text);

#ifdef KV_SILENT
#define log_line(text) NULL
#else
char *log_line(const char *text);
#endif

#endif
