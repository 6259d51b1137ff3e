/* Texts in the memory of the plug-in. */
#include "plugin.h"

#include <string.h>

void *malloc(size_t size);
void free(void *block);

__attribute__((malloc(free))) char *copy(const char *text)
{
	char *made = malloc(strlen(text) + 1); // allocate: malloc
	return made ? strcpy(made, text) : NULL;
}

size_t measure(void)
{
	char *name = plugin_name();          // allocate: plugin_name -> plugin.h:11
	char **words = plugin_words(name);   // allocate: plugin_words -> plugin.h:13
	int *table = plugin_table(4, 2);     // allocate: plugin_table -> plugin.h:12
	table = plugin_resize(table, 16);    // reallocate: plugin_resize -> plugin.h:14
	char *again = copy(name);            // allocate: copy -> 9
	size_t length = strlen(again) + (words && table);
	free(again); // deallocate: free
	plugin_say("%s", name);
	plugin_forget(name); // todo deallocate: plugin_forget
	return length;
}
