#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

/// Private to the module: the only place that sees OpenSSL.
namespace portolan::collect {

/// SHA-256, in lower-case hexadecimal.
std::string sha256_of(std::string_view bytes);

/// An RSA public key.
class PublicKey {
 public:
  /// `base64` is of the DER of an RSAPublicKey (PKCS #1), as `list-public-keys` gives it. Error
  /// `bad_key`.
  static Result<PublicKey> parse(std::string_view base64);
  /// True if `signature`, in hexadecimal, is of `text` (PKCS #1 v1.5 with SHA-256).
  [[nodiscard]] bool has_signed(std::string_view text, std::string_view signature) const;

 private:
  std::shared_ptr<void> key_;  // EVP_PKEY, which is counted and never changed
};

}  // namespace portolan::collect
