#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// Networks that somebody built in AWS and measured: what answered, and what did not.
namespace portolan::test {

/// One row of a measured.csv.
struct Measurement {
  std::string from;
  std::string to;
  std::string service;
  bool is_allowed = false;
  std::string scope;  // `decidable`, or why the documents do not tell

  [[nodiscard]] bool is_decidable() const { return scope == "decidable"; }
  [[nodiscard]] std::string question() const;
};

struct Lab {
  std::string name;
  std::filesystem::path folder;
};

/// The labs below `data`, by name.
std::vector<Lab> find_labs(const std::filesystem::path& data);

/// The rows of a lab, in the order of the file.
std::vector<Measurement> read_measurements(const Lab& lab);

/// How an answer of Portolan compares with a measurement.
enum class Match { Right, Wrong, Unknown };

/// `verdict` is the text of a `reach` answer.
Match compare(const Measurement& measurement, const std::string& verdict);

}  // namespace portolan::test
