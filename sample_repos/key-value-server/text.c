#define _GNU_SOURCE
#include "text.h"

#include <stdlib.h>
#include <string.h>

struct text {
	char *start;
	size_t used, size;
	int grows;
};

static int text_more(struct text *text, size_t size)
{
	char *moved;

	if (!text->grows)
		return 0;
	moved = realloc(text->start, 2 * text->size + size); // reallocate: realloc
	if (!moved)
		return 0;
	text->start = moved;
	text->size = 2 * text->size + size;
	return 1;
}

static void text_add(struct text *text, const char *word)
{
	size_t size = strlen(word);

	if (text->used + size < text->size || text_more(text, size + 1))
		memcpy(text->start + text->used, word, size + 1);
	text->used += size;
}

#ifdef KV_ALIGN
// allocate: posix_memalign
#define TAKE(size) (posix_memalign((void **)&copy, KV_ALIGN, (size)) == 0)
#else
// allocate: malloc
#define TAKE(size) ((copy = malloc(size)) != NULL)
#endif

word_t TEXT_INTERNAL text_copy(const char *text)
{
	char *copy;

	if (!TAKE(strlen(text) + 1)) // allocate: TAKE
		return NULL;
	return strcpy(copy, text);
}

#undef TAKE

/* What is freed is never the caller's place: where that is given, nothing grows. */
char *text_join(const char *const *words, size_t room, char *place)
{
	struct text text = { NULL, 0, 0, 1 };

	if (place) {
		text.start = place;
		text.size = room;
		text.grows = 0;
	}
	for (; *words; words++)
		text_add(&text, *words);
	if (text.used < text.size)
		return text.start;
	if (text.grows)
		free(text.start); // deallocate: free
	return NULL;
}

TEXT_FUNCTION(static void *, room_for, (size_t size, size_t more), __attribute__((noinline)))
{
	return malloc(size + more); // allocate: malloc
}

void *TEXT_NAME(room)(size_t size)
{
	return room_for(size, 0); // allocate: room_for
}
