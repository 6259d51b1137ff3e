#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "alloc.h"

struct shape {
	char *name;
	int *points;
};

static struct shape *last;

struct shape *shape_new(const char *name, size_t count)
{
	struct shape *shape = xmalloc(sizeof(*shape));

	shape->name = strdup(name);
	ALLOC_ARRAY(shape->points, count);
	return shape;
}

void shape_free(struct shape *shape)
{
	free(shape->name);
	FREE_AND_NULL(shape->points);
	free(shape);
}

static void show(const char *name)
{
	struct shape *shape = shape_new(name, 3);
	struct shape *again = shape_new("malloc(3)", 4);
	char *line = malloc (80);

	snprintf(line, 80, "%s %s", shape->name, again->name);
	puts(line);
	free(line);
	shape_free(shape);
	last = again;
}

int main(int argc, char **argv)
{
	while (argc-- > 1)
		show(argv[argc]);
	return last == NULL;
}
