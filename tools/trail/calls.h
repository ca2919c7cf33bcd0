#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The calls that can change a network, and records of them as CloudTrail would write them.
namespace portolan::trail {

/// The calls of one service, with a space between: `Name:d:member,other.inner,list[]`, where `d` is
/// f (EC2, flat), w (EC2, wrapped), e (EC2, either), q (query) or j (JSON and REST).
struct ServiceCalls {
  std::string_view source;
  std::string_view calls;
};

/// What the generator of the table writes, by service.
extern const std::span<const ServiceCalls> kServiceCalls;

/// How a service's requests are spelled in records.
/// SOURCE: observed; EC2 wraps the calls whose member `DryRun` has no lower-case location name.
enum class Dialect : std::uint8_t {
  Flat,     // lowerCamel, lists in `items`
  Wrapped,  // `{"NameRequest": {…}}` in PascalCase, as of XML: a list of one is its element
  Query,    // the first letter lowered, lists as such
  Json,     // as the model has it
};

struct ListedCall {
  std::string source;
  std::string name;
  Dialect dialect = Dialect::Json;
  std::vector<std::string> members;  // paths in the model's spelling
};

/// All of them, by service and name. A call of either dialect of EC2 is flat.
std::vector<ListedCall> listed_calls();

struct CallTexts {
  std::string request;   // JSON
  std::string response;  // JSON
};

/// A call with all its members. Resources and values are named after `number`, so that the calls of
/// different numbers have nothing to do with each other; nothing in it opens anything.
CallTexts texts_of(const ListedCall& call, int number);

}  // namespace portolan::trail
