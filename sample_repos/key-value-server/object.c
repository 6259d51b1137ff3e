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

/* The same for whoever must not be the last: a pinned object stays. */
void object_unpin(struct object *object, int now)
{
	if (!object || --object->owners > 0)
		return;
	object_free(object); // deallocate: object_free
}

void object_forget(struct object *object, int really)
{
	if (!really)
		return;
	object_free(object); // deallocate: object_free
}

/* A watcher that leaves the list, if there is any; the last one to be asked may stay on it. */
void watcher_drop(struct watchers *list, struct watcher *watcher)
{
	if (!list || !watcher)
		return;
	if (list->first == watcher)
		list->first = watcher->next;
	kv_free(watcher); // deallocate: kv_free
}

void watcher_told(struct watchers *list, struct watcher *watcher, int again)
{
	if (again) {
		kv_free(watcher); // deallocate: kv_free
		return;
	}
	list->told++;
	kv_free(watcher); // deallocate: kv_free
}

void watcher_asked(struct watchers *list, struct watcher *watcher, int again)
{
	if (again)
		return;
	list->told++;
	kv_free(watcher); // deallocate: kv_free
}

void watch(struct watchers *list)
{
	watcher_drop(list, list->first); // deallocate: watcher_drop
	watcher_told(list, list->first, 0); // deallocate: watcher_told
	watcher_asked(list, list->first, 0);
}

/* A name that is kept here until the next one is asked for. */
const char *object_name(const struct object *object)
{
	static char *last;
	char *name;

	free(last); // deallocate: free
	name = strdup(object->text); // allocate: strdup
	last = name;
	return name;
}

int object_end(struct object *one, struct object *two)
{
	const char *name = object_name(one);

	object_forget(one, !name);
	object_unpin(two, 1); // deallocate: object_unpin
	object_release(one); // deallocate: object_release
	return !name;
}
