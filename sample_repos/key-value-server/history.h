/* The last line that was read. */

#ifndef HISTORY_H
#define HISTORY_H

void history_keep(const char *line);
const char *history_last(void);
void history_forget(void);

#endif
