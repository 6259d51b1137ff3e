/* Bytes in blocks of their own; the only part of the library that is written in C. */

#ifndef SCENE_PACK_H
#define SCENE_PACK_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct scene_pack {
	size_t size;
	unsigned char *bytes;
};

struct scene_pack *scene_pack_new(const void *bytes, size_t size);
void scene_pack_free(struct scene_pack *pack);

#ifdef __cplusplus
}
#endif

#endif
