#include "cli/trail_verify.h"

#include <algorithm>
#include <string>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/problems.h"
#include "cli/text_input.h"
#include "collect/digests.h"
#include "core/text.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

std::string_view text_of(collect::TamperKind kind) {
  using collect::TamperKind;
  switch (kind) {
    case TamperKind::LogMissing:
      return "log-missing";
    case TamperKind::LogChanged:
      return "log-changed";
    case TamperKind::LogNotNamed:
      return "log-not-named";
    case TamperKind::DigestMissing:
      return "digest-missing";
    case TamperKind::DigestChanged:
      return "digest-changed";
    case TamperKind::SignatureBad:
      return "signature-bad";
    case TamperKind::SignatureUnknown:
      return "signature-unknown";
  }
  return "";
}

std::string tampers_json(const collect::DigestCheck& check) {
  boost::json::array tampers;
  for (const collect::Tamper& each : check.tampers) {
    tampers.push_back(boost::json::object{{"kind", text_of(each.kind)},
                                          {"file", printable(each.file)},
                                          {"message", printable(each.message)}});
  }
  return boost::json::serialize(boost::json::object{{"schema", "portolan/trail-verify/1"},
                                                    {"digests", check.digests},
                                                    {"signed", check.signed_digests},
                                                    {"logs", check.logs},
                                                    {"tampers", std::move(tampers)}}) +
         "\n";
}

std::string tampers_table(const collect::DigestCheck& check) {
  std::string out;
  for (const collect::Tamper& each : check.tampers) {
    out += fmt::format("{}  {}: {}\n", report::padded(text_of(each.kind), 17), printable(each.file),
                       printable(each.message));
  }
  return out + fmt::format("{} as delivered, {}, {} of them proven by their signatures\n",
                           report::counted(check.logs, "log"),
                           report::counted(check.digests, "digest"), check.signed_digests);
}

}  // namespace

Result<ExitCode> verify_trail(const Invocation& invocation, Terminal& terminal) {
  constexpr std::size_t kKeysMost = std::size_t{16} << 20U;
  const std::vector<std::string> folders(invocation.words.begin() + 1, invocation.words.end());
  if (folders.empty()) {
    return fail("usage",
                "name the folder with the logs and digests, as in `portolan trail verify "
                "AWSLogs`");
  }
  for (const std::string& folder : folders) {
    if (folder.starts_with("s3://")) {
      return fail(
          "usage",
          fmt::format("`trail verify` reads folders on the disk, not `{}`: the signature of "
                      "the newest digest is in the metadata of its object; download them, "
                      "as with `aws s3 sync`, and verify that folder",
                      printable(folder)));
    }
  }
  const std::string keys = invocation.has("public-keys")
                               ? TRY(read_text(invocation.value("public-keys"), kKeysMost))
                               : std::string();
  const collect::DigestCheck check = TRY(collect::verify_digests(folders, keys));
  if (!terminal.is_quiet()) {
    list_problems(check.diagnostics, 200, "fix these first", terminal);
  }
  const bool is_json = invocation.has("json") || invocation.value("format") == "json";
  terminal.out.write(is_json ? tampers_json(check) : tampers_table(check));
  const auto unknown =
      std::count_if(check.tampers.begin(), check.tampers.end(), [](const collect::Tamper& each) {
        return each.kind == collect::TamperKind::SignatureUnknown;
      });
  return exit_code({.bad_input = check.diagnostics.errors() > 0,
                    .found = check.tampers.size() > static_cast<std::size_t>(unknown),
                    .unknown = unknown > 0});
}

}  // namespace portolan::cli
