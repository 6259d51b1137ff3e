#define _GNU_SOURCE
#include "history.h"
#include "kv_alloc.h"
#include "pool.h"
#include "protocol.h"
#include "snapshot.h"
#include "text.h"

#include <assert.h>
#include <stdio.h>
#include <unistd.h>

extern void free(void *block); /* declared once more, which calls nothing */

static const char help[] = "commands: SET key value, GET key, DELETE key, KEYS -; values come from malloc(3)\n";

static void serve(struct table *table, FILE *input)
{
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, input) > 0) { // reallocate: getline
		command_t command;
		char *answer = NULL;

		if (command_parse(&command, line))
			answer = command_run(table, &command); // allocate: command_run
		history_keep(line);
		puts(answer ? answer : help);
		free(answer); // deallocate: free
		command_free(&command); // deallocate: command_free
	}
	free(line); // deallocate: free
	history_forget();
}

static void expect(struct table *table, const char *line, const char *expected)
{
	command_t command;
	char *answer;

	assert(command_parse(&command, line));
	answer = command_run(table, &command); // allocate: command_run
	assert(answer && !strcmp(answer, expected));
	free(answer); // deallocate: free
	command_free(&command); // deallocate: command_free
}

static void test_commands(void)
{
	struct table *table = table_new(8); // allocate: table_new

	expect(table, "GET city", "NONE");
	expect(table, "SET city Cluj", "OK");
	expect(table, "SET city Bucharest", "OK");
	expect(table, "GET city", "VALUE Bucharest");
	expect(table, "KEYS -", "city ");
	expect(table, "DELETE city", "COUNT 1");
	table_free(table); // deallocate: table_free
}

/* Fillers are named after what they fill a table with; none of them is what its macro is given. */
#define FILLER(name) static void fill_by_##name(struct table *table)

FILLER(object_new)
{
	table_set(table, "a", object_new("0")); // allocate: object_new -> object.c:5
}

static void test_snapshot(void)
{
	struct table *table = table_new(2), *again = table_new(2); // allocate: table_new; allocate: table_new
	char path[] = "/tmp/kv_server.XXXXXX";
	char *whole, *folder = snapshot_folder(); // allocate: snapshot_folder
	int fd = mkstemp(path);

	assert(fd >= 0 && folder);
	fill_by_object_new(table);
	table_set(table, "a", object_new("1")); // allocate: object_new
	table_set(table, "b", object_retain(table_get(table, "a")));
	assert(snapshot_write(table, path) == 0 && snapshot_read(again, path) == 0);
	whole = snapshot_path(path); // allocate: snapshot_path
	assert(whole && !strcmp(table_get(again, "b")->text, "1"));
	unlink(path);
	close(fd);
	KV_DROP(whole); // deallocate: KV_DROP
	free(folder); // deallocate: free
	table_free(table); // deallocate: table_free
	table_free(again); // deallocate: table_free
}

static void test_text(void)
{
	const char *const words[] = {"CO", "UNT", NULL};
	char place[16];
	char *copy = text_copy("COUNT"); // allocate: text_copy
	void *block = TEXT_NAME(room)(sizeof(place)); // allocate: room

	assert(copy && !strcmp(copy, words[0]) == 0);
	free(copy); // deallocate: free
	free(block); // deallocate: free
	assert(!strcmp(text_join(words, sizeof(place), place), "COUNT"));
	assert(!text_join(words, 2, place));
}

static void test_memory(void)
{
	struct pool *pool = pool_create(); // allocate: pool_create
	char *free_text = pool_strdup(pool, "text"), *buffer; // allocate: pool_strdup

	assert(pool_alloc(pool, 10000) != free_text); // allocate: pool_alloc
	pool->free(pool, free_text);
	*pool_number(pool) = 1; // allocate: pool_number
	pool_destroy(pool); // deallocate: pool_destroy
	assert(buffer_reserve(&buffer, 16) == 0); // allocate: buffer_reserve
	buffer = xrealloc(buffer, 32); // reallocate: xrealloc
	free(buffer); // deallocate: free
	kv_free_marked(kv_alloc_marked(16)); // deallocate: kv_free_marked; allocate: kv_alloc_marked
	history_keep("GET city");
	assert(!strcmp(history_last(), "GET city"));
	history_forget();
	assert(kv_alloc_count() == 0);
}

int main(int argc, char **argv)
{
	struct table *table;

	if (argc > 1 && !strcmp(argv[1], "--self-test")) {
		test_commands();
		test_snapshot();
		test_text();
		test_memory();
		puts("all is well");
		return 0;
	}
	table = table_new(256); // allocate: table_new
	serve(table, stdin);
	table_free(table); // deallocate: table_free
	return 0;
}
