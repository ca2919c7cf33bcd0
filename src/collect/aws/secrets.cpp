#include "collect/aws/secrets.h"

#include <string_view>
#include <utility>

#include "collect/aws/percent.h"

namespace portolan::collect::aws {

namespace {

constexpr std::size_t kShortest = 8;
/// So many characters of a secret are as telling as the whole.
constexpr std::size_t kTelling = 16;
constexpr std::string_view kHidden = "(hidden)";

void hide(std::string& text, std::string_view secret) {
  const std::string_view begin = secret.substr(0, kTelling);
  for (std::size_t at = text.find(begin); at != std::string::npos;
       at = text.find(begin, at + kHidden.size())) {
    std::size_t length = begin.size();
    while (length < secret.size() && at + length < text.size() &&
           text[at + length] == secret[length]) {
      ++length;
    }
    text.replace(at, length, kHidden);
  }
}

}  // namespace

std::string without_secrets(std::string text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.size() >= kShortest) {
      hide(text, secret);
      hide(text, percent_encoded(secret));
    }
  }
  return text;
}

std::string without_secrets(std::string text, const Keys& keys) {
  return without_secrets(std::move(text), std::vector{keys.secret, keys.token});
}

}  // namespace portolan::collect::aws
