/* Lines of a text in memory. <stdio.h> is left out, so its getline() does not get in the way of ours. */

#include "protocol.h"

#include <string.h>

/* Cut the next line off; nothing is copied, unlike in the function of the same name that calls malloc(). */
static char *getline(reader_t *reader)
{
	char *line = reader->next, *end;

	if (line >= reader->end)
		return NULL;
	end = memchr(line, '\n', reader->end - line);
	if (!end)
		end = reader->end - 1;
	*end = '\0', reader->next = end + 1;
	return line;
}

char *reader_line(reader_t *reader)
{
	char *line;

	do {
		line = getline(reader);
	} while (line && *line == '#');
	return line;
}
