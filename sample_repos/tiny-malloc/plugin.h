/* What the plug-in offers; it comes as a library. */
#ifndef PLUGIN_H
#define PLUGIN_H

#include <stddef.h>

#define PLUGIN_FRESH __attribute__((malloc, returns_nonnull))

void plugin_forget(char *text);

PLUGIN_FRESH char *plugin_name(void);
void *plugin_table(size_t count, size_t size) __attribute__((malloc(plugin_forget), alloc_size(1, 2)));
char **plugin_words(const char *text) PLUGIN_FRESH;
void *plugin_resize(void *table, size_t size) __attribute__((alloc_size(2)));
int plugin_say(const char *text, ...) __attribute__((format(printf, 1, 2)));

#endif
