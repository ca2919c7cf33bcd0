#include "collect/digests.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "collect/folder.h"
#include "collect/signature.h"
#include "core/text.h"

namespace portolan::collect {

namespace {

namespace json = boost::json;

constexpr std::string_view kSignatureEnding = ".signature";

struct Digest {
  std::string file;
  std::string hash;       // of its bytes
  std::string signature;  // of the file beside it, if any
  json::object body;

  [[nodiscard]] std::string text(std::string_view member) const {
    const json::value* const value = body.if_contains(member);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
  }
  /// What was signed.
  [[nodiscard]] std::string signed_text() const {
    const std::string before = text("previousDigestSignature");
    return fmt::format("{}\n{}/{}\n{}\n{}", text("digestEndTime"), text("digestS3Bucket"),
                       text("digestS3Object"), hash, before.empty() ? "null" : before);
  }
};

/// The last part of a key or path, without `.gz`: it holds a random part, so it is unique.
std::string name_of(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  if (path.ends_with(".gz")) {
    path.remove_suffix(std::string_view(".gz").size());
  }
  return std::string(path);
}

bool is_of_trail(std::string_view path) {
  return path.find("CloudTrail-Insight/") == std::string_view::npos &&
         (path.ends_with(".json") || path.ends_with(".json.gz") ||
          path.ends_with(kSignatureEnding));
}

/// `ACCOUNT_CloudTrail_REGION_20260503T1405Z_….json`: whose it is, and when it was delivered.
struct LogFileName {
  std::string scope;  // ACCOUNT REGION
  std::string time;   // 20260503T1405Z
};

std::optional<LogFileName> parse_name(std::string_view name) {
  const auto parts = split(name, '_');
  if (parts.size() < 5 || parts[1] != "CloudTrail") {
    return std::nullopt;
  }
  return LogFileName{fmt::format("{} {}", parts[0], parts[2]), std::string(parts[3])};
}

/// `2026-05-03T14:05:00Z` as names of logs have it.
std::string compact(std::string_view time) {
  std::string out;
  for (const char c : time.substr(0, std::string_view("2026-05-03T14:05").size())) {
    out += c == '-' || c == ':' ? "" : std::string(1, c);
  }
  return out + "Z";
}

Result<std::map<std::string, PublicKey>> parse_keys(const std::string& text) {
  std::map<std::string, PublicKey> keys;
  if (text.empty()) {
    return keys;
  }
  boost::system::error_code error;
  const json::value document = json::parse(text, error);
  const json::value* const list =
      !error && document.is_object() ? document.as_object().if_contains("PublicKeyList") : nullptr;
  if (list == nullptr || !list->is_array()) {
    return fail("bad_key", "the keys are not what `aws cloudtrail list-public-keys` prints");
  }
  for (const json::value& each : list->as_array()) {
    if (!each.is_object()) {
      continue;
    }
    const json::value* const value = each.as_object().if_contains("Value");
    const json::value* const print = each.as_object().if_contains("Fingerprint");
    if (value != nullptr && value->is_string() && print != nullptr && print->is_string()) {
      keys.emplace(print->as_string(), TRY(PublicKey::parse(value->as_string())));
    }
  }
  return keys;
}

class Verifier {
 public:
  explicit Verifier(std::map<std::string, PublicKey> keys) : keys_(std::move(keys)) {}

  Result<void> read(const std::string& folder) {
    Listed listed = TRY(list_folder(folder, limits_, is_of_trail));
    check_.diagnostics.append(listed.diagnostics);
    for (const FolderFile& file : listed.files) {
      const std::string shown = file.full_path;
      if (file.full_path.ends_with(kSignatureEnding)) {
        read_signature(file);
      } else if (file.full_path.find("CloudTrail-Digest/") != std::string::npos) {
        read_digest(file);
      } else {
        logs_.emplace(name_of(file.path), file);
      }
    }
    return {};
  }

  Result<DigestCheck> verify() && {
    if (digests_.empty()) {
      return fail("no_digests", "there are no digest files, which lie below `CloudTrail-Digest/`");
    }
    for (auto& [name, digest] : digests_) {
      const auto signature = signatures_.find(name);
      digest.signature = signature == signatures_.end() ? "" : signature->second;
    }
    for (const auto& [name, digest] : digests_) {
      check_logs(digest);
      check_previous(digest);
    }
    check_newest();
    check_unnamed();
    check_.digests = digests_.size();
    std::sort(check_.tampers.begin(), check_.tampers.end());
    return std::move(check_);
  }

 private:
  void add(TamperKind kind, std::string file, std::string message) {
    check_.tampers.push_back({kind, std::move(file), std::move(message)});
  }
  void complain(const Error& error, const std::string& file) {
    check_.diagnostics.add({.code = error.code, .message = error.message, .file = file});
  }

  void read_signature(const FolderFile& file) {
    const auto bytes = read_file(file, limits_, buffers_);
    if (!bytes) {
      return complain(bytes.error(), file.full_path);
    }
    std::string_view path = file.path;
    path.remove_suffix(kSignatureEnding.size());
    signatures_[name_of(path)] = std::string(trimmed(*bytes));
  }

  void read_digest(const FolderFile& file) {
    const auto bytes = read_file(file, limits_, buffers_);
    if (!bytes) {
      return complain(bytes.error(), file.full_path);
    }
    boost::system::error_code error;
    json::value body = json::parse(*bytes, error);
    if (error || !body.is_object() || body.as_object().if_contains("digestEndTime") == nullptr) {
      return complain({"bad_digest", "it is no digest file of CloudTrail", {}}, file.full_path);
    }
    digests_.insert_or_assign(name_of(file.path), Digest{.file = file.full_path,
                                                         .hash = sha256_of(*bytes),
                                                         .signature = {},
                                                         .body = std::move(body.as_object())});
  }

