#include "collect/aws/request.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/aws/percent.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

namespace json = boost::json;

/// Where in a path the walked resource stands.
constexpr std::string_view kId = "{}";
constexpr std::string_view kParent = "{parent}";
/// How the path of a call begins that has its parameters in the body.
constexpr std::string_view kPost = "POST ";

/// All parameters of a request: those of the table, of the page, of the resource.
Parameters parameters_of(const Ask& ask) {
  const Call& call = ask.call;
  Parameters parameters = ask.more;
  for (const std::string_view part : split(call.parameters, '&')) {
    if (const std::size_t equals = part.find('='); equals != std::string_view::npos) {
      parameters.emplace_back(part.substr(0, equals), part.substr(equals + 1));
    }
  }
  if (call.paging != nullptr && !call.paging->size_name.empty()) {
    parameters.emplace_back(call.paging->size_name, std::to_string(call.paging->size));
  }
  if (call.paging != nullptr && !ask.page.empty()) {
    parameters.emplace_back(call.paging->input, ask.page);
  }
  const auto is_in_path = [&](std::string_view place) {
    return call.path.find(place) != std::string_view::npos;
  };
  if (call.each != nullptr && !is_in_path(kId)) {
    parameters.emplace_back(call.each->parameter, ask.walked.id);
  }
  if (call.each != nullptr && !call.each->parent.empty() && !is_in_path(kParent)) {
    parameters.emplace_back(call.each->parent, ask.walked.parent);
  }
  std::sort(parameters.begin(), parameters.end());
  return parameters;
}

std::string form(const Parameters& parameters) {
  std::string out;
  for (const auto& [name, value] : parameters) {
    out += fmt::format("{}{}={}", out.empty() ? "" : "&", percent_encoded(name),
                       percent_encoded(value));
  }
  return out;
}

std::string json_body(const Call& call, const Parameters& parameters) {
  json::object object;
  for (const auto& [name, value] : parameters) {
    const std::string stem = name.substr(0, name.size() - std::min<std::size_t>(name.size(), 2));
    if (name.ends_with("[]")) {
      object[stem] = json::array{json::value(value)};
    } else if (name.ends_with("{}")) {
      object[stem] = json::parse(value);
    } else if (call.paging != nullptr && name == call.paging->size_name) {
      object[name] = call.paging->size;
    } else if (value == "true" && call.parameters.find(name + "=true") != std::string_view::npos) {
      object[name] = true;
    } else {
      object[name] = value;
    }
  }
  return json::serialize(object);
}

/// The path of a REST call. libcurl's signer does not encode it a second time, as AWS does, so only
/// names that need no encoding may stand there.
Result<std::string> path_of(const Ask& ask) {
  std::string path(ask.call.path);
  for (const auto& [place, id] : {std::pair(kId, &ask.walked.id), {kParent, &ask.walked.parent}}) {
    if (const std::size_t at = path.find(place); at != std::string::npos) {
      if (id->empty() || percent_encoded(*id) != *id || id->starts_with('.')) {
        return fail("unusable_name", fmt::format("`{}` cannot be asked for", printable(*id)));
      }
      path.replace(at, place.size(), *id);
    }
  }
  return path;
}

void fill_form(const Ask& ask, const Service& service, HttpRequest& request) {
  Parameters parameters = parameters_of(ask);
  parameters.emplace_back("Action", ask.call.action);
  parameters.emplace_back("Version", service.version);
  request.method = "POST";
  request.url = fmt::format("{}/", ask.endpoint);
  request.headers = {"Content-Type: application/x-www-form-urlencoded; charset=utf-8"};
  request.body = form(parameters);
}

void fill_json(const Ask& ask, const Service& service, HttpRequest& request) {
  request.method = "POST";
  request.url = fmt::format("{}/", ask.endpoint);
  request.headers = {
      fmt::format("Content-Type: application/x-amz-json-{}", service.json_version),
      fmt::format("X-Amz-Target: {}.{}", service.version, ask.call.action),
  };
  request.body = json_body(ask.call, parameters_of(ask));
}

void fill_posted(const Ask& ask, HttpRequest& request) {
  request.method = "POST";
  request.url = fmt::format("{}{}", ask.endpoint, ask.call.path.substr(kPost.size()));
  request.headers = {"Content-Type: application/json"};
  request.body = json_body(ask.call, parameters_of(ask));
}

}  // namespace

Result<HttpRequest> build_request(const Ask& ask) {
  if (!is_in_table(ask.call)) {
    return fail("not_in_table", fmt::format("`{}` is no call that may be made", ask.call.action));
  }
  const Service& service = *find_service(ask.call.service);
  HttpRequest request{.sign_service = std::string(service.signing),
                      .sign_region = std::string(ask.region)};
  switch (service.protocol) {
    case Protocol::Ec2:
    case Protocol::Query:
      fill_form(ask, service, request);
      break;
    case Protocol::Json:
      fill_json(ask, service, request);
      break;
    case Protocol::S3:
      return fail("not_in_table", "S3 is asked for objects alone");
    case Protocol::RestJson: {
      if (ask.call.path.starts_with(kPost)) {
        fill_posted(ask, request);
        break;
      }
      const std::string query = form(parameters_of(ask));
      request.url =
          fmt::format("{}{}{}{}", ask.endpoint, TRY(path_of(ask)), query.empty() ? "" : "?", query);
      break;
    }
  }
  return request;
}

}  // namespace portolan::collect::aws
