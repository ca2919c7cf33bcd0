#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "server/estate.h"
#include "server/message.h"
#include "server/target.h"

/// Private to the module: the calls below /api/v1, one function each. What the command line prints
/// as well is made by the same functions.
namespace portolan::server {

/// One call, let in.
struct Asked {
  const Request& request;
  const RequestTarget& target;
  std::string key;  // the last part of the path, of calls that have one
  const Estate& estate;
};

/// The answer of the call with that path below /api/v1; 404 and 405 where there is none.
Reply answer_call(const Request& request, const RequestTarget& target, const Estate& estate);

// meta
Result<Reply> call_meta(const Asked& asked);
// findings
Result<Reply> call_findings(const Asked& asked);
Result<Reply> call_check(const Asked& asked);
// connections
Result<Reply> call_connections(const Asked& asked);
Result<Reply> call_reach(const Asked& asked);
Result<Reply> call_paths(const Asked& asked);
Result<Reply> call_radius(const Asked& asked);
// groups
Result<Reply> call_groups(const Asked& asked);
Result<Reply> call_rules(const Asked& asked);
// who, when
Result<Reply> call_who(const Asked& asked);
Result<Reply> call_history(const Asked& asked);
Result<Reply> call_timeline(const Asked& asked);
// the chart
Result<Reply> call_snapshot(const Asked& asked);
Result<Reply> call_past(const Asked& asked);
Result<Reply> call_frontier(const Asked& asked);
Result<Reply> call_select(const Asked& asked);
Result<Reply> call_matrix(const Asked& asked);
Result<Reply> call_node(const Asked& asked);
// files
Result<Reply> call_export_html(const Asked& asked);
Result<Reply> call_export_json(const Asked& asked);
Result<Reply> call_export_csv(const Asked& asked);
Result<Reply> call_export_svg(const Asked& asked);
Result<Reply> call_export_gltf(const Asked& asked);
// what if, what was
Result<Reply> call_what_if(const Asked& asked);
Result<Reply> call_difference(const Asked& asked);

/// A JSON list of the findings about a resource, as of `/findings`.
std::string findings_about(const report::AuditReport& audit, const std::string& resource);

/// The moments of the past that are known; never null. Error `no_past`.
Result<const PastMoments*> past_of(const Estate& estate);

/// A file to be kept, under that name.
Reply file_reply(std::string text, std::string type, const std::string& name);

/// The body of a POST, an object. Error `bad_json`.
Result<boost::json::object> body_of(const Request& request);

}  // namespace portolan::server
