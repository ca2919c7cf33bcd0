#pragma once

#include <functional>
#include <map>
#include <string>

#include "tests/live/signature.h"
#include "tests/support/fault_server.h"

namespace portolan::live {

/// A bucket `logs` in eu-west-1 that verifies every signature and answers as S3 does.
struct Store {
  std::map<std::string, std::string> objects;
  KnownKey key = {"AKIDEXAMPLE", "a-very-secret-key", ""};
  std::string region = "eu-west-1";
  int page_size = 1000;
  std::int64_t clock_s = 0;  // 0: it takes any date
  /// Asked before anything else; a status other than 0 is the answer.
  std::function<Reply(const std::string& target)> disturb = {};
  std::size_t lists = 0;
  std::size_t gets = 0;
  std::size_t told = 0;  // objects in lists

  Reply answer(const Asked& asked);

 private:
  Reply list(const std::string& query);
};

/// Points the environment of this process to the server and gives it the keys.
void use_server(const std::string& url, const KnownKey& key);

}  // namespace portolan::live
