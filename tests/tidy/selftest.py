# SPDX-License-Identifier: MIT
"""Every tidy check finds what it is for in a small bad tree, and nothing in a good one."""

import tempfile
import unittest
from pathlib import Path

import idioms
import layers
import lengths
import orphans
import tree
import workplace

SPDX = "// SPDX-License-Identifier: MIT\n"


class Tidy(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name).resolve()

    def write(self, name: str, text: str, mode: int = 0o644) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)


class Layers(Tidy):
    def one(self, name: str, include: str) -> list[str]:
        self.write(name, f"{include}\n")
        return layers.check(self.root)

    def test_core_knows_the_standard_library_only(self) -> None:
        self.assertEqual(
            self.one("bot/core/x.cpp", "#include <httplib.h>"),
            ["bot/core/x.cpp:1: bot/core may not include <httplib.h>"],
        )

    def test_core_knows_no_thread_and_no_file(self) -> None:
        self.assertIn("<thread>", self.one("bot/core/x.h", "#include <thread>")[0])
        self.assertIn("<fstream>", self.one("bot/core/x.h", "#include <fstream>")[0])

    def test_core_does_not_know_the_ports(self) -> None:
        self.assertIn("bot/ports/clock.h", self.one("bot/core/x.h",
                                                    '#include "bot/ports/clock.h"')[0])

    def test_ports_do_not_know_the_app(self) -> None:
        self.assertEqual(len(self.one("bot/ports/x.h", '#include "bot/app/engine.h"')), 1)

    def test_the_app_does_not_know_adapters(self) -> None:
        self.assertEqual(len(self.one("bot/app/x.cpp", '#include "adapters/registry.h"')), 1)

    def test_wire_and_the_commands_know_the_registry(self) -> None:
        self.assertEqual(self.one("bot/app/wire.cpp", '#include "adapters/registry.h"'), [])
        self.assertEqual(self.one("bot/app/commands/x.cpp", '#include "adapters/registry.h"'), [])

    def test_but_not_an_adapter(self) -> None:
        self.assertEqual(len(self.one("bot/app/wire.cpp", '#include "adapters/http/server.h"')), 1)

    def test_adapters_do_not_know_each_other(self) -> None:
        self.write("adapters/store/CMakeLists.txt", "")
        self.assertEqual(self.one("adapters/store/sqlite/x.cpp",
                                  '#include "adapters/store/rules.h"'), [])
        self.assertEqual(len(self.one("adapters/store/sqlite/x.cpp",
                                      '#include "adapters/http/wire.h"')), 1)

    def test_rooms_beside_each_other_in_one_role_are_apart(self) -> None:
        self.write("adapters/policy/toml/CMakeLists.txt", "")
        self.assertEqual(len(self.one("adapters/policy/toml/x.cpp",
                                      '#include "adapters/policy/files/x.h"')), 1)

    def test_adapters_know_the_support_and_not_the_app(self) -> None:
        self.assertEqual(self.one("adapters/http/x.cpp", '#include "adapters/support/c.h"'), [])
        self.assertEqual(len(self.one("adapters/http/x.cpp", '#include "bot/app/engine.h"')), 1)

    def test_third_party_headers_stay_out_of_headers(self) -> None:
        self.assertEqual(self.one("adapters/store/x.cpp", "#include <sqlite3.h>"), [])
        self.assertEqual(len(self.one("adapters/store/x.h", "#include <sqlite3.h>")), 1)

    def test_includes_are_written_from_the_root(self) -> None:
        self.assertEqual(len(self.one("bot/core/x.cpp", '#include "time.h"')), 1)


