#pragma once

#include <optional>
#include <string_view>

#include "core/time.h"
#include "model/tags.h"

/// Private to the module: until when something is meant to last, by what people wrote on it.
namespace portolan::checks {

/// The end of the latest day (in UTC) that the text names, where it says that something ends or is
/// temporary: `until 2026-05-03`, `temp access, expires 3 May 2026`. Understood are 2026-05-03
/// (also with `/` and `.`), 20260503, 3 May 2026, May 3, 2026 and 03.05.2026; of a date that can be
/// read in two ways the later one counts, so that nothing is called over too early.
std::optional<Time> expiry_in(std::string_view text);

/// The same of a tag, where the key may say it: `expires-on=2026-05-03`, `DeleteAfter=20260503`.
std::optional<Time> expiry_in(const Tag& tag);

}  // namespace portolan::checks
