#include "collect/aws/s3.h"

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>

#include <fmt/format.h>

#include "collect/aws/percent.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

constexpr std::string_view kScheme = "s3://";

/// SOURCE: S3 API Reference, "Authenticating Requests (AWS Signature Version 4)": every request to
/// S3 names the hash of its body. This is that of no body.
constexpr std::string_view kNoBody =
    "x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// SOURCE: S3 User Guide, "Bucket naming rules"; buckets of the first years may also have capitals
/// and underscores, and 255 characters.
bool is_bucket_name(std::string_view name) {
  static constexpr std::size_t kShortest = 3;
  static constexpr std::size_t kLongest = 255;
  return name.size() >= kShortest && name.size() <= kLongest && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
                  c == '_';
         });
}

/// True if the bucket's name can be a label of a host that AWS's certificate covers.
bool fits_host(std::string_view bucket) {
  static constexpr std::size_t kLabelMax = 63;
  return bucket.size() <= kLabelMax && bucket.front() != '-' && bucket.back() != '-' &&
         std::all_of(bucket.begin(), bucket.end(),
                     [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

/// A key in a path: all but its slashes is encoded.
std::string encoded_key(std::string_view key) {
  std::string out;
  for (const char c : key) {
    out += c == '/' ? "/" : percent_encoded(std::string_view(&c, 1));
  }
  return out;
}

/// S3 writes a space as `+`, other stores as `%20`; a plus is `%2B` for all.
std::string decoded_key(std::string text) {
  std::replace(text.begin(), text.end(), '+', ' ');
  return percent_decoded(text);
}

Result<StoredObject> parse_object(const pugi::xml_node& node) {
  StoredObject object{.key = decoded_key(node.child_value("Key")), .tag = node.child_value("ETag")};
  const std::string_view size = node.child_value("Size");
  const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), object.size);
  if (object.key.empty() || error != std::errc{} || end != size.data() + size.size()) {
    return fail("bad_answer", "the list has an object without key or size");
  }
  return object;
}

}  // namespace

bool is_bucket_url(std::string_view url) { return url.starts_with(kScheme); }

Result<BucketPlace> BucketPlace::parse(std::string_view url) {
  const std::string_view rest = is_bucket_url(url) ? url.substr(kScheme.size()) : "";
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  BucketPlace place{.bucket = std::string(rest.substr(0, slash)),
                    .prefix = std::string(rest.substr(std::min(slash + 1, rest.size())))};
  if (!is_bucket_name(place.bucket)) {
    return fail("bad_bucket",
                fmt::format("`{}` names no bucket, write `s3://BUCKET/FOLDER`", printable(url)));
  }
  return place;
}

std::string BucketPlace::folder() const {
  return prefix.empty() || prefix.ends_with('/') ? prefix : prefix + "/";
}

BucketEndpoint BucketEndpoint::find(const Setup& setup, const std::string& bucket,
                                    const std::string& region) {
  const Service& service = *find_service("s3");
  const std::string own = endpoint_of(service, region);
  const std::string chosen = endpoint_for(setup, "s3", region);
  const bool in_host = chosen == own && fits_host(bucket);
  static constexpr std::string_view kHttps = "https://";
  return {.url = in_host ? fmt::format("{}{}.{}", kHttps, bucket, own.substr(kHttps.size()))
                         : fmt::format("{}/{}", chosen, bucket),
          .region = region,
          .bucket = bucket};
}

HttpRequest list_request(const BucketEndpoint& endpoint, const std::string& prefix,
                         const std::string& start_after, int keys_max) {
  // Sorted, and each name with a value, as libcurl's signer needs it.
  std::string query = fmt::format("encoding-type=url&list-type=2&max-keys={}&prefix={}", keys_max,
                                  percent_encoded(prefix));
  if (!start_after.empty()) {
    query += "&start-after=" + percent_encoded(start_after);
  }
  const bool in_path = endpoint.url.ends_with("/" + endpoint.bucket);
  return {.url = fmt::format("{}{}?{}", endpoint.url, in_path ? "" : "/", query),
          .headers = {std::string(kNoBody)},
          .sign_service = "s3",
          .sign_region = endpoint.region,
          .is_raw = true};
}

HttpRequest get_request(const BucketEndpoint& endpoint, const std::string& key,
                        std::size_t bytes_max) {
  return {.url = fmt::format("{}/{}", endpoint.url, encoded_key(key)),
          .headers = {std::string(kNoBody)},
          .sign_service = "s3",
          .sign_region = endpoint.region,
          .is_raw = true,
          .body_max = bytes_max};
}

Result<ObjectPage> parse_page(std::string_view xml, std::string_view start_after) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(xml.data(), xml.size());
  const pugi::xml_node root = document.child("ListBucketResult");
  const std::string_view is_cut = root.child_value("IsTruncated");
  if (!parsed || (is_cut != "true" && is_cut != "false")) {
    return fail("bad_answer", "the answer is no whole list of objects");
  }
  if (std::string_view(root.child_value("EncodingType")) != "url") {
    return fail("bad_answer", "the list does not encode its keys as it was asked to");
  }
  ObjectPage page{.is_last = is_cut == "false"};
  for (const pugi::xml_node node : root.children("Contents")) {
    StoredObject object = TRY(parse_object(node));
    if (object.key <= (page.objects.empty() ? start_after : page.objects.back().key)) {
      return fail("bad_answer", fmt::format("the list goes back to `{}`", printable(object.key)));
    }
    page.objects.push_back(std::move(object));
  }
  if (!page.is_last && page.objects.empty()) {
    return fail("bad_answer", "the list says that it goes on, and has nothing");
  }
  return page;
}

}  // namespace portolan::collect::aws
