#include "reach/answer.h"

namespace portolan::reach {

std::string_view text(Verdict verdict) {
  switch (verdict) {
    case Verdict::No:
      return "no";
    case Verdict::Unknown:
      return "unknown";
    case Verdict::Depends:
      return "depends";
    case Verdict::Yes:
      return "yes";
  }
  return "";
}

std::string_view text(Direction direction) {
  switch (direction) {
    case Direction::Forward:
      return "forward";
    case Direction::Return:
      return "return";
  }
  return "";
}

Passage Passage::then(const Passage& next) const {
  const ServiceSet through = possible().intersected(next.possible());
  Passage result;
  result.yes = yes.intersected(next.yes);
  result.unknown = through.intersected(unknown.united(next.unknown));
  result.depends = through.without(result.yes).without(result.unknown);
  return result;
}

Passage Passage::or_else(const Passage& other) const {
  Passage result;
  result.yes = yes.united(other.yes);
  result.depends = depends.united(other.depends).without(result.yes);
  result.unknown = unknown.united(other.unknown).without(result.yes).without(result.depends);
  return result;
}

Passage Passage::only(const ServiceSet& services) const {
  return {.yes = yes.intersected(services),
          .depends = depends.intersected(services),
          .unknown = unknown.intersected(services)};
}

ServiceSet Passage::possible() const { return yes.united(depends).united(unknown); }

Verdict Passage::verdict() const {
  if (!yes.empty()) {
    return Verdict::Yes;
  }
  if (!depends.empty()) {
    return Verdict::Depends;
  }
  return unknown.empty() ? Verdict::No : Verdict::Unknown;
}

}  // namespace portolan::reach
