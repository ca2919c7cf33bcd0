#include "tests/live/signature.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <map>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <string_view>
#include <vector>

#include "core/text.h"

namespace portolan::live {

namespace {

std::string hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 0xFU];
  }
  return out;
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string hmac(const std::string& key, std::string_view text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

/// AWS's UriEncode().
std::string encoded(std::string_view text, bool keeps_slash) {
  static constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string out;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos || (keeps_slash && c == '/')) {
      out += c;
    } else {
      std::string digits = hex(std::string_view(&c, 1));
      std::transform(digits.begin(), digits.end(), digits.begin(),
                     [](char d) { return d >= 'a' ? static_cast<char>(d - 'a' + 'A') : d; });
      out += "%" + digits;
    }
  }
  return out;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

/// RFC 3986, section 6.2.2.3, and no empty segments.
std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const std::string_view segment : split(path, '/')) {
    if (segment == ".." && !kept.empty()) {
      kept.pop_back();
    } else if (!segment.empty() && segment != "." && segment != "..") {
      kept.push_back(segment);
    }
  }
  std::string out;
  for (const std::string_view segment : kept) {
    out += "/" + std::string(segment);
  }
  return path.ends_with('/') || out.empty() ? out + "/" : out;
}

struct Message {
  std::string method;
  std::string path;
  std::string query;
  std::multimap<std::string, std::string> headers;  // names in lower case, in their order
  std::string body;

  [[nodiscard]] std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

/// Without spaces around it, and one where there are several.
std::string squeezed(std::string_view value) {
  std::string out(trimmed(value));
  out.erase(
      std::unique(out.begin(), out.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
      out.end());
  return out;
}

Message parse(const std::string& raw) {
  Message message;
  const std::size_t end = raw.find("\r\n\r\n");
  message.body = end == std::string::npos ? "" : raw.substr(end + 4);
  const auto lines = split(std::string_view(raw).substr(0, end), '\n');
  const std::string_view first = trimmed(lines.front());
  const std::size_t space = first.find(' ');
  message.method = first.substr(0, space);
  const std::string_view target = first.substr(space + 1, first.rfind(' ') - space - 1);
  const std::size_t mark = std::min(target.find('?'), target.size());
  message.path = target.substr(0, mark);
  message.query = target.substr(std::min(mark + 1, target.size()));
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::size_t colon = lines[i].find(':');
    if (colon != std::string_view::npos) {
      message.headers.emplace(lower(lines[i].substr(0, colon)),
                              squeezed(lines[i].substr(colon + 1)));
    }
  }
  return message;
}

/// `SignedHeaders` of the header Authorization, and the like.
std::string field(const Message& message, const std::string& name) {
  const std::string all = message.header("authorization");
  const std::size_t at = all.find(name + "=");
  if (at == std::string::npos) {
    return {};
  }
  const std::size_t begin = at + name.size() + 1;
  return all.substr(begin, std::min(all.find(',', begin), all.size()) - begin);
}

Scope scope_of(const Message& message) {
  const std::string credential = field(message, "Credential");
  const auto parts = split(credential, '/');
  return parts.size() < 5 ? Scope{}
                          : Scope{.date = std::string(parts[1]),
                                  .region = std::string(parts[2]),
                                  .service = std::string(parts[3])};
}

std::string canonical_query(const Message& message) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const std::string_view part : split(message.query, '&')) {
    if (!part.empty()) {
      const std::size_t equals = std::min(part.find('='), part.size());
      parameters.emplace_back(
          encoded(decoded(part.substr(0, equals)), false),
          encoded(decoded(part.substr(std::min(equals + 1, part.size()))), false));
    }
  }
  std::sort(parameters.begin(), parameters.end());
  std::string out;
  for (const auto& [name, value] : parameters) {
    out += (out.empty() ? "" : "&") + name + "=" + value;
  }
  return out;
}

std::string canonical_request(const Message& message, const std::string& service) {
  // S3 takes paths as they are; others clean them up and encode what was sent once more.
  const std::string path = service == "s3" ? encoded(decoded(message.path), true)
                                           : encoded(without_dots(message.path), true);
  std::string headers;
  const std::string names = field(message, "SignedHeaders");
  for (const std::string_view name : split(names, ';')) {
    const auto [begin, end] = message.headers.equal_range(std::string(name));
    headers += std::string(name) + ":";
    for (auto each = begin; each != end; ++each) {
      headers += (each == begin ? "" : ",") + each->second;
    }
    headers += "\n";
  }
  const std::string hash =
      service == "s3" ? message.header("x-amz-content-sha256") : hex(sha256(message.body));
  return message.method + "\n" + path + "\n" + canonical_query(message) + "\n" + headers + "\n" +
         names + "\n" + hash;
}

std::string signature_of(const Message& message, const std::string& secret) {
  const Scope scope = scope_of(message);
  const std::string where = scope.date + "/" + scope.region + "/" + scope.service + "/aws4_request";
  const std::string text = "AWS4-HMAC-SHA256\n" + message.header("x-amz-date") + "\n" + where +
                           "\n" + hex(sha256(canonical_request(message, scope.service)));
  std::string key = "AWS4" + secret;
  for (const std::string& part :
       {scope.date, scope.region, scope.service, std::string("aws4_request")}) {
    key = hmac(key, part);
  }
  return hex(hmac(key, text));
}

/// Everything that tells AWS what to do has to be signed.
bool signs_enough(const Message& message) {
  const std::string names = ";" + field(message, "SignedHeaders") + ";";
  const auto is_signed = [&](const std::string& name) {
    return names.find(";" + name + ";") != std::string::npos;
  };
  return is_signed("host") &&
         std::all_of(message.headers.begin(), message.headers.end(), [&](const auto& header) {
           return !header.first.starts_with("x-amz-") || is_signed(header.first);
         });
}

std::int64_t seconds_of(const std::string& date) {
  tm parts{};
  return strptime(date.c_str(), "%Y%m%dT%H%M%SZ", &parts) == nullptr ? 0 : timegm(&parts);
}

}  // namespace

Scope scope_of(const std::string& raw) { return scope_of(parse(raw)); }

std::string signature_of(const std::string& raw, const std::string& secret) {
  return signature_of(parse(raw), secret);
}

std::string refusal(const std::string& raw, const KnownKey& key, std::int64_t now_s) {
  static constexpr std::int64_t kSkewMax_s = 900;
  const Message message = parse(raw);
  const std::string date = message.header("x-amz-date");
  if (field(message, "Credential").rfind(key.id + "/", 0) != 0) {
    return "InvalidAccessKeyId";
  }
  if (message.header("x-amz-security-token") != key.token) {
    return "InvalidToken";
  }
  if (message.headers.count("x-amz-date") != 1 || date.substr(0, 8) != scope_of(message).date ||
      !signs_enough(message)) {
    return "AuthorizationHeaderMalformed";
  }
  if (now_s != 0 && std::abs(now_s - seconds_of(date)) > kSkewMax_s) {
    return "RequestTimeTooSkewed";
  }
  if (scope_of(message).service == "s3" &&
      message.header("x-amz-content-sha256") != hex(sha256(message.body))) {
    return "XAmzContentSHA256Mismatch";
  }
  return field(message, "Signature") == signature_of(message, key.secret) ? ""
                                                                          : "SignatureDoesNotMatch";
}

}  // namespace portolan::live
