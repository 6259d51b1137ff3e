#include "object.h"

#include "kv_alloc.h"

struct object *object_new(const char *text)
{
	struct object *object = KV_NEW(struct object); // allocate: KV_NEW

	object->owners = 1;
	object->size = strlen(text);
	object->text = strdup(text); // allocate: strdup
	if (!object->text)
		goto free;
	return object;

free:
	kv_free(object); // deallocate: kv_free
	return NULL;
}

struct object *object_retain(struct object *object)
{
	object->owners++;
	return object;
}

static void object_free(struct object *object)
{
	FREE_AND_NULL(object->text); // deallocate: FREE_AND_NULL
	kv_free(object); // deallocate: kv_free
}

void object_release(struct object *object)
{
	if (object && --object->owners == 0)
		object_free(object); // deallocate: object_free
}
