#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/diagnostics.h"
#include "core/result.h"

/// Whether logs of CloudTrail are as they were delivered.
namespace portolan::collect {

enum class TamperKind : std::uint8_t {
  LogMissing,        // a digest names it
  LogChanged,        // its hash is another
  LogNotNamed,       // of a time that the digests cover, and in none of them
  DigestMissing,     // a later one follows it
  DigestChanged,     // its hash is another than the later one has
  SignatureBad,      // it was not signed by the key that it names
  SignatureUnknown,  // its key, or its signature, is not there
};

/// One thing that is not as delivered, or that could not be told.
struct Tamper {
  TamperKind kind = TamperKind::LogMissing;
  std::string file;     // as the user named it; of what is missing, its key in the bucket
  std::string message;  // one sentence
  friend auto operator<=>(const Tamper&, const Tamper&) = default;
};

struct DigestCheck {
  std::vector<Tamper> tampers;  // sorted
  Diagnostics diagnostics;      // files that could not be read or understood
  std::size_t digests = 0;
  std::size_t signed_digests = 0;  // proven by their signature
  std::size_t logs = 0;            // that digests name and that are as delivered
};

/// Checks the digests below the folders, each against the next, and the logs against the digests.
/// The signature of a digest is in the next one; that of the newest is in the metadata of its
/// object, and is read from a file beside it that has its name and `.signature`. `public_keys` is
/// the JSON that `aws cloudtrail list-public-keys` prints, may be empty.
/// Error `source_not_found`, `no_digests`, `bad_key` for keys that cannot be understood.
/// SOURCE: CloudTrail user guide, "Custom implementations of CloudTrail log file integrity
/// validation", "CloudTrail digest file structure".
Result<DigestCheck> verify_digests(const std::vector<std::string>& folders,
                                   const std::string& public_keys);

}  // namespace portolan::collect
