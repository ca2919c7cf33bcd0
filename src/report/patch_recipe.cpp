#include <algorithm>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "core/text.h"
#include "report/patch.h"
#include "report/patch_text.h"

namespace portolan::report {

namespace {

constexpr std::size_t kRepeatsMost = 20;
constexpr std::string_view kNone = "{none}";

using Quote = std::function<std::string(std::string_view)>;

/// Text of the input between the quotes of HCL or YAML, or in a comment: whatever could end them or
/// begin a template is left out. Ids and ARNs have nothing of that.
std::string plain(std::string_view text) {
  std::string safe;
  for (const char letter : printable(text)) {
    const bool is_plain = std::string_view("\"\\${}%'`#\n").find(letter) == std::string_view::npos;
    safe += is_plain ? letter : '_';
  }
  return safe;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// What the finding is about beside its resource: what is affected, and who holds the rules.
std::set<std::string> others_of(const Finding& finding) {
  std::set<std::string> others(finding.affected.begin(), finding.affected.end());
  for (const FindingRule& rule : finding.rules) {
    others.insert(rule.holder);
  }
  return others;
}

/// The first that fits; null if there is none.
const Recipe* recipe_for(const Finding& finding) {
  for (const auto recipes : {host_recipes(), edge_recipes(), network_recipes()}) {
    const auto found = std::find_if(recipes.begin(), recipes.end(), [&](const Recipe& recipe) {
      return recipe.check == finding.check.text() &&
             finding.resource.find(recipe.mark) != std::string::npos;
    });
    if (found != recipes.end()) {
      return &*found;
    }
  }
  return nullptr;
}

/// The lines of a recipe for one finding.
std::vector<std::string> filled(std::string_view recipe, const Finding& finding,
                                const Quote& quote) {
  std::vector<std::string> lines;
  const std::set<std::string> others = others_of(finding);
  const auto add = [&](std::string line) {
    replace_all(line, "{resource}", quote(finding.resource));
    replace_all(line, "{tail}",
                quote(finding.resource.substr(finding.resource.find_last_of("/:") + 1)));
    replace_all(line, "{region}", quote(finding.region.text()));
    replace_all(line, "{account}", quote(finding.account.text()));
    lines.push_back(std::move(line));
  };
  for (const std::string_view line : split(recipe, '\n')) {
    if (line.starts_with(kNone)) {
      if (others.empty()) {
        add(std::string(line.substr(kNone.size())));
      }
      continue;
    }
    const std::size_t end = line.find("-}");
    const std::size_t start = line.rfind('{', end);
    if (line.empty() || end == std::string_view::npos) {
      if (!line.empty()) {
        add(std::string(line));
      }
      continue;
    }
    const std::string_view slot = line.substr(start, end + 2 - start);
    std::size_t count = 0;
    for (const std::string& other : others) {
      if (other.starts_with(slot.substr(1, slot.size() - 2)) && count++ < kRepeatsMost) {
        std::string one(line);
        replace_all(one, slot, quote(other));
        add(std::move(one));
      }
    }
  }
  return lines;
}

std::string text_of(std::string_view recipe, const Finding& finding) {
  std::string text;
  for (const std::string& line : filled(recipe, finding, plain)) {
    text += line + "\n";
  }
  return text;
}

}  // namespace

Patch patch_of(const Snapshot& snapshot, const Finding& finding, std::span<const Change> remedy) {
  if (!remedy.empty()) {
    return {.commands = aws_commands(snapshot, remedy),
            .terraform = terraform(snapshot, remedy),
            .cloudformation = cloudformation(snapshot, remedy),
            .is_to_fill_in = false};
  }
  const Recipe* recipe = finding.outcome == Outcome::Fail ? recipe_for(finding) : nullptr;
  if (recipe == nullptr) {
    return {};
  }
  return {.commands = filled(recipe->commands, finding, shell_word),
          .terraform = text_of(recipe->terraform, finding),
          .cloudformation = text_of(recipe->cloudformation, finding),
          .is_to_fill_in = true};
}

}  // namespace portolan::report
