#include "tests/tidy/source_file.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace portolan::tidy {

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Walks C++ text once and blanks comments and literals, leaving every line break in its place.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) {
      step();
    }
    return std::move(out_);
  }

 private:
  void step() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("//")) {
      blank_to(text_.find('\n', at_));
    } else if (rest.starts_with("/*")) {
      blank_to(after(text_.find("*/", at_ + 2), 2));
    } else if (rest.starts_with("R\"") && !follows_word()) {
      blank_to(raw_string_end());
    } else if (rest.front() == '"' || (rest.front() == '\'' && !follows_word())) {
      blank_to(literal_end(rest.front()));
    } else {
      out_ += text_[at_++];
    }
  }

  bool follows_word() const { return at_ > 0 && is_word(text_[at_ - 1]); }

  static std::size_t after(std::size_t place, std::size_t length) {
    return place == std::string_view::npos ? place : place + length;
  }

  std::size_t raw_string_end() const {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) {
      return open;
    }
    const std::string close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    return after(text_.find(close, open), close.size());
  }

  std::size_t literal_end(char quote) const {
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote || text_[i] == '\n') {
        return i + 1;
      }
    }
    return text_.size();
  }

  void blank_to(std::size_t end) {
    for (end = std::min(end, text_.size()); at_ < end; ++at_) {
      out_ += text_[at_] == '\n' ? '\n' : ' ';
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Directives are not code either; the ones that continue go on to the last of their lines.
void blank_directives(std::vector<std::string>& code) {
  bool continues = false;
  for (std::string& line : code) {
    const std::size_t first = line.find_first_not_of(' ');
    const bool directive = continues || (first != std::string::npos && line[first] == '#');
    continues = directive && line.ends_with('\\');
    if (directive) {
      line.clear();
    }
  }
}

bool ends_in_one_of(std::string_view name, const std::vector<std::string_view>& endings) {
  return std::ranges::any_of(endings, [&](auto ending) { return name.ends_with(ending); });
}

std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

SourceFile make_source(std::string path, std::string_view text) {
  SourceFile file{.path = std::move(path), .lines = split_lines(text), .code = {}};
  file.code = split_lines(Blanker(text).run());
  file.code.resize(file.lines.size());
  blank_directives(file.code);
  return file;
}

std::vector<SourceFile> read_sources(const std::vector<std::string_view>& places,
                                     const std::vector<std::string_view>& endings) {
  const std::filesystem::path root = PORTOLAN_SOURCE_DIR;
  std::vector<SourceFile> files;
  const auto add = [&](const std::filesystem::path& path) {
    files.push_back(make_source(path.lexically_relative(root).generic_string(), read(path)));
  };
  for (const std::string_view place : places) {
    if (std::filesystem::is_regular_file(root / place)) {
      add(root / place);
    } else if (std::filesystem::is_directory(root / place)) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(root / place)) {
        if (entry.is_regular_file() && ends_in_one_of(entry.path().native(), endings)) {
          add(entry.path());
        }
      }
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::string_view module_of(std::string_view path) {
  if (!path.starts_with("src/")) {
    return {};
  }
  path.remove_prefix(4);
  return path.substr(0, path.find('/'));
}

bool is_test(std::string_view path) {
  return path.starts_with("tests/") || path.ends_with("_test.cpp");
}

}  // namespace portolan::tidy
