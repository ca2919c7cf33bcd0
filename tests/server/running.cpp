#include "tests/server/running.h"

#include <cctype>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "core/assert.h"

namespace portolan::test {
namespace {

std::shared_ptr<const server::Assets> two_files() {
  const std::string page = "<!doctype html><title>Portolan</title>";
  const std::string script = "export const answer = 42;\n";
  return std::make_shared<const server::Assets>(server::Assets{
      {.path = "app.js", .plain = server::Body(script), .tag = server::tag_of(script)},
      {.path = "index.html", .plain = server::Body(page), .tag = server::tag_of(page)}});
}

server::Matter harbor() {
  auto decoded = collect::load(std::string(kHarbor), {.keeps = iam::mentions_authority});
  EXPECT_TRUE(decoded.has_value());
  server::Matter matter;
  matter.source = kHarbor;
  matter.reading = {.snapshot = std::move(decoded->snapshot),
                    .diagnostics = decoded->diagnostics.sorted(),
                    .resources = decoded->resources_read,
                    .hash = "0123456789abcdef"};
  Diagnostics problems;
  std::vector<iam::AuthorityDocument> documents;
  for (const collect::Document& document : decoded->kept) {
    documents.push_back({.path = document.path, .bytes = document.bytes});
  }
  auto directory = std::make_shared<iam::Directory>();
  iam::read_documents(documents, *directory, problems);
  matter.reading.directory = std::move(directory);
  return matter;
}

}  // namespace

Running::Running(std::vector<std::string> allowed_hosts) {
  server::Options options{
      .allowed_hosts = std::move(allowed_hosts), .assets = two_files, .version = "0.1.0"};
  auto opened = server::Server::open(std::move(options), harbor());
  PORTOLAN_ASSERT(opened.has_value());
  server_ = *std::move(opened);
  thread_ = std::thread([this] { server_->run(); });
}

Running::~Running() {
  server_->stop();
  thread_.join();
}

std::string Running::host() const { return fmt::format("Host: 127.0.0.1:{}", port()); }
std::string Running::bearer() const { return "Authorization: Bearer " + server_->token(); }

std::string Running::code() const {
  const std::string address = server_->address();
  return address.substr(address.find("#code=") + std::string_view("#code=").size());
}

Answer Running::get(const std::string& path) const {
  return ask(port(), "GET", path, {host(), bearer()});
}

Answer Running::post(const std::string& path, const std::string& json) const {
  return ask(port(), "POST", path, {host(), bearer(), "Content-Type: application/json"}, json);
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    result += std::isalnum(byte) != 0 ? std::string(1, letter) : fmt::format("%{:02X}", byte);
  }
  return result;
}

}  // namespace portolan::test
