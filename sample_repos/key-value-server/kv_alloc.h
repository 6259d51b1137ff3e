/* Memory that is always there: these functions abort rather than return NULL. */

#ifndef KV_ALLOC_H
#define KV_ALLOC_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

void *xmalloc(size_t size) __attribute__((malloc, alloc_size(1), returns_nonnull));
void *xcalloc(size_t count, size_t size) __attribute__((malloc, alloc_size(1, 2), returns_nonnull));
void *xrealloc(void *block, size_t size) __attribute__((alloc_size(2), returns_nonnull));
char *xstrdup(const char *text);
void *kv_alloc(size_t size);
void kv_free(void *block);
void *kv_alloc_marked(size_t size);
void kv_free_marked(void *block);
size_t kv_alloc_count(void);

/* Free what a pointer points to, given where the pointer is. */
void kv_clear(void *place);

/* Reserve a buffer for the caller: 0, or -1 when there is no memory. */
int buffer_reserve(char **out, size_t size);

/* Room for `n` things of the type that `x` points to. */
// allocate: xcalloc
#define ALLOC_ARRAY(x, n) ((x) = xcalloc((n), sizeof(*(x))))

// allocate: kv_alloc
#define KV_NEW(type) ((type *)kv_alloc(sizeof(type)))

// allocate: xmalloc
#define KV_NEW_TEXT(target, length) do { (target) = xmalloc((length) + 1); \
	(target)[length] = '\0'; \
} while (0)

// deallocate: free
#define FREE_AND_NULL(p) do { free(p); (p) = NULL; } while (0)

/* What a build that counts releases would note down; this one hands on what it is given. */
#define KV_NOTED(p) (p)
// deallocate: free
#define KV_DROP(p) free(KV_NOTED((void *)(p)))

/* Names for other platforms, where these would be something else than malloc() and free(). */
#define kv_raw_alloc malloc
#define kv_raw_free free
// reallocate: realloc
#define kv_raw_resize(block, size) realloc(block, size)

#endif
