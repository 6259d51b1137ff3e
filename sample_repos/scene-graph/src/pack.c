#include "scene/pack.h"

#include <stdlib.h>
#include <string.h>

struct scene_pack *scene_pack_new(const void *bytes, size_t size)
{
	struct scene_pack *pack = malloc(sizeof(*pack)); // allocate: malloc

	if (!pack)
		return NULL;
	pack->size = size;
	pack->bytes = malloc(size); // allocate: malloc
	if (!pack->bytes) {
		free(pack); // deallocate: free
		return NULL;
	}
	memcpy(pack->bytes, bytes, size);
	return pack;
}

void scene_pack_free(struct scene_pack *pack)
{
	free(pack->bytes); // deallocate: free
	free(pack); // deallocate: free
}
