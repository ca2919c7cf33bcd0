#include "collect/digests.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// A chain of digests, signed by a key made here, and what becomes of it when somebody changes
/// something. SOURCE: CloudTrail user guide, "CloudTrail digest file structure".
namespace portolan::collect {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

std::string hex(const std::vector<unsigned char>& bytes) {
  std::string out;
  for (const unsigned char byte : bytes) {
    out += fmt::format("{:02x}", byte);
  }
  return out;
}

std::string sha256(const std::string& text) {
  std::vector<unsigned char> digest(32);
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return hex(digest);
}

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

std::string sign(EVP_PKEY* key, const std::string& text) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  std::size_t size = 0;
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key);
  EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size());
  std::vector<unsigned char> signature(size);
  EVP_DigestSign(context.get(), signature.data(), &size, bytes, text.size());
  return hex(signature);
}

std::string public_keys(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PublicKey(key, &der);
  std::string base64(static_cast<std::size_t>(size) * 2, '\0');
  base64.resize(static_cast<std::size_t>(
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()), der, size)));
  OPENSSL_free(der);
  return fmt::format(R"({{"PublicKeyList":[{{"Value":"{}","Fingerprint":"f1"}}]}})", base64);
}

class Digests : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(logs_);
    fs::create_directories(digests_);
    for (int hour = 10; hour < 13; ++hour) {
      add_hour(hour);
    }
  }
  void TearDown() override {
    std::error_code error;
    fs::remove_all(root_, error);
  }

  static std::string log_name(int hour) {
    return fmt::format("111122223333_CloudTrail_eu-west-1_20260503T{}05Z_x.json", hour);
  }
  static std::string digest_name(int hour) {
    return fmt::format("111122223333_CloudTrail-Digest_eu-west-1_t_eu-west-1_20260503T{}1000Z.json",
                       hour);
  }
  static void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }

  /// A log and its digest, which follows the one before.
  void add_hour(int hour) {
    const std::string log = fmt::format("{{\"Records\":[],\"n\":{}}}", hour);
    write(logs_ / log_name(hour), log);
    const std::string quoted_signature = signature_.empty() ? "null" : '"' + signature_ + '"';
    const std::string object =
        "AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/05/03/" + digest_name(hour) + ".gz";
    const std::string end = fmt::format("2026-05-03T{}:10:00Z", hour);
    const std::string body = fmt::format(
        R"({{"awsAccountId":"111122223333","digestStartTime":"2026-05-03T{}:10:00Z",)"
        R"("digestEndTime":"{}","digestS3Bucket":"b","digestS3Object":"{}",)"
        R"("digestPublicKeyFingerprint":"f1","previousDigestS3Object":{},)"
        R"("previousDigestHashValue":{},"previousDigestSignature":{},"logFiles":[{{"s3Bucket":"b",)"
        R"("s3Object":"AWSLogs/x/{}.gz","hashValue":"{}","hashAlgorithm":"SHA-256"}}]}})",
        hour - 1, end, object, last_object_.empty() ? "null" : '"' + last_object_ + '"',
        last_hash_.empty() ? "null" : '"' + last_hash_ + '"', quoted_signature, log_name(hour),
        sha256(log));
    write(digests_ / digest_name(hour), body);
    last_object_ = object;
    last_hash_ = sha256(body);
    signature_ = sign(key_.get(), fmt::format("{}\nb/{}\n{}\n{}", end, object, last_hash_,
                                              signature_.empty() ? "null" : signature_));
    write(digests_ / (digest_name(hour) + ".signature"), signature_ + "\n");
  }

  [[nodiscard]] std::vector<TamperKind> kinds(const std::string& keys) const {
    const auto check = verify_digests({root_.string()}, keys);
    EXPECT_TRUE(check) << check.error().message;
    std::vector<TamperKind> found;
    for (const Tamper& each : check ? check->tampers : std::vector<Tamper>{}) {
      found.push_back(each.kind);
    }
    return found;
  }
  [[nodiscard]] std::vector<TamperKind> kinds() const { return kinds(public_keys(key_.get())); }

  Key key_{EVP_RSA_gen(2048), &EVP_PKEY_free};
  fs::path root_ = fs::temp_directory_path() / fmt::format("portolan-digests-{}", ::getpid());
  fs::path logs_ = root_ / "AWSLogs/111122223333/CloudTrail/eu-west-1";
  fs::path digests_ = root_ / "AWSLogs/111122223333/CloudTrail-Digest/eu-west-1";
  std::string last_object_;
  std::string last_hash_;
  std::string signature_;
};

TEST_F(Digests, OfLogsAsDeliveredAreProven) {
  const auto check = verify_digests({root_.string()}, public_keys(key_.get()));
  ASSERT_TRUE(check);
  EXPECT_THAT(check->tampers, IsEmpty());
  EXPECT_EQ(check->digests, 3U);
  EXPECT_EQ(check->signed_digests, 3U);
  EXPECT_EQ(check->logs, 3U);
}

TEST_F(Digests, AChangedLogIsFound) {
  write(logs_ / log_name(11), R"({"Records":[]})");
  EXPECT_THAT(kinds(), ElementsAre(TamperKind::LogChanged));
}

TEST_F(Digests, AMissingLogIsFound) {
  fs::remove(logs_ / log_name(11));
  EXPECT_THAT(kinds(), ElementsAre(TamperKind::LogMissing));
}

TEST_F(Digests, ALogThatNobodyDeliveredIsFound) {
  write(logs_ / "111122223333_CloudTrail_eu-west-1_20260503T1130Z_y.json", R"({"Records":[]})");
  EXPECT_THAT(kinds(), ElementsAre(TamperKind::LogNotNamed));
}

TEST_F(Digests, AMissingDigestIsFound) {
  fs::remove(digests_ / digest_name(11));
  EXPECT_THAT(kinds(), testing::Contains(TamperKind::DigestMissing));
}

TEST_F(Digests, ADigestThatWasMadeToFitIsFound) {
  const fs::path path = digests_ / digest_name(11);
  std::ifstream file(path);
  std::string body{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::string log = R"({"Records":[]})";
  const std::string old = sha256(R"({"Records":[],"n":11})");
  body.replace(body.find(old), old.size(), sha256(log));
  write(logs_ / log_name(11), log);
  write(path, body);
  EXPECT_THAT(kinds(), ElementsAre(TamperKind::DigestChanged));
}

TEST_F(Digests, AnotherKeyHasNotSigned) {
  const Key other(EVP_RSA_gen(2048), &EVP_PKEY_free);
  EXPECT_THAT(
      kinds(public_keys(other.get())),
      ElementsAre(TamperKind::SignatureBad, TamperKind::SignatureBad, TamperKind::SignatureBad));
}

TEST_F(Digests, WithoutKeysOrTheLastSignatureItIsNotKnown) {
  EXPECT_THAT(kinds(""), testing::Each(TamperKind::SignatureUnknown));
  fs::remove(digests_ / (digest_name(12) + ".signature"));
  EXPECT_THAT(kinds(), ElementsAre(TamperKind::SignatureUnknown));
}

TEST_F(Digests, KeysThatAreNoneAreRefused) {
  EXPECT_EQ(verify_digests({root_.string()}, "{}").error().code, "bad_key");
  EXPECT_EQ(
      verify_digests({root_.string()}, R"({"PublicKeyList":[{"Value":"AAAA","Fingerprint":"f"}]})")
          .error()
          .code,
      "bad_key");
}

}  // namespace
}  // namespace portolan::collect
