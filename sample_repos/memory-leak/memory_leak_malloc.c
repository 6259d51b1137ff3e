/*
 * Two students, of whom one is never freed.
 *
 * Each is one block of sizeof(struct student) bytes, so the size of the leak says what was lost.
 */

#include <mcheck.h>
#include <stdio.h>
#include <stdlib.h>

struct student {
	char name[64];
	int age;
	char system[80];
};

static struct student *student_new(const char *name, int age, const char *system)
{
	struct student *student = malloc(sizeof(*student)); // allocate: malloc

	if (student == NULL) {
		perror("malloc");
		exit(EXIT_FAILURE);
	}
	snprintf(student->name, sizeof(student->name), "%s", name);
	snprintf(student->system, sizeof(student->system), "%s", system);
	student->age = age;
	return student;
}

static void student_free(struct student *student)
{
	free(student); // deallocate: free
}

static void student_print(const struct student *student)
{
	printf("%s is %d years old and likes %s\n", student->name, student->age, student->system);
}

int main(void)
{
	struct student *student;

	mtrace(); // writes a log of every malloc() and free() when MALLOC_TRACE names a file

	student = student_new("Andrei Popescu", 22, "Linux"); // allocate: student_new
	student_print(student);

	student = student_new("Ioana David", 23, "macOS"); // allocate: student_new
	student_print(student);
	student_free(student); // deallocate: student_free

	return 0;
}
