/* The table on disk. */

#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include "table.h"

char *snapshot_path(const char *name);
char *snapshot_folder(void);
int snapshot_write(const struct table *table, const char *path);
int snapshot_read(struct table *table, const char *path);

#endif
