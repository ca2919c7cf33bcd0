// The rules themselves, on small made-up files: what they catch, and what they leave alone.

#include "tests/tidy/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tidy/functions.h"
#include "tests/tidy/ratchet.h"

namespace portolan::tidy {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Blanking, keeps_lines_and_drops_comments_literals_and_directives) {
  const auto file = make_source("a.cpp",
                                "#define A \\\n  throw\n"
                                "int a = 1'000; // throw\n"
                                "/* throw\n throw */ char c = '\"'; auto s = \"throw\\\" \";\n"
                                "auto r = R\"x(throw)\" \n)x\"; int b;\n");
  EXPECT_THAT(file.code, ElementsAre("", "", "int a = 1'000;         ", "        ",
                                     "          char c =    ; auto s =           ;",
                                     "auto r =             ", "   ; int b;"));
}

TEST(Includes, may_go_down_but_not_up_or_sideways) {
  EXPECT_THAT(check_includes(make_source("src/reach/a.cpp", "#include \"model/vpc.h\"\n")),
              IsEmpty());
  EXPECT_THAT(check_includes(make_source("src/reach/a.cpp", "\n#include \"checks/check.h\"\n")),
              ElementsAre(HasSubstr("src/reach/a.cpp:2: reach may not include checks")));
  EXPECT_THAT(check_includes(make_source("src/reach/a.cpp", "#include \"iam/iam.h\"\n")),
              ElementsAre(HasSubstr("reach may not include iam")));
}

TEST(Includes, use_the_door_of_another_module) {
  EXPECT_THAT(check_includes(make_source("src/checks/a.cpp", "#include \"reach/reach.h\"\n")),
              IsEmpty());
  EXPECT_THAT(check_includes(make_source("src/checks/a.cpp", "#include \"reach/trace.h\"\n")),
              ElementsAre(HasSubstr("through its door reach/reach.h")));
}

TEST(Includes, start_with_a_module_in_a_known_module) {
  EXPECT_THAT(check_includes(make_source("src/core/a.cpp", "#include \"b.h\"\n")),
              ElementsAre(HasSubstr("`b.h` does not")));
  EXPECT_THAT(check_includes(make_source("src/util/a.cpp", "")),
              ElementsAre(HasSubstr("src/util is no known module")));
}

TEST(Purity, catches_the_outside_world) {
  for (const auto* const code :
       {"#include <fstream>", "int a = std::rand();", "std::exit(1);", "auto t = time(nullptr);",
        "auto t = std::chrono::system_clock::now();", "fmt::print(text);", "std::cout << 1;",
        "const char* home = getenv(name);", "  ::system(line);"}) {
    EXPECT_EQ(check_purity(make_source("src/model/a.cpp", code)).size(), 1U) << code;
  }
}

TEST(Purity, leaves_words_alone_that_only_look_like_it) {
  for (const auto* const code :
       {"// time(nullptr)", "auto text = \"exit(1)\";", "model.system(1);", "Time time(int a);",
        "print(value);", "int now = 1;", "#include <vector>"}) {
    EXPECT_THAT(check_purity(make_source("src/model/a.cpp", code)), IsEmpty()) << code;
  }
  EXPECT_THAT(check_purity(make_source("src/cli/a.cpp", "std::exit(1);")), IsEmpty());
  EXPECT_THAT(check_purity(make_source("src/model/a_test.cpp", "std::exit(1);")), IsEmpty());
}

TEST(Language, has_no_throw_in_the_product_and_no_open_namespace_anywhere) {
  EXPECT_EQ(check_language(make_source("src/collect/a.cpp", "throw 1;")).size(), 1U);
  EXPECT_THAT(check_language(make_source("tests/a.cpp", "throw 1;")), IsEmpty());
  EXPECT_EQ(check_language(make_source("tests/a.cpp", "using namespace std;")).size(), 1U);
  EXPECT_THAT(check_language(make_source("tests/a.cpp", "using std::string;")), IsEmpty());
}

