#include "collect/signature.h"

#include <array>
#include <openssl/evp.h>
#include <vector>

#include <fmt/format.h>

namespace portolan::collect {

namespace {

using Bytes = std::vector<unsigned char>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Bytes from_base64(std::string_view text) {
  Bytes bytes(text.size() / 4 * 3 + 3);
  const int size = text.size() % 4 == 0 ? EVP_DecodeBlock(bytes.data(), bytes_of(text),
                                                          static_cast<int>(text.size()))
                                        : -1;
  bytes.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return bytes;  // padding makes zeros at the end, which DER does not mind
}

Bytes from_hex(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  Bytes bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const int high = digit(text[i]);
    const int low = digit(text[i + 1]);
    if (high < 0 || low < 0) {
      return {};
    }
    bytes.push_back(static_cast<unsigned char>(high * 16 + low));
  }
  return bytes;
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += fmt::format("{:02x}", digest[i]);
  }
  return hex;
}

Result<PublicKey> PublicKey::parse(std::string_view base64) {
  constexpr std::size_t kLongest = 16384;
  const Bytes der = base64.size() <= kLongest ? from_base64(base64) : Bytes{};
  const unsigned char* at = der.data();
  EVP_PKEY* const key =
      der.empty() ? nullptr
                  : d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(der.size()));
  if (key == nullptr) {
    return fail("bad_key", "the key is no RSA public key in DER, written in base64");
  }
  PublicKey made;
  made.key_ =
      std::shared_ptr<void>(key, [](void* held) { EVP_PKEY_free(static_cast<EVP_PKEY*>(held)); });
  return made;
}

bool PublicKey::has_signed(std::string_view text, std::string_view signature) const {
  const Bytes bytes = from_hex(signature);
  if (bytes.empty()) {
    return false;
  }
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  // RSA keys are used with PKCS #1 v1.5 unless another padding is asked for.
  return context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr,
                              static_cast<EVP_PKEY*>(key_.get())) == 1 &&
         EVP_DigestVerify(context.get(), bytes.data(), bytes.size(), bytes_of(text), text.size()) ==
             1;
}

}  // namespace portolan::collect
