#include "events/decode/call.h"

/// Calls that change managed prefix lists.
/// SOURCE: EC2 API, CreateManagedPrefixList, ModifyManagedPrefixList.
namespace portolan::events {

namespace {

void decode_edit(Call& call) {
  const Value& request = call.request;
  PrefixListEdited edit;
  edit.is_new = call.event.name.starts_with("Create");
  edit.list.value = request["prefixListId"].text();
  if (edit.list.empty()) {
    edit.list.value = call.response["prefixList"]["prefixListId"].text();
  }
  edit.name = request["prefixListName"].text();
  any_of(request, {"entry", "entries", "addEntry", "addEntries"}).each([&](const Value& entry) {
    if (const auto block = call.prefix("cidr", entry["cidr"])) {
      edit.added.push_back({*block, entry["description"].text()});
    }
  });
  any_of(request, {"removeEntry", "removeEntries"}).each([&](const Value& entry) {
    if (const auto block = call.prefix("cidr", entry.is_object() ? entry["cidr"] : entry)) {
      edit.removed.push_back(*block);
    }
  });
  call.add(std::move(edit));
}

void decode_delete(Call& call) {
  call.add(ResourceLife{call.request["prefixListId"].text(), false});
}

void decode_restore(Call& call) {
  call.add(PrefixListRestored{.list = {call.request["prefixListId"].text()},
                              .version = call.request["previousVersion"].number().value_or(0)});
}

}  // namespace

std::vector<Decoder> prefix_list_decoders() {
  return {{"CreateManagedPrefixList", decode_edit},
          {"ModifyManagedPrefixList", decode_edit},
          {"DeleteManagedPrefixList", decode_delete},
          {"RestoreManagedPrefixListVersion", decode_restore}};
}

}  // namespace portolan::events
