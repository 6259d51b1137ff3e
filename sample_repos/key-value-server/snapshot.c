#define _GNU_SOURCE
#include "snapshot.h"

#include "kv_alloc.h"
#include "protocol.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The whole path of a file, or NULL; the caller frees it. */
char *snapshot_path(const char *name)
{
	char fixed[PATH_MAX];

	if (*name == '/' && realpath(name, fixed))
		return xstrdup(fixed); // allocate: xstrdup
	return realpath(name, NULL); // allocate: realpath
}

/* Where snapshots go; most folders fit into a buffer. */
char *snapshot_folder(void)
{
	char buffer[64];

	if (getcwd(buffer, sizeof(buffer)))
		return xstrdup(buffer); // allocate: xstrdup
	return getcwd(NULL, 0); // allocate: getcwd
}

/* A key as it is written: blanks are marked. */
static char *quoted(const char *key)
{
	char *copy = xmalloc(2 * strlen(key) + 1); // allocate: xmalloc
	register char *to = copy;

	for (; *key; *to++ = *key++)
		if (*key == ' ')
			*to++ = '\\';
	*to = '\0';
	return copy;
}

/* What was written, the last part first. */
struct part {
	struct part *next;
	char *text;
};

static struct part *part_new(const char *key, struct part *next)
{
	struct part *part = xmalloc(sizeof(*part)); // allocate: xmalloc

	*part = (struct part){next, quoted(key)}; // allocate: quoted
	return part;
}

static void parts_free(struct part *part)
{
	struct part *next;

	while (part) {
		next = part->next;
		free(part->text); // deallocate: free
		free(part); // deallocate: free
		part = next;
	}
}

/* What was written before; nothing comes before nothing. */
static struct part *part_before(struct part *part)
{
	if (!part)
		return part;
	return part->next;
}

/* Only the last part stays. */
static void parts_cut(struct part *part)
{
	struct part *before = part_before(part);

	if (part)
		part->next = NULL;
	parts_free(before); // deallocate: parts_free
}

int snapshot_write(const struct table *table, const char *path)
{
	FILE *file = fopen(path, "w");
	size_t count;
	char **keys, *block;
	struct part *written = NULL;

	if (!file)
		return -1;
	keys = table_keys(table, &count); // allocate: table_keys
	if (posix_memalign((void **)&block, 4096, BUFSIZ) == 0) // allocate: posix_memalign
		setvbuf(file, block, _IOFBF, BUFSIZ);
	else
		block = NULL;
	for (size_t i = 0; i < count; i++) {
		written = part_new(keys[i], written); // allocate: part_new
		fprintf(file, "SET %s %s\n", written->text, table_get(table, keys[i])->text);
	}
	parts_cut(written);
	parts_free(written); // deallocate: parts_free
	fclose(file);
	kv_clear(&block); // deallocate: kv_clear
	kv_raw_free(keys); // deallocate: kv_raw_free
	return 0;
}

static void load(struct table *table, const char *text, size_t size)
{
	char *copy = memcpy(xmalloc(size), text, size); // allocate: xmalloc
	reader_t reader = {.next = copy, .end = copy + size};
	char *line;

	while ((line = reader_line(&reader))) {
		command_t command;
		int depth = 0;

		sscanf(line, "%d", &depth);
		if (command_parse(&command, line) && depth == 0)
			kv_raw_free(command_run(table, &command)); // deallocate: kv_raw_free; allocate: command_run
		command_free(&command); // deallocate: command_free
	}
	free(copy); // deallocate: free
}

int snapshot_read(struct table *table, const char *path)
{
	struct stat status;
	int fd = open(path, O_RDONLY), result = -1;
	void *text;

	if (fd < 0)
		return -1;
	if (fstat(fd, &status) == 0 && status.st_size > 0) {
		text = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, fd, 0); // allocate: mmap
		if (text != MAP_FAILED) {
			load(table, text, status.st_size);
			munmap(text, status.st_size); // deallocate: munmap
			result = 0;
		}
	}
	close(fd);
	return result;
}
