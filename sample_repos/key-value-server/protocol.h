/* Commands, one on each line. */

#ifndef PROTOCOL_H
#define PROTOCOL_H

#include "table.h"

#include <stddef.h>

typedef struct command {
	char *verb;
	char *key;
	char *value;
} command_t;

/* Text that lies in memory, read line by line. */
typedef struct {
	char *next;
	char *end;
} reader_t;

int command_parse(struct command *command, const char *line);
void command_free(struct command *command);
char *command_run(struct table *table, const struct command *command);
char *reader_line(reader_t *reader);

#endif
