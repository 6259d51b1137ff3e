/* Functions in variables and tables, and macros that act where they are used. */

#include "hooks.h"

#include <stdio.h>

take_callback kv_cmalloc = (take_callback)malloc;
give_callback kv_cfree = (give_callback)free;

/* What a module of its own would fill in. */
void *(*kv_reserve)(size_t size);
static void (*kv_watch)(const char *key);

static struct memory_functions current = { "libc", malloc, &malloc, free };

void *hook_alloc(size_t size)
{
	return current.obtain_new(size);
}

void hook_free(void *block)
{
	if (kv_watch)
		kv_watch("block");
	current.give_free(block);
}

void hook_install(take_callback take, give_callback give)
{
	kv_cmalloc = take;
	kv_cfree = give;
}

#ifdef KV_COUNT
static long blocks;

void *counted_alloc(size_t size, int line)
{
	blocks++;
	return line > 0 ? kv_cmalloc(size) : NULL;
}
#endif

#ifdef KV_SMALL
static char small[4096];
static size_t small_used;

char *small_take(size_t size)
{
	small_used += size;
	return small + small_used - size;
}

void small_drop(char *text)
{
	*text = '\0';
}
#else
char *small_take(size_t size)
{
	return hook_alloc(size); // allocate: hook_alloc
}

void small_drop(char *text)
{
	hook_free(text); // deallocate: hook_free
}
#endif

#ifndef KV_SILENT
char *log_line(const char *text)
{
	return strcpy(hook_alloc(strlen(text) + 1), text); // allocate: hook_alloc
}
#endif

struct entry {
	char *name, *value;
};

#define COPY_FIELD(entry, field, text) \
	do { \
		if (text) \
			(entry)->field = strcpy(hook_alloc(strlen(text) + 1), text); /* allocate: hook_alloc */ \
	} while (0)

// deallocate: hook_free; deallocate: hook_free
#define DROP_FIELDS hook_free(made->name); hook_free(made->value)

struct entry *entry_make(const char *name, const char *value)
{
	struct entry *made = hooked_malloc(sizeof(*made)); // allocate: hooked_malloc
	char *said;

	COPY_FIELD(made, name, name); // allocate: COPY_FIELD
	COPY_FIELD(made, value, value); // allocate: COPY_FIELD
	said = log_line(name); // allocate: log_line
	hook_free(said); // deallocate: hook_free
	said = small_take(1); // allocate: small_take
	small_drop(said); // deallocate: small_drop
	return made;
}

#ifdef KV_COUNT
#define IF_COUNTED(...) __VA_ARGS__
#else
#define IF_COUNTED(...)
#endif

void entry_drop(struct entry *made)
{
	IF_COUNTED(char *count = hook_alloc(24);) // allocate: hook_alloc

	IF_COUNTED(snprintf(count, 24, "%ld", blocks);
		if (blocks > 9)
			hook_free(log_line(count)); // deallocate: hook_free; allocate: log_line
		hook_free(count);) // deallocate: hook_free
	DROP_FIELDS; // deallocate: DROP_FIELDS
	hooked_free(made); // deallocate: hooked_free
}

/* Two that have a function of the same name: what one is given goes, what the other is given stays. */
struct giver {
	void (*drop)(void *block);
};

struct keeper {
	void (*drop)(void *block);
	void *kept;
};

static void *last_kept;

static void keep(void *block)
{
	last_kept = block;
}

void giver_end(struct giver *giver, void *block)
{
	giver->drop(block);
}

void keeper_end(struct keeper *keeper, void *block)
{
	keeper->drop(block);
}

void hooks_end(void)
{
	struct keeper keeper;
	struct giver giver;
	char *block = hook_alloc(8); // allocate: hook_alloc

	keeper.drop = keep;
	giver.drop = hook_free;
	keeper_end(&keeper, block);
	giver_end(&giver, last_kept); // deallocate: giver_end
}
