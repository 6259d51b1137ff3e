/* Values that several owners share. */

#ifndef OBJECT_H
#define OBJECT_H

#include <stddef.h>

struct object {
	unsigned owners;
	size_t size;
	char *text;
};

struct object *object_new(const char *text);
struct object *object_retain(struct object *object);
void object_release(struct object *object);

#endif
