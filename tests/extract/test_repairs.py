"""What macros hide from a grammar is understood: nothing is lost, and what is called and defined there is found."""

import pytest

from allocscan.extract import extract
from allocscan.languages import load_languages
from allocscan.syntax import machine_of
from allocscan.syntax.parsing import parse_repaired

LANGUAGES = {language.name: language for language in load_languages()}
C = (
    # Between a keyword and its condition.
    ("void f(void) { if likely(a) { g(1); } else if MACRO(b == 2) g(2); }", "f", "g g"),
    (
        "int f(int a) {\n  switch (a) {\n  CASE(OP_ADD, 1): g(a); break;\n  default: h(a); }\n  return 0; }\n",
        "f",
        "g h",
    ),
    # Operators and statements as arguments.
    ("void f(void) { tt_int_op(r, ==, 1); if (timercmp(&a, &b, <)) g(1); }", "f", "g"),
    # Attributes where the grammar expects none.
    ("int f(void) { char a[8] __attribute__((aligned(8))) = { 0 }; return g(a); }", "f", "g"),
    # Types and strings that macros make.
    ("struct s f(void) { return LITERAL(struct_s){ .a = { g(1) } }; }", "f", "g"),
    ("static const ALIGNED(unsigned int) mask[] = { 1, 2 };\nvoid f(void) { g(mask); }", "f", "g"),
    ('void f(void) { g("a" TEN(TEN("b")) "c"); h(TEN("a") "," TEN("b") "," TEN("c")); }', "f", "g h"),
    # Members of members, ranges.
    ("int f(void) { return g(offsetof(struct s, a.b[1].c)); }", "f", "g"),
    ("int f(long a) { switch (a) { case 10ULL ... 19ULL: return g(a); } return 0; }", "f", "g"),
    ("double complex f(double complex z) { return g(z); }", "f", "g"),
    # Before the type of a function, behind it, behind its parameters, and before one of them.
    ("static my_inline u_char *\nf(u_char *p)\n{\n  return g(p);\n}\n", "f", "g"),
    ("my_pure\nstatic inline u32 f(u32 a) { return g(a); }", "f", "g"),
    ("u_char * my_cdecl\nf(u_char *buf, ...)\n{\n  return g(buf);\n}\n", "f", "g"),
    ("static int\nmy_function\nf (int a)\n{\n  return g (a);\n}\n", "f", "g"),
    ("static char * printflike(1, 2)\nf(const char *fmt, ...)\n{\n  return g(fmt);\n}\n", "f", "g"),
    ("my_export void *f(size_t n) my_noexcept my_size(1) {\n  return g(n);\n}\n", "f", "g"),
    ("static int f(my_unused struct s *a, const char *b, my_unused enum e c)\n{\n  return g(b);\n}\n", "f", "g"),
    # Entries of lists.
    (
        'enum e {\n  ENTRY(ONE, "1",\n    g),\n  ENTRY(TWO, "2", g), // two\n};\nint f(void) { return g(1); }\n',
        "f",
        "g",
    ),
    (
        'struct s list[] = {\n  {"a", {1, 2} MACRO},\n  {"b", {3, 4} MACRO}\n};\nint f(void) { return g(1); }\n',
        "f",
        "g",
    ),
    # Statements, and lists that are included elsewhere.
    (
        "int f(int a) {\n  switch (a) {\n  case 1:\n    g(a);\n    my_fallthrough\n  case 2: h(a); }\n  return 0;\n}\n",
        "f",
        "g h",
    ),
    ('{ "quot", 0x22 },\n{ "{amp;", N_("&"), { 0x26 } }, // and\nint f(void) { return g(1); }\n', "f", "g"),
    ("ENTRY(CMD_A, g,\n      1),\nENTRY(CMD_B, g,\n      2),\nint f(void) { return g(1); }\n", "f", "g"),
)
CPP = (
    *C[:5],
    ("MACRO(class) c : public b {\n public:\n  c(int & a, const d& e);\n};\nvoid f() { g(1); }\n", "c f", "g"),
    (
        "class my_EXPORT c {\n  int a;\n public:\n  c(int a = 1);\n  virtual ~c();\n};\nvoid f() { g(1); }\n",
        "c f",
        "g",
    ),
    (
        "int f() {\n  MY_IF_SOME(a, find(1)) {\n    return g(a);\n  } else {\n    return h(1);\n  }\n}\n",
        "f",
        "g h find",
    ),
    ("DECLARE_FLAGS(Flags, Names)\n{\n  One, Two = 2\n};\nvoid f() { g(1); }\n", "f", "g"),
    ('void f() { EXPECT_ERROR(throw error("a"), error, "b"); g(1); }', "f", "g error"),
    (
        "void f() {\n  EXPECT_ERROR(\n      for (int i = 0; i < 9; ++i) { g(i); },\n      std::length_error);\n}\n",
        "f",
        "g",
    ),
    (
        "int f() {\n  ASSIGN(int a [[unused]], g(1));\n  ASSIGN((const auto& [b, c]), g(2));\n  return h(a);\n}\n",
        "f",
        "g g h",
    ),
    ("SUITE(one,\n    decltype(two<0, s>{}));\nvoid f() { g(1); }\n", "f", "g"),
    ("NORETURN(void fail(const char* file, int line));\nvoid f() { g(1); }\n", "f", "g"),
    ("void f() { run([this, op{std::move(op)}](int a) mutable { g(a); }); }", "f", "g run"),
    ("int f(const char* p) { for (; const char* d = g(p); ++p) { h(d); } return 0; }", "f", "g h"),
    ("bool f(int id) { return unsigned(id) < unsigned(g()); }", "f", "g"),
    ("my_inline MY_CONSTEXPR number\nf(int a, b c) noexcept {\n  return g(a);\n}\n", "f", "g"),
    (
        'struct c {\n  MACRO\n  DEPRECATED("Use `x::At(y)`.")\n  b In(d e) const;\n  int a;\n};\nvoid f() { g(1); }\n',
        "c f",
        "g",
    ),
    ("b* my_nonnull c::f(d e,\n    bool h) const {\n  return g(e);\n}\n", "f", "g"),
)


@pytest.mark.parametrize(
    ("language", "text", "defined", "called"), [("c", *each) for each in C] + [("cpp", *each) for each in CPP]
)
def test_what_macros_hide_is_understood(language: str, text: str, defined: str, called: str) -> None:
    facts = extract("a", text.encode(), LANGUAGES[language])
    assert not facts.lost
    kinds = {definition.name.split("::")[-1] for definition in facts.definitions}
    assert set(defined.split()) <= kinds
    names = [call.name.split("::")[-1] for call in facts.calls]
    assert all(names.count(name) >= called.split().count(name) for name in called.split())


KEPT = (
    ("c", "enum {\n  ONE = 1, // the first one\n  TWO = 2,\n  THREE int\n};\n", "TWO"),
    ("c", "#define ONE 1\n#define TWO\nint f(void) MACRO;\nvoid MACRO g(void) { ) }\n", "TWO"),
    ("c", "int f(void) {\n  EACH(a, b) {\n    g(a) h;\n  }\n}\n", "EACH(a, b) {"),
    ("cpp", "TEST(a) {\n  g();\n}\n\nTEST(b) {\n  int x = ;\n}\n", "TEST(b)"),
)


@pytest.mark.parametrize(("language", "text", "kept"), KEPT)
def test_what_hides_nothing_stays(language: str, text: str, kept: str) -> None:
    mended = parse_repaired(machine_of(LANGUAGES[language]), text.encode())
    assert kept in mended.content.decode()