class Idioms(Tidy):
    def one(self, name: str, code: str) -> list[str]:
        self.write(name, code)
        return idioms.check(self.root)

    def test_each_banned_idiom_is_found(self) -> None:
        for name, code in (
            ("bot/app/x.cpp", "auto t = std::chrono::system_clock::now();"),
            ("bot/app/x.cpp", "auto t = std::time(nullptr);"),
            ("bot/app/x.cpp", 'auto p = std::getenv("HOME");'),
            ("adapters/http/x.cpp", "std::cerr << 1;"),
            ("bot/app/x.cpp", "std::this_thread::sleep_for(s);"),
            ("tests/core/x.cpp", "thread.detach();"),
            ("bot/core/x.h", "std::shared_ptr<int> p;"),
            ("tests/support/x.h", "using namespace std;"),
            ("adapters/http/x.cpp", 'std::regex r("a");'),
            ("bot/app/x.cpp", "try { f(); } catch (...) {}"),
            ("bot/app/x.cpp", "// TO" + "DO later"),
            ("script/x.sh", "# FIX" + "ME"),
        ):
            with self.subTest(code):
                found = self.one(name, code)
                self.assertEqual(len(found), 1, found)
                self.assertTrue(found[0].startswith(f"{name}:1: "))
                (self.root / name).unlink()

    def test_the_line_is_named(self) -> None:
        self.assertTrue(self.one("bot/app/x.cpp", "/* a\nb */\n\nf.detach();")[0].startswith(
            "bot/app/x.cpp:4: "))

    def test_what_is_said_in_comments_and_texts_is_not_code(self) -> None:
        self.assertEqual(self.one("bot/core/x.cpp",
                                  '// std::cout\nauto s = "getenv";\n/* std::regex */\n'), [])

    def test_the_clock_may_read_the_clock(self) -> None:
        self.assertEqual(self.one("adapters/clock/x.cpp", "system_clock::now();"), [])


class Lengths(Tidy):
    def one(self, text: str, name: str = "bot/app/x.cpp") -> list[str]:
        self.write(name, text)
        return lengths.check(self.root)

    def body(self, lines: int) -> str:
        return "    f();\n" * (lines - 2) + "}\n"

    def test_a_long_file(self) -> None:
        self.assertEqual(self.one("int a;\n" * 400), [])
        self.assertEqual(len(self.one("int a;\n" * 401)), 1)

    def test_a_long_line_in_letters_not_bytes(self) -> None:
        self.assertEqual(self.one("// " + "é" * 97), [])
        self.assertEqual(len(self.one("// " + "e" * 98)), 1)

    def test_a_long_function_of_every_shape(self) -> None:
        for head in (
            "int f() {\n",
            "int A::f(int a) const noexcept {\n",
            "auto f(int a) -> std::vector<int> {\n",
            "A::A(int a) : a_(a) {\n",
            "A::A(int a) : a_{a}, b_{a} {\n",
            'TEST_CASE("braces { in a title") {\n',
            "struct A {\n};\nnamespace x {\nclass B {\nint f() override {\n",
        ):
            with self.subTest(head):
                self.assertEqual(self.one(head + self.body(70)), [])
                self.assertEqual(len(self.one(head + self.body(71))), 1)

    def test_a_namespace_and_a_table_may_be_long(self) -> None:
        self.assertEqual(self.one("namespace a {\n" + "int b();\n" * 100 + "}\n"), [])
        self.assertEqual(self.one("const A table[] = {\n" + "    {1, 2},\n" * 100 + "};\n"), [])

    def test_digit_separators_do_not_open_a_literal(self) -> None:
        text = "int a = 1'000'000;\nint f() {\n" + self.body(71)
        self.assertEqual(len(self.one(text)), 1)

    def test_a_long_python_function(self) -> None:
        self.assertEqual(len(self.one("def f():\n" + "    g()\n" * 70, "script/x.py")), 1)


