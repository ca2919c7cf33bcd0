#include "iam/resource_samples.h"

#include <algorithm>
#include <utility>

#include "iam/engine/samples.h"
#include "iam/matching.h"

namespace portolan::iam {
namespace {

using engine::TextPattern;

constexpr std::size_t kArnColons = 5;

/// The pattern with its parts as they are matched, and once more without parts where a `*` may run
/// over colons.
void add(std::vector<TextPattern>& patterns, const Glob& glob, ShortArn padding) {
  const auto colons = static_cast<std::size_t>(std::ranges::count(glob.units, u':'));
  if (const auto parts = arn_parts(glob, padding)) {
    Glob whole;
    for (const Glob& part : *parts) {
      whole.units += (whole.units.empty() ? u"" : u":") + part.units;
    }
    patterns.push_back({.glob = std::move(whole), .is_arn = true});
  }
  if (colons < kArnColons && !glob.is_everything()) {
    patterns.push_back({.glob = glob});
  }
}

/// A variable without value may be filled in later: it counts as any text.
Glob filled(const Pattern& value, const Context& context) {
  if (auto glob = value.resolved(context)) {
    return *std::move(glob);
  }
  std::string text = value.text();
  for (std::size_t begin = text.find("${"); begin != std::string::npos;
       begin = text.find("${", begin)) {
    const std::size_t end = text.find('}', begin);
    if (end == std::string::npos) {
      break;
    }
    text.replace(begin, end + 1 - begin, "*");
  }
  return Glob::of(text);
}

std::vector<TextPattern> patterns_of(const Request& request, const Authority& authority) {
  std::vector<TextPattern> patterns;
  const auto add_all = [&](const Policies& policies, PolicyKind kind) {
    for (const Policy* policy : policies) {
      for (const Statement& statement : policy->statements) {
        for (const Pattern& value : statement.resources.values) {
          add(patterns, filled(value, request.context), padding_of(kind));
        }
      }
    }
  };
  add_all(authority.identity, PolicyKind::Identity);
  add_all(authority.boundary, PolicyKind::Boundary);
  add_all(authority.session.value_or(Policies{}), PolicyKind::Session);
  for (const Policies& level : authority.service_control) {
    add_all(level, PolicyKind::ServiceControl);
  }
  for (const Policies& level : authority.resource_control) {
    add_all(level, PolicyKind::ResourceControl);
  }
  if (authority.resource_policy != nullptr) {
    add_all({authority.resource_policy}, PolicyKind::Resource);
  }
  add_all(authority.endpoint.value_or(Policies{}), PolicyKind::Endpoint);
  return patterns;
}

}  // namespace

bool is_resource_pattern(std::string_view resource) {
  return resource.find_first_of("*?") != std::string_view::npos;
}

std::optional<std::vector<std::string>> sample_resources(const Request& request,
                                                         const Authority& authority) {
  const Glob wanted = Glob::of(request.resource);
  std::vector<TextPattern> patterns = patterns_of(request, authority);
  add(patterns, wanted, ShortArn::Padded);
  patterns.push_back({.glob = Glob::of("arn:*:*:*:*:*"), .is_arn = true});
  // What AWS owns is judged apart.
  for (const char* owned : {"*:iam::aws:policy/*", "*:role/aws-reserved/*", "*:alias/aws/*"}) {
    if (request.action.starts_with("iam:") || request.action.starts_with("kms:")) {
      patterns.push_back({.glob = Glob::of(owned)});
    }
  }
  auto samples = engine::sample_texts(std::move(patterns));
  if (samples) {
    std::erase_if(*samples, [&](const std::string& text) {
      const bool is_arn = text.starts_with("arn:") && std::ranges::count(text, ':') >= 5;
      return !is_arn || covers_resource(wanted, text, ShortArn::Padded) != Truth::Yes;
    });
  }
  return samples;
}

}  // namespace portolan::iam
