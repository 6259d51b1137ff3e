/* Compiled as C or as C++, for which it brings the operators as well. */
#include "glue.h"

#define TINY_FORWARD(old) TINY_ALIAS(old);

void tiny_free(void *block);

#ifdef __cplusplus
void operator delete(void *block) noexcept TINY_FORWARD(tiny_free)
void operator delete[](void *block) noexcept TINY_FORWARD(tiny_free)

void *operator new(std::size_t size) noexcept(false) TINY_FORWARD(tiny_malloc)
void *operator new[](std::size_t size) noexcept(false) TINY_FORWARD(tiny_malloc)
#endif

void tiny_drop(void **place)
{
	tiny_free(*place); // deallocate: tiny_free -> heap.c:27
	*place = NULL;
}

void tiny_drop_all(void **places)
{
	while (*places)
		tiny_drop(places++); // deallocate: tiny_drop -> 16
}