TEST(Initialisers, have_no_try) {
  for (const auto* const code :
       {"return A{.b = 1, .c = TRY(f(1, 2))};", "A a{TRY(f()), TRY(g())};",
        "A a = {.b = TRY(f())};", "return A{.b = 1,\n         .c = g(2, TRY(f()))};"}) {
    EXPECT_FALSE(check_initialisers(make_source("src/core/a.cpp", code)).empty()) << code;
  }
  for (const auto* const code :
       {"void f() {\n  const A a = TRY(g(1, 2));\n}", "if (x) {\n  a.b = h(1, TRY(g()));\n}",
        "auto f = [&] { return TRY(g()); };",
        "void f() {\n  const std::pair<A, B> a = TRY(g());\n}",
        "A a{.b = 1, .c = 2};\na = TRY(f());",
        "void f() {\n  for (int a : {1, 2}) {\n    b += TRY(g(a));\n  }\n}"}) {
    EXPECT_THAT(check_initialisers(make_source("src/core/a.cpp", code)), IsEmpty()) << code;
  }
}

TEST(Headers, need_a_guard) {
  EXPECT_EQ(check_pragma_once(make_source("src/core/a.h", "int a;\n")).size(), 1U);
  EXPECT_THAT(check_pragma_once(make_source("src/core/a.h", "#pragma once\n")), IsEmpty());
  EXPECT_THAT(check_pragma_once(make_source("src/core/a.cpp", "int a;\n")), IsEmpty());
}

TEST(Marks, need_the_number_of_an_issue) {
  EXPECT_EQ(check_marks(make_source("a.cpp",
                                    "// TO"
                                    "DO: later\n"))
                .size(),
            1U);
  EXPECT_THAT(check_marks(make_source("a.cpp",
                                      "// TO"
                                      "DO(#12): later\n")),
              IsEmpty());
}

TEST(Hosts, of_registries_are_found) {
  EXPECT_EQ(check_hosts(make_source("a.md",
                                    "from pypi"
                                    ".org\n"))
                .size(),
            1U);
  EXPECT_THAT(check_hosts(make_source("a.md", "from example.org\n")), IsEmpty());
}

TEST(Functions, are_found_wherever_they_are_defined) {
  const auto file = make_source("a.cpp",
                                "namespace a {\n"
                                "template <class T>\n"
                                "int free(T x,\n"
                                "         T y = {}) {\n"
                                "  if (x) {\n"
                                "  }\n"
                                "}\n"
                                "class B final : public A {\n"
                                " public:\n"
                                "  B() : x_{1}, y_(2) {\n"
                                "  }\n"
                                "\n"
                                "  // A comment is not part of it.\n"
                                "  bool operator==(const B& b) const { return true; }\n"
                                "  int x_ = 1;\n"
                                "};\n"
                                "const Table kTable = {\n"
                                "    {f(1), [] { return 1; }},\n"
                                "};\n"
                                "TEST(Suite,\n"
                                "     name) {\n"
                                "}\n"
                                "}\n");
  EXPECT_THAT(functions_of(file),
              ElementsAre(Function{"free", 2, 6}, Function{"B", 10, 2},
                          Function{"operator==", 14, 1}, Function{"Suite.name", 20, 3}));
}

TEST(Ratchet, accepts_what_shrinks_and_refuses_what_grows_is_new_or_stale) {
  const Ratchet excepted = parse_ratchet("# about\nfile a.cpp 800\nfunction b.cpp f 90\n");
  EXPECT_THAT(compare({{"file a.cpp", 750}, {"function b.cpp f", 90}}, excepted), IsEmpty());
  EXPECT_THAT(compare({{"file a.cpp", 801}, {"function b.cpp f", 90}}, excepted),
              ElementsAre("file a.cpp grew from 800 to 801 lines"));
  EXPECT_THAT(compare({{"file a.cpp", 800}, {"file c.cpp", 701}}, excepted),
              ElementsAre("file c.cpp is too long: 701 lines",
                          "function b.cpp f is no longer too long: take it out of ratchet.txt"));
}

TEST(Ratchet, measures_and_reads_back_what_it_printed) {
  const std::string lines(701, '\n');
  const auto file = make_source("a.cpp", "int f(int x) {" + lines + "}\n");
  const Ratchet ratchet = too_long({file});
  EXPECT_EQ(ratchet, (Ratchet{{"file a.cpp", 702}, {"function a.cpp f", 702}}));
  EXPECT_EQ(parse_ratchet(print_ratchet(ratchet)), ratchet);
}

}  // namespace

}  // namespace portolan::tidy
