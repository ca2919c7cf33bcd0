#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/report.h"

/// Private to the module: what the findings prove that the internet reaches.
namespace portolan::report {

struct ExposedService {
  std::string services;     // `tcp/22`
  Risk risk = Risk::Info;   // the worst of the findings that prove it
  std::size_t finding = 0;  // the first, thus the worst, of them: its index in the report
};

/// One interface or address that a path from a public address leads to.
struct Exposed {
  std::string target;                    // `eni-0a1b`
  std::string address;                   // where it is reached; empty if the path does not tell
  std::string name;                      // of the interface or its instance; may be empty
  std::vector<ExposedService> services;  // worst first, none twice
  std::size_t others = 0;  // interfaces that the same findings affect, beside this one
};

/// From the failed findings that are not latent and have a path from a public address as their
/// witness, worst first. One path is proven for each finding, so an interface that is only among
/// the affected is counted in `others`, and has no row of its own.
std::vector<Exposed> exposed_of(const AuditReport& report);

/// They as a picture, an `svg` element that takes its colours from the page: the internet to the
/// left, then services and targets, the worst `rows_most` rows; a service is a link to
/// `#f<finding>`.
std::string exposure_chart(const std::vector<Exposed>& exposed, std::size_t rows_most);

}  // namespace portolan::report
