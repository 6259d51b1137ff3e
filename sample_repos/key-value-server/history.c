#include "history.h"
#include "kv_alloc.h"
#include "list.h"

#include <string.h>

/* Only who builds this knows what is included; the header that is named here does not come along. */
#ifndef HISTORY_ALLOC_INCLUDE
#define HISTORY_ALLOC_INCLUDE "history_malloc.h"
#endif

#include HISTORY_ALLOC_INCLUDE

static char *last;

/* How long the lines were. */
KV_LIST(sizes, size_t)

static struct sizes sizes;

void history_keep(const char *line)
{
	size_t size = strlen(line) + 1;

	history_forget(); // todo deallocate: history_forget
	sizes_push(&sizes, size);
	last = memcpy(history_alloc(size), line, size); // allocate: history_alloc
}

const char *history_last(void)
{
	return last ? last : "";
}

void history_forget(void)
{
	history_release(last); // deallocate: history_release
	last = NULL;
	clear_sizes(&sizes);
}