  void check_logs(const Digest& digest) {
    const json::value* const list = digest.body.if_contains("logFiles");
    if (list == nullptr || !list->is_array()) {
      return;
    }
    for (const json::value& each : list->as_array()) {
      if (!each.is_object()) {
        continue;
      }
      const Digest entry{.body = each.as_object()};
      const std::string key = entry.text("s3Object");
      named_.insert(name_of(key));
      const auto log = logs_.find(name_of(key));
      if (log == logs_.end()) {
        add(TamperKind::LogMissing, key, "a digest names the log, and it is not here");
        continue;
      }
      const auto bytes = read_file(log->second, limits_, buffers_);
      if (!bytes) {
        add(TamperKind::LogChanged, log->second.full_path,
            "the log cannot be read: " + bytes.error().message);
      } else if (sha256_of(*bytes) != entry.text("hashValue")) {
        add(TamperKind::LogChanged, log->second.full_path,
            "the log is not what was delivered: its hash is another");
      } else {
        ++check_.logs;
      }
    }
  }

  /// What the digest says of the one before it.
  void check_previous(const Digest& digest) {
    const std::string key = digest.text("previousDigestS3Object");
    if (key.empty()) {
      return;  // the first of the trail
    }
    const auto previous = digests_.find(name_of(key));
    if (previous == digests_.end()) {
      // Before the oldest one that is here, nothing is asked for.
      if (!is_oldest(digest)) {
        add(TamperKind::DigestMissing, key, "a later digest follows it, and it is not here");
      }
      return;
    }
    followed_.insert(previous->first);
    if (previous->second.hash != digest.text("previousDigestHashValue")) {
      add(TamperKind::DigestChanged, previous->second.file,
          "the digest is not what was delivered: its hash is another");
      return;
    }
    check_signature(previous->second, digest.text("previousDigestSignature"));
  }

  static std::string scope_of(const Digest& digest) {
    const std::string name = name_of(digest.text("digestS3Object"));
    const auto parts = split(name, '_');
    // ACCOUNT_CloudTrail-Digest_REGION_TRAIL_…
    return parts.size() > 3 ? fmt::format("{} {} {}", parts[0], parts[2], parts[3]) : "";
  }

  [[nodiscard]] bool is_oldest(const Digest& digest) const {
    return std::none_of(digests_.begin(), digests_.end(), [&](const auto& each) {
      return scope_of(each.second) == scope_of(digest) &&
             each.second.text("digestEndTime") < digest.text("digestEndTime");
    });
  }

  void check_newest() {
    for (const auto& [name, digest] : digests_) {
      if (followed_.contains(name)) {
        continue;
      }
      if (digest.signature.empty()) {
        add(TamperKind::SignatureUnknown, digest.file,
            "no later digest has its signature: put the metadata `signature` of its object into a "
            "file beside it with the same name and `.signature`");
      } else {
        check_signature(digest, digest.signature);
      }
    }
  }

  void check_signature(const Digest& digest, const std::string& signature) {
    const std::string print = digest.text("digestPublicKeyFingerprint");
    const auto key = keys_.find(print);
    if (key == keys_.end()) {
      add(TamperKind::SignatureUnknown, digest.file,
          fmt::format("the public key `{}` is not known: give --public-keys the output of `aws "
                      "cloudtrail list-public-keys`",
                      printable(print)));
    } else if (!key->second.has_signed(digest.signed_text(), signature)) {
      add(TamperKind::SignatureBad, digest.file, "the signature is not that of the key it names");
    } else {
      ++check_.signed_digests;
    }
  }

  /// Logs that nobody delivered.
  void check_unnamed() {
    std::map<std::string, std::pair<std::string, std::string>> covered;  // by ACCOUNT REGION
    for (const auto& [name, digest] : digests_) {
      const auto parts = split(name, '_');
      if (parts.size() < 3) {
        continue;
      }
      const std::string begin = compact(digest.text("digestStartTime"));
      const std::string end = compact(digest.text("digestEndTime"));
      auto& [first, last] = covered[fmt::format("{} {}", parts[0], parts[2])];
      first = first.empty() ? begin : std::min(first, begin);
      last = std::max(last, end);
    }
    for (const auto& [name, file] : logs_) {
      const auto parsed = parse_name(name);
      if (named_.contains(name) || !parsed) {
        continue;
      }
      const auto span = covered.find(parsed->scope);
      // Digests lie by the time of delivery; the hour's last logs may be in the next one.
      if (span != covered.end() && parsed->time >= span->second.first &&
          parsed->time < span->second.second) {
        add(TamperKind::LogNotNamed, file.full_path, "no digest names the log");
      }
    }
  }

  FolderLimits limits_;
  ReadBuffers buffers_;
  std::map<std::string, PublicKey> keys_;
  std::map<std::string, Digest> digests_;  // by name
  std::map<std::string, std::string> signatures_;
  std::map<std::string, FolderFile> logs_;
  std::set<std::string> named_;     // logs
  std::set<std::string> followed_;  // digests
  DigestCheck check_;
};

}  // namespace

Result<DigestCheck> verify_digests(const std::vector<std::string>& folders,
                                   const std::string& public_keys) {
  Verifier verifier(TRY(parse_keys(public_keys)));
  for (const std::string& folder : folders) {
    if (auto read = verifier.read(folder); !read) {
      return tl::unexpected(std::move(read).error());
    }
  }
  return std::move(verifier).verify();
}

}  // namespace portolan::collect
