// The set engine and the evaluator of one question agree on every network that the notation of
// scenarios can write down.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collect/collect.h"
#include "core/assert.h"
#include "tests/support/compare_engine.h"
#include "tools/scenario/scenario.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kBytesMost = 2000;  // a pair costs much: keep networks small
  if (size > kBytesMost) {
    return 0;
  }
  auto scenario = portolan::scenario::read_scenario({reinterpret_cast<const char*>(data), size});
  const auto decoded = portolan::collect::decode(std::move(scenario.documents), {}, 1);
  portolan::tests::Compared compared;
  portolan::tests::compare_engine(decoded.snapshot, compared);
  PORTOLAN_ASSERT(compared.disagreement.empty());
  return 0;
}
