/* The names that the heap has inside; outside it is reached through aliases. */
#ifndef TINY_GLUE_H
#define TINY_GLUE_H

#include <stddef.h>

#define malloc tiny_malloc
#define free   tiny_free

#define weak_alias(old, new) extern __typeof(old) new __attribute__((__weak__, __alias__(#old)))
#define TINY_ALIAS(old)      __attribute__((__alias__(#old)))
#define TINY_EXPORT          __attribute__((__visibility__("default")))
#define TINY_ATTR(what)      __attribute__((what))

#endif
