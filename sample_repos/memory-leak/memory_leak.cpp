/*
 * Two students, of whom one is never deleted.
 *
 * Names this short fit into the strings themselves, so each student is one block of sizeof(Student) bytes.
 */

#include <iostream>
#include <string>

class Student {
public:
	Student(const char *name, int age, const char *system) : name(name), age(age), system(system) {}

	Student(const Student &) = delete;
	Student &operator=(const Student &) = delete;

	void print() const
	{
		std::cout << name << " is " << age << " years old and likes " << system << std::endl;
	}

private:
	std::string name;
	int age;
	std::string system;
};

int main()
{
	Student *student;

	student = new Student("Andrei Popescu", 22, "Linux"); // allocate: new -> 10
	student->print();

	student = new Student("Ioana David", 23, "macOS"); // allocate: new -> 10
	student->print();
	delete student; // deallocate: delete

	return 0;
}
