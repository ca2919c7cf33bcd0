#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collect/aws/profile.h"
#include "collect/aws/request.h"
#include "core/result.h"

/// Private to the module: what is asked of S3, and what it answers. Only lists and reads.
namespace portolan::collect::aws {

/// `s3://bucket/AWSLogs/x`: everything below that folder, or the one object of that name. Keys are
/// bytes and stand there as they are, never percent-encoded.
struct BucketPlace {
  std::string bucket;
  std::string prefix;

  /// Error `bad_bucket`.
  static Result<BucketPlace> parse(std::string_view url);
  /// What the keys of the folder begin with; empty for a whole bucket.
  [[nodiscard]] std::string folder() const;
};
/// True if it begins with `s3://`.
bool is_bucket_url(std::string_view url);

struct StoredObject {
  std::string key;
  std::size_t size = 0;
  std::string tag;  // its ETag, as it is told; another once the object was written anew
};

/// One page of ListObjectsV2. The next one begins after the last key here.
struct ObjectPage {
  std::vector<StoredObject> objects;  // in the order of the bytes of their keys
  bool is_last = false;
};

/// Where a bucket is asked, and as what it is signed.
struct BucketEndpoint {
  /// By `AWS_ENDPOINT_URL_S3` and the others with the bucket in the path, else at AWS.
  static BucketEndpoint find(const Setup& setup, const std::string& bucket,
                             const std::string& region);

  std::string url;  // with the bucket, without a slash at its end
  std::string region;
  std::string bucket;
};

HttpRequest list_request(const BucketEndpoint& endpoint, const std::string& prefix,
                         const std::string& start_after, int keys_max);
HttpRequest get_request(const BucketEndpoint& endpoint, const std::string& key,
                        std::size_t bytes_max);
/// Error `bad_answer` if the bytes are not a whole page of keys that all come after `start_after`.
Result<ObjectPage> parse_page(std::string_view xml, std::string_view start_after);

}  // namespace portolan::collect::aws
