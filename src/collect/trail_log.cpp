#include "collect/trail_log.h"

#include "core/text.h"

namespace portolan::collect {

namespace {

constexpr std::string_view kManifest = "portolan-manifest.json";
constexpr std::size_t kLogsMax = 20'000'000;

/// `portolan collect --events` tells beside the events what it did not get: changes are missing.
void read_manifest(std::string_view bytes, const std::string& name, Diagnostics& diagnostics) {
  const Decoded decoded = decode({{.path = name, .bytes = std::string(bytes)}}, {});
  for (Diagnostic each : decoded.diagnostics.sorted()) {
    if (each.code.starts_with("call_") || each.code == "collection_unfinished") {
      each.severity = Severity::Error;
      diagnostics.add(std::move(each));
    }
  }
}

/// True if there are no records to look for; what is to be said of it is then in the diagnostics.
bool is_no_log(std::string_view bytes, const std::string& name, Diagnostics& diagnostics) {
  if (trimmed(bytes).empty()) {
    diagnostics.add({.code = "empty_log", .message = "there is nothing in it", .file = name});
    return true;
  }
  if (name.ends_with(kManifest)) {
    read_manifest(bytes, name, diagnostics);
    return true;
  }
  return false;
}

}  // namespace

FolderLimits trail_limits() {
  FolderLimits made;
  made.files_max = kLogsMax;
  return made;
}

void read_trail_log(events::TrailReader& reader, std::string_view bytes, const std::string& name,
                    events::Readings& out) {
  if (!is_no_log(bytes, name, out.diagnostics)) {
    reader.read(bytes, name, out);
  }
}

void read_trail_log(std::string_view bytes, const std::string& name,
                    events::RecordedReadings& out) {
  if (!is_no_log(bytes, name, out.diagnostics)) {
    events::read_recorded(bytes, name, out);
  }
}

}  // namespace portolan::collect
