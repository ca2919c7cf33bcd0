#include <algorithm>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

/// `Cidrs` of describe-prefix-lists, the older call that knows AWS's own lists only.
void cidrs(Reader& in, PrefixList& row) {
  std::vector<IpPrefix> prefixes;
  in.read(prefixes);
  std::sort(prefixes.begin(), prefixes.end());
  row.entries.emplace();
  for (const IpPrefix& prefix : prefixes) {
    row.entries->push_back({.cidr = prefix});
  }
}

struct ListDraft {
  PrefixList& row;
  std::optional<IpFamily> family;
};

constexpr Field<ListDraft> kListFields[] = {
    {"Cidrs", [](Reader& in, ListDraft& row) { cidrs(in, row.row); }},
    {"PrefixListId", [](Reader& in, ListDraft& row) { in.read(row.row.id); }},
    {"AddressFamily",
     [](Reader& in, ListDraft& row) {
       if (const auto text = in.string()) {
         row.family = *text == "IPv6" ? IpFamily::V6 : IpFamily::V4;
       }
     }},
    {"MaxEntries", [](Reader& in, ListDraft& row) { in.read(row.row.max_entries); }},
    {"PrefixListArn", [](Reader& in, ListDraft& row) { arn(in, row.row); }},
    {"PrefixListName", [](Reader& in, ListDraft& row) { in.read(row.row.list_name); }},
    {"Tags", [](Reader& in, ListDraft& row) { tags(in, row.row); }},
    {"OwnerId", [](Reader& in, ListDraft& row) { owner(in, row.row); }},
};

}  // namespace

void decode_prefix_lists(Answer& answer) {
  read_drafts(answer, kListFields, [&](ListDraft& draft) {
    draft.row.is_aws_managed = draft.row.list_name.starts_with("com.amazonaws.");
    if (draft.family) {
      answer.out.loose<FamilyPart>().push_back(
          {.holder = draft.row.id.value, .part = {*draft.family}});
    }
  });
}

void decode_prefix_list_entries(Answer& answer) {
  const std::size_t place = answer.in.offset();
  EntriesPart part;
  bool is_whole = true;
  answer.in.objects([&] {
    const std::size_t entry_place = answer.in.offset();
    const std::size_t problems = answer.in.problems().size();
    PrefixListEntry entry;
    std::optional<IpPrefix> cidr;
    answer.in.object([&](std::string_view key) {
      if (key == "Cidr") {
        cidr = answer.in.prefix();
      } else if (key == "Description") {
        answer.in.read(entry.description);
      } else {
        answer.in.skip();
      }
    });
    if (cidr) {
      entry.cidr = *cidr;
      part.entries.push_back(std::move(entry));
      return;
    }
    is_whole = false;
    if (answer.in.problems().size() == problems) {
      answer.in.missing_id(entry_place);
    }
  });
  // A list with a hole must not pass for the whole list.
  if (answer.in.ok() && is_whole) {
    answer.out.loose<EntriesPart>().push_back(
        {.part = std::move(part), .origin = answer.origin(place)});
  }
}

}  // namespace portolan::collect
