#include "model/any_resource.h"

namespace portolan {

AnyId AnyResource::id() const {
  return visit([](const auto& row) { return AnyId(row->id); });
}

bool operator==(const AnyResource& a, const AnyResource& b) {
  return a.kind_ == b.kind_ &&
         (a.row_ == b.row_ ||
          visit_kind(a.kind_, [&]<class Resource>(std::type_identity<Resource>) {
            return *static_cast<const Resource*>(a.row_.get()) ==
                   *static_cast<const Resource*>(b.row_.get());
          }));
}

}  // namespace portolan
