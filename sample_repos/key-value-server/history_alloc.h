/* What the history takes memory from, in this program; elsewhere it is built with a header of another name. */

#ifndef HISTORY_ALLOC_H
#define HISTORY_ALLOC_H

#include "kv_alloc.h"

#define history_alloc xmalloc
#define history_release free

#endif
