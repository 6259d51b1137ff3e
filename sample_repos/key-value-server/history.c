#include "history.h"
#include "kv_alloc.h"
#include "list.h"

#include <string.h>

/* Only who builds this knows what is included; the header that is named here does not come along. */
#ifndef HISTORY_ALLOC_INCLUDE
#define HISTORY_ALLOC_INCLUDE "history_malloc.h"
#endif

#include HISTORY_ALLOC_INCLUDE

/* Forget a text in the way that is given. */
#define FORGET(how, text) do { how(text); (text) = NULL; } while (0)

static char *last;

/* How long the lines were. */
KV_LIST(sizes, size_t)

static struct sizes sizes;

/* The first letters of lines of either kind. */
static char *letters[2];

/* What is made on first use stays where it is: nobody is handed anything to free. */
static char *letters_of(size_t size)
{
	char **place = &letters[size % 2];

	if (!*place)
		*place = history_alloc(2); // allocate: history_alloc
	return *place;
}

/* Frees and hands back nothing, so that the caller's variable forgets what it held. */
static char *forgotten(char *text)
{
	history_release(text); // deallocate: history_release
	return NULL;
}

static void letters_drop(char **text)
{
	*text = forgotten(*text); // deallocate: forgotten -> 38
}

void history_keep(const char *line)
{
	size_t size = strlen(line) + 1;

	letters_of(size)[0] = line[0];
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
	FORGET(history_release, last); // deallocate: FORGET
	letters_drop(&letters[0]); // deallocate: letters_drop -> 44
	drop_text(&letters[1]); // deallocate: drop_text -> list.h:9
	clear_sizes(&sizes);
}
