#pragma once

#include <optional>
#include <string>

#include "events/json/parser.h"

/// Private to the module: rows that CloudTrail Lake's queries give.
namespace portolan::events {

/// The text of the record that a row stands for: a list of objects with one column each, or one
/// object. The column `eventJson` is the record; otherwise the columns are its members, structs and
/// maps among them as JSON text, the values of maps as JSON text again. Nothing if the row has
/// neither `eventJson` nor `eventName`.
///
/// What looks like a struct and is no JSON (`{a=b}`, as SQL engines print) is left as text; then
/// `is_lossy` is set.
struct LakeRecord {
  std::string text;
  bool is_lossy = false;
};
std::optional<LakeRecord> record_of_row(const Value& row, Parser& parser);

}  // namespace portolan::events
