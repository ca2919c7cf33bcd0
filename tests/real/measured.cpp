#include "tests/real/measured.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::test {

namespace fs = std::filesystem;

std::string Measurement::question() const { return fmt::format("{} -> {} {}", from, to, service); }

std::vector<Lab> find_labs(const fs::path& data) {
  std::vector<Lab> labs;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(data / "labs", error)) {
    if (fs::exists(entry.path() / "measured.csv")) {
      labs.push_back({entry.path().filename().string(), entry.path()});
    }
  }
  std::sort(labs.begin(), labs.end(), [](const Lab& a, const Lab& b) { return a.name < b.name; });
  return labs;
}

std::vector<Measurement> read_measurements(const Lab& lab) {
  std::vector<Measurement> rows;
  std::ifstream file(lab.folder / "measured.csv");
  std::string line;
  std::getline(file, line);  // the names of the columns
  while (std::getline(file, line)) {
    const auto fields = split(trimmed(line), ',');
    if (fields.size() == 5) {
      rows.push_back({.from = std::string(fields[0]),
                      .to = std::string(fields[1]),
                      .service = std::string(fields[2]),
                      .is_allowed = fields[3] == "allow",
                      .scope = std::string(fields[4])});
    }
  }
  return rows;
}

Match compare(const Measurement& measurement, const std::string& verdict) {
  if (verdict == (measurement.is_allowed ? "yes" : "no")) {
    return Match::Right;
  }
  return verdict == "yes" || verdict == "no" ? Match::Wrong : Match::Unknown;
}

}  // namespace portolan::test
