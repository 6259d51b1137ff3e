/* Values that several owners share. */

#ifndef OBJECT_H
#define OBJECT_H

#include <stddef.h>

struct object {
	unsigned owners;
	size_t size;
	char *text;
};

/* Who is told when a value changes. */
struct watcher {
	struct watcher *next;
};

struct watchers {
	struct watcher *first;
	unsigned told;
};

struct object *object_new(const char *text);
struct object *object_retain(struct object *object);
void object_release(struct object *object);

#endif
