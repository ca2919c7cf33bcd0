#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portolan::tidy {

/// A file of the project, as text and as code alone.
struct SourceFile {
  std::string path;  // from the project's root, `/` between parts
  std::vector<std::string> lines;
  std::vector<std::string> code;  // `lines` with comments, literals and directives blanked out
};

/// Reads the files that `places` name, and in the folders that they name those whose path ends in
/// one of `endings`; ordered by path. Places that do not exist (yet) hold nothing.
std::vector<SourceFile> read_sources(const std::vector<std::string_view>& places,
                                     const std::vector<std::string_view>& endings);

/// Splits `text` and blanks what is not code; what read_sources does with each file.
SourceFile make_source(std::string path, std::string_view text);

/// The folder of src/ that the path lies in, or nothing.
std::string_view module_of(std::string_view path);

/// True for src/<module>/**/*_test.cpp and everything under tests/.
bool is_test(std::string_view path);

}  // namespace portolan::tidy