class Orphans(Tidy):
    def test_a_source_no_list_names(self) -> None:
        self.write("tests/core/a_test.cpp", SPDX)
        self.write("tests/core/b_test.cpp", SPDX)
        self.write("tests/core/CMakeLists.txt", "stageclock_test(b SOURCES b_test.cpp)")
        self.assertEqual(
            orphans.check(self.root),
            ["tests/core/a_test.cpp: in no CMakeLists.txt: it is never built"],
        )

    def test_a_list_may_take_all_tests_of_its_folder(self) -> None:
        self.write("tests/core/a_test.cpp", SPDX)
        self.write("tests/core/deep/b_test.cpp", SPDX)
        self.write("tests/core/CMakeLists.txt", "file(GLOB s CONFIGURE_DEPENDS *_test.cpp)")
        self.assertEqual(len(orphans.check(self.root)), 1)

    def test_a_list_may_loop_over_names(self) -> None:
        self.write("tests/core/a_test.cpp", SPDX)
        self.write("tests/core/aa_test.cpp", SPDX)
        self.write("tests/core/CMakeLists.txt", "foreach(n aa)\nt(${n}_test.cpp)")
        self.assertEqual(len(orphans.check(self.root)), 1)

    def test_a_list_may_name_a_source_elsewhere(self) -> None:
        self.write("bot/main.cpp", SPDX)
        self.write("bot/app/CMakeLists.txt", "x(${CMAKE_SOURCE_DIR}/bot/main.cpp)")
        self.assertEqual(orphans.check(self.root), [])

    def test_a_list_may_stand_above(self) -> None:
        self.write("bot/core/a.cpp", SPDX)
        self.write("bot/CMakeLists.txt", "room(core SOURCES core/a.cpp)")
        self.assertEqual(orphans.check(self.root), [])

    def test_an_adapter_without_a_test(self) -> None:
        self.write("adapters/form/pdf/CMakeLists.txt", "stageclock_room(stageclock_form)")
        self.assertEqual(orphans.check(self.root),
                         ["adapters/form/pdf: no test in tests/adapters/form"])

    def test_a_link_that_leads_nowhere(self) -> None:
        self.write("docs/a.md", "[b](b.md) [c](https://example.org) ![d](#e)\n[f](f.md#x)")
        self.write("docs/b.md", "```\n[x](nowhere.md)\n```\n")
        self.assertEqual(orphans.check(self.root), ["docs/a.md:2: f.md does not exist"])

    def test_a_reason_without_a_template(self) -> None:
        self.write("bot/core/reason.h", SPDX + "enum class Reason {\n    // notices\n"
                   "    case_raised,   // receipt\n    stage_copy,\n"
                   "    // decisions not to tell\n    overtaken,\n"
                   "    // answers\n    mail_understood\n};\n")
        self.write("templates/email/case-raised.txt", "")
        self.write("templates/email/mail-understood.html", "")
        self.assertEqual(
            orphans.check(self.root),
            ["bot/core/reason.h: reason stage-copy has no template in templates/email"],
        )

    def test_a_script_that_cannot_be_started(self) -> None:
        self.write("script/a", "#!/bin/sh\n# SPDX-License-Identifier: MIT\n")
        self.write("script/b", "#!/bin/sh\n# SPDX-License-Identifier: MIT\n", 0o755)
        self.assertEqual(orphans.check(self.root),
                         ["script/a: begins with #! but is not executable"])

    def test_a_source_without_its_licence(self) -> None:
        self.write("bot/core/a.h", "#pragma once\n" + SPDX)
        self.assertEqual(len(orphans.check(self.root)), 1)


class Workplace(Tidy):
    def test_folders_of_one_machine(self) -> None:
        for line in ("cd /wor" + "k/main", "see ../share" + "d/x", "https://pypi" + ".org/x"):
            with self.subTest(line):
                self.write("docs/a.md", f"\n{line}\n")
                found = workplace.check(self.root)
                self.assertEqual(len(found), 1)
                self.assertTrue(found[0].startswith("docs/a.md:2: "))

    def test_ordinary_words(self) -> None:
        self.write("docs/a.md", "weekend/work, network, /workshop, ./shared")
        self.assertEqual(workplace.check(self.root), [])

    def test_a_large_file(self) -> None:
        self.write("docs/a.txt", "a" * 1_000_001)
        self.assertEqual(len(workplace.check(self.root)), 1)

    def test_what_is_built_is_not_read(self) -> None:
        self.write("build/a.txt", "a" * 1_000_001)
        self.assertEqual(workplace.check(self.root), [])


class Code(unittest.TestCase):
    def test_literals_and_comments_go_and_lines_stay(self) -> None:
        text = "a /* b\nc */ \"d//e\" 'f' R\"x(g\n)x\" h // i\nj"
        self.assertEqual(tree.code_of(text), 'a \n "" "" ""\n h \nj')


if __name__ == "__main__":
    unittest.main()
