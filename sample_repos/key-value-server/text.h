/* Text that is put together piece by piece. */

#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>

/* All words in one text: in a place of the caller's, or in memory that the caller frees where that is NULL. */
char *text_join(const char *const *words, size_t room, char *place);

#define TEXT_INTERNAL __attribute__((__visibility__("hidden")))
typedef char *word_t;

/* The same text once more, or NULL. */
word_t TEXT_INTERNAL text_copy(const char *text);

/* Names of which a linker sees more than is written. */
#define TEXT_NAME(name) kv_text_##name

/* Other compilers want to be told of a function in another order. */
#define TEXT_FUNCTION(type, name, parameters, attributes) attributes type name parameters

/* So much room, or NULL. */
void *TEXT_NAME(room)(size_t size);

#endif
