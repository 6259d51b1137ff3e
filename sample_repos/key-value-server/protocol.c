#define _GNU_SOURCE
#include "protocol.h"

#include "kv_alloc.h"

#include <stdio.h>

/* Parts are NULL where the line ends early; "GET malloc(3)" asks for a key of that name. */
int command_parse(struct command *command, const char *line)
{
	int parts;

	*command = (struct command){0};
	// allocate: sscanf
	parts = sscanf(line, "%ms %ms %m[^\n]", &command->verb, &command->key, &command->value);
	return parts >= 2;
}

void command_free(struct command *command)
{
	free(command->verb); // deallocate: free
	free(command->key); // deallocate: free
	free(command->value); // deallocate: free
}

static char *answer(const char *word, const char *text)
{
	char *line;

	if (asprintf(&line, "%s %s", word, text) < 0) // allocate: asprintf
		return NULL;
	return line;
}

static char *count_answer(size_t count)
{
	char *digits = alloca(24); // allocate: alloca

	snprintf(digits, 24, "%zu", count);
	return answer("COUNT", digits); // allocate: answer
}

static char *list_keys(const struct table *table)
{
	size_t count, size = 1;
	char **keys = table_keys(table, &count); // allocate: table_keys
	char *list;

	for (size_t i = 0; i < count; i++)
		size += strlen(keys[i]) + 1;
	KV_NEW_TEXT(list, size); // allocate: KV_NEW_TEXT
	*list = '\0';
	for (size_t i = 0; i < count; i++)
		strcat(strcat(list, keys[i]), " ");
	free(keys); // deallocate: free
	return list;
}

static char *set(struct table *table, const struct command *command)
{
	struct object *value = object_new(command->value ? command->value : ""); // allocate: object_new

	if (!value)
		return strdup("ERROR no memory"); // allocate: strdup
	table_set(table, command->key, value);
	return strndup("OK so far", 2); // allocate: strndup
}

char *command_run(struct table *table, const struct command *command)
{
	struct object *value;

	switch (command->verb[0]) {
	case 'S':
		return set(table, command); // allocate: set
	case 'D':
		return count_answer(table_delete(table, command->key)); // allocate: count_answer
	case 'K':
		return list_keys(table); // allocate: list_keys
	}
	value = table_get(table, command->key);
	return value ? answer("VALUE", value->text) : strdup("NONE"); // allocate: answer; allocate: strdup
}
