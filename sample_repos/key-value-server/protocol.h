/* Commands, one on each line. */

#ifndef PROTOCOL_H
#define PROTOCOL_H

#include "table.h"

#include <stddef.h>

struct command {
	char *verb;
	char *key;
	char *value;
};

/* Text that lies in memory, read line by line. */
struct reader {
	char *next;
	char *end;
};

int command_parse(struct command *command, const char *line);
void command_free(struct command *command);
char *command_run(struct table *table, const struct command *command);
char *reader_line(struct reader *reader);

#endif
