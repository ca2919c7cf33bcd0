#include "iam/caller.h"

#include <fmt/format.h>

#include "core/name.h"

namespace portolan::iam {
namespace {

constexpr std::string_view kSession = "assumed-role/";

/// The role of `arn:aws:sts::1:assumed-role/Name/session`. The session does not tell its path.
std::string role_of(const Arn& session) {
  const std::string_view rest = session.resource().substr(kSession.size());
  const std::string& text = session.text();
  const std::string_view partition = std::string_view(text).substr(4, text.find(':', 4) - 4);
  return fmt::format("arn:{}:iam::{}:role/{}", partition, session.account(),
                     rest.substr(0, rest.find('/')));
}

Caller::Kind kind_of(const Arn& arn) {
  const std::string_view resource = arn.resource();
  if (resource == "root") {
    return Caller::Kind::Root;
  }
  if (resource.starts_with("role/") || resource.starts_with(kSession)) {
    return Caller::Kind::Role;
  }
  return resource.starts_with("federated-user/") ? Caller::Kind::FederatedUser : Caller::Kind::User;
}

}  // namespace

Caller Caller::parse(std::string_view text) {
  const auto arn = Arn::parse(text);
  if (!arn) {
    const bool is_service = text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn");
    return is_service ? Caller{.kind = Kind::Service, .arn = std::string(text)} : Caller{};
  }
  Caller caller{.kind = kind_of(*arn), .account = std::string(arn->account())};
  if (caller.kind != Kind::Role) {
    caller.arn = text;
  } else if (arn->resource().starts_with(kSession)) {
    caller.session = text;
    caller.role_arn = role_of(*arn);
  } else {
    caller.role_arn = text;
  }
  return caller;
}

const std::string& Caller::name() const {
  return kind != Kind::Role ? arn : session.empty() ? role_arn : session;
}

bool Caller::is_service_linked() const {
  return role_arn.find(":role/aws-service-role/") != std::string::npos;
}

}  // namespace portolan::iam
