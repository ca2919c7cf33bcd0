#pragma once

#include <cstdint>
#include <string>

#include "collect/aws/http.h"

/// Private to the module: the time, and whether AWS agrees about it.
namespace portolan::collect::aws {

/// Seconds since 1970 by this machine.
std::int64_t seconds_now();

/// How far this machine's clock is off, in words with what to do; empty if it is right enough to
/// sign with, or if the reply does not tell.
std::string clock_skew(const HttpReply& reply, std::int64_t now_s = seconds_now());

}  // namespace portolan::collect::aws
