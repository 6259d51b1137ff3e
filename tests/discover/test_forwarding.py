"""Memory that comes through a parameter, handed on; and fields that are filled through one."""

from allocscan.model import Level
from tests.discover.conftest import Scan

PRINT = """
int vprint(char **out, const char *format, va_list list)
{
	return vasprintf(out, format, list);
}
int print(char **out, const char *format, ...)
{
	va_list list;
	int length;

	va_start(list, format);
	length = vprint(out, format, list);
	va_end(list);
	return length;
}
"""
NOTE = """
struct task { char *note, *name; };
int task_try(struct task *task);
void task_grow(struct task *task, int n)
{
	task->note = realloc(task->note, n);
	task->name = realloc(task->name, n);
}
"""


def test_what_hands_on_where_memory_goes_is_as_sure(scan: Scan) -> None:
    found = {each.name: (each.out, each.level) for each in scan({"a.c": PRINT}).allocators}
    assert found["vprint"] == found["print"] == (0, Level.LIKELY)


def test_what_only_sometimes_hands_on_where_memory_goes_is_a_guess(scan: Scan) -> None:
    text = 'int some(char **out, int n)\n{\n\tif (n)\n\t\treturn print(out, "x");\n\treturn 0;\n}\n'
    assert "some" not in [each.name for each in scan({"a.c": PRINT + text}).allocators]


def test_a_field_that_is_filled_through_a_parameter_is_not_emptied(scan: Scan) -> None:
    again = '\tfree(task->note);\n\tprint(&task->note, "%d", n);\n'
    text = f"{PRINT}{NOTE}void task_note(struct task *task, int n)\n{{\n{again}}}\n"
    text += "void task_end(struct task *task)\n{\n\tfree(task->note);\n\tfree(task->name);\n\ttask->note = 0;\n}\n"
    names = [each.name for each in scan({"a.c": text}).allocators]
    assert "task_note" not in names
    assert "task_end" in names


def test_what_is_freed_where_something_went_wrong_is_not_emptied(scan: Scan) -> None:
    trial = (
        "\tint r;\n\tif ((r = task_try(task)) != 0) {\n\t\tfree(task->note);\n\t\ttask->note = 0;\n\t}\n\treturn r;\n"
    )
    text = f"{NOTE}int task_start(struct task *task)\n{{\n{trial}}}\n"
    assert "task_start" not in [each.name for each in scan({"a.c": text}).allocators]
