#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "report/patch.h"
#include "report/patch_text.h"

namespace portolan::report {

namespace {

constexpr std::size_t kRepeatsMost = 20;
constexpr std::string_view kNone = "{none}";
constexpr std::string_view kRules = "{rules}";

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
  for (const auto recipes : {host_recipes(), edge_recipes(), network_recipes(), alarm_recipes()}) {
    const auto found = std::find_if(recipes.begin(), recipes.end(), [&](const Recipe& recipe) {
      return recipe.check == finding.check.text() &&
             finding.resource.find(recipe.mark) != std::string::npos &&
             finding.message.text().find(recipe.cause) != std::string::npos;
    });
    if (found != recipes.end()) {
      return &*found;
    }
  }
  return nullptr;
}

using Values = std::map<std::string, std::string, std::less<>>;

/// The line with the values in the place of their names, and quoted; what a value holds is not
/// looked at again.
std::string line_of(std::string_view line, const Values& values, const Quote& quote) {
  std::string out;
  while (!line.empty()) {
    const std::size_t start = std::min(line.find('{'), line.size());
    out += line.substr(0, start);
    line.remove_prefix(start);
    const std::size_t end = line.find('}');
    const auto found =
        end == std::string_view::npos ? values.end() : values.find(line.substr(0, end + 1));
    if (found != values.end()) {
      out += quote(found->second);
      line.remove_prefix(end + 1);
    } else if (!line.empty()) {
      out += line.front();
      line.remove_prefix(1);
    }
  }
  return out;
}

std::string_view last_part(std::string_view text, std::string_view separators) {
  const std::size_t at = text.find_last_of(separators);
  return at == std::string_view::npos ? text : text.substr(at + 1);
}

bool is_v6(std::string_view block) { return block.find(':') != std::string_view::npos; }

/// What a line can say of one rule, entry or route.
void add_values(const FindingRule& rule, Values& values) {
  const bool is_egress = rule.is_egress || rule.id.find("/egress/") != std::string::npos;
  values["{rule}"] = rule.id.starts_with("sgr-") ? rule.id : "YOUR_RULE_ID";
  values["{holder}"] = rule.holder;
  values["{peer}"] = rule.peer;
  values["{way}"] = is_egress ? "egress" : "ingress";
  values["{number}"] = last_part(rule.id, "/");
  values["{block}"] = is_v6(rule.peer) ? "ipv6-cidr-block" : "cidr-block";
  values["{destination}"] = rule.peer.starts_with("pl-") ? "destination-prefix-list-id"
                            : is_v6(rule.peer)           ? "destination-ipv6-cidr-block"
                                                         : "destination-cidr-block";
}

/// The lines of a recipe for one finding.
class Filler {
 public:
  Filler(const Finding& finding, const Quote& quote)
      : finding_(finding),
        quote_(quote),
        others_(others_of(finding)),
        values_{{"{resource}", finding.resource},
                {"{tail}", std::string(last_part(finding.resource, "/:"))},
                {"{region}", std::string(finding.region.text())},
                {"{holder}", finding.rules.empty() ? "YOUR_GROUP_ID" : finding.rules[0].holder}} {}

  std::vector<std::string> lines(std::string_view recipe) {
    for (const std::string_view line : split(recipe, '\n')) {
      if (line.starts_with(kRules)) {
        add_for_rules(line.substr(kRules.size()));
      } else if (line.starts_with(kNone)) {
        if (others_.empty()) {
          add(line.substr(kNone.size()), values_);
        }
      } else if (!line.empty()) {
        add_for_others(line);
      }
    }
    return std::move(lines_);
  }

 private:
  void add(std::string_view line, const Values& values) {
    lines_.push_back(line_of(line, values, quote_));
  }

  void add_for_rules(std::string_view line) {
    std::size_t count = 0;
    for (const FindingRule& rule : finding_.rules) {
      if (count++ < kRepeatsMost) {
        Values values = values_;
        add_values(rule, values);
        add(line, values);
      }
    }
    say_more(line, count);
  }

  void add_for_others(std::string_view line) {
    const std::size_t end = line.find("-}");
    const std::size_t start = line.rfind('{', end);
    if (end == std::string_view::npos || start == std::string_view::npos) {
      add(line, values_);
      return;
    }
    const std::string_view slot = line.substr(start, end + 2 - start);
    std::size_t count = 0;
    for (const std::string& other : others_) {
      if (other.starts_with(slot.substr(1, slot.size() - 2)) && count++ < kRepeatsMost) {
        Values values = values_;
        values[std::string(slot)] = other;
        add(line, values);
      }
    }
    say_more(line, count);
  }

  /// A comment in each of the languages.
  void say_more(std::string_view line, std::size_t count) {
    if (count > kRepeatsMost) {
      lines_.push_back(fmt::format("{}# and so for {} more", line.starts_with("  ") ? "  " : "",
                                   count - kRepeatsMost));
    }
  }

  const Finding& finding_;
  const Quote& quote_;
  const std::set<std::string> others_;
  const Values values_;
  std::vector<std::string> lines_;
};

std::vector<std::string> filled(std::string_view recipe, const Finding& finding,
                                const Quote& quote) {
  return Filler(finding, quote).lines(recipe);
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
