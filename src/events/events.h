#pragma once

#include "events/event.h"
#include "events/names.h"
#include "events/reader.h"
#include "events/timeline.h"
#include "events/usual.h"

/// The door of the events module: what happened. Logs in, changes and findings out.
namespace portolan::events {}
