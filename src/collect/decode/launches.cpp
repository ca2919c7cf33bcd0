#include <algorithm>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

constexpr Field<LaunchTemplate> kTemplateFields[] = {
    {"LaunchTemplateId", value<&LaunchTemplate::id>},
    {"LaunchTemplateName", value<&LaunchTemplate::template_name>},
    {"LatestVersionNumber", value<&LaunchTemplate::latest>},
    {"Tags", tags<LaunchTemplate>},
};

/// One interface with a public address is enough.
void public_address(Reader& in, LaunchVersion& version) {
  const auto is_public = in.boolean();
  if (is_public) {
    version.has_public_address = version.has_public_address.value_or(false) || *is_public;
  }
}

constexpr Field<LaunchVersion> kInterfaceFields[] = {
    {"AssociatePublicIpAddress", public_address},
    {"Groups", value<&LaunchVersion::groups>},
};

/// SOURCE: EC2 API, ResponseLaunchTemplateData.
constexpr Field<LaunchVersion> kDataFields[] = {
    {"NetworkInterfaces",
     [](Reader& in, LaunchVersion& row) {
       in.objects([&] { read_fields(in, kInterfaceFields, row); });
     }},
    {"SecurityGroupIds", value<&LaunchVersion::groups>},
    {"MetadataOptions",
     [](Reader& in, LaunchVersion& row) { read_metadata_options(in, row.metadata); }},
};

struct VersionDraft {
  std::string id;
  VersionPart part;
};

constexpr Field<VersionDraft> kVersionFields[] = {
    {"LaunchTemplateId", value<&VersionDraft::id>},
    {"LaunchTemplateName", [](Reader& in, VersionDraft& row) { in.read(row.part.template_name); }},
    {"VersionNumber", [](Reader& in, VersionDraft& row) { in.read(row.part.version.number); }},
    {"DefaultVersion", [](Reader& in, VersionDraft& row) { in.read(row.part.version.is_default); }},
    {"LaunchTemplateData",
     [](Reader& in, VersionDraft& row) { read_fields(in, kDataFields, row.part.version); }},
};

void sort_groups(LaunchVersion& version) {
  auto& groups = version.groups;
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
}

/// A launch configuration as a template of one version.
LaunchVersion& only_version(LaunchTemplate& row) {
  if (row.versions.empty()) {
    row.versions.push_back({.number = 1, .is_default = true});
  }
  return row.versions.front();
}

/// SOURCE: Auto Scaling API, LaunchConfiguration. `SecurityGroups` are names in EC2-Classic.
constexpr Field<LaunchTemplate> kConfigurationFields[] = {
    {"LaunchConfigurationName", value<&LaunchTemplate::template_name>},
    {"LaunchConfigurationARN", arn_id<LaunchTemplate>},
    {"SecurityGroups", [](Reader& in, LaunchTemplate& row) { in.read(only_version(row).groups); }},
    {"AssociatePublicIpAddress",
     [](Reader& in, LaunchTemplate& row) { public_address(in, only_version(row)); }},
    {"MetadataOptions",
     [](Reader& in, LaunchTemplate& row) {
       read_metadata_options(in, only_version(row).metadata);
     }},
};

constexpr Field<LaunchUse> kUseFields[] = {
    {"LaunchTemplateId", value<&LaunchUse::id>},
    {"LaunchTemplateName", value<&LaunchUse::name>},
    {"Version", value<&LaunchUse::version>},
};

void use(Reader& in, AutoScalingGroup& row) {
  LaunchUse use;
  read_fields(in, kUseFields, use);
  if (!use.id.empty() || !use.name.empty()) {
    row.launches.push_back(std::move(use));
  }
}

constexpr Field<AutoScalingGroup> kOverrideFields[] = {{"LaunchTemplateSpecification", use}};

constexpr Field<AutoScalingGroup> kMixedTemplateFields[] = {
    {"LaunchTemplateSpecification", use},
    {"Overrides",
     [](Reader& in, AutoScalingGroup& row) {
       in.objects([&] { read_fields(in, kOverrideFields, row); });
     }},
};

constexpr Field<AutoScalingGroup> kPolicyFields[] = {
    {"LaunchTemplate",
     [](Reader& in, AutoScalingGroup& row) { read_fields(in, kMixedTemplateFields, row); }},
};

/// SOURCE: Auto Scaling API, AutoScalingGroup.
constexpr Field<AutoScalingGroup> kGroupFields[] = {
    {"AutoScalingGroupName", value<&AutoScalingGroup::group_name>},
    {"AutoScalingGroupARN", arn_id<AutoScalingGroup>},
    {"LaunchConfigurationName",
     [](Reader& in, AutoScalingGroup& row) {
       if (const auto text = in.string(); text && !text->empty()) {
         row.launches.push_back({.name = std::string(*text)});
       }
     }},
    {"LaunchTemplate", use},
    {"MixedInstancesPolicy",
     [](Reader& in, AutoScalingGroup& row) { read_fields(in, kPolicyFields, row); }},
    {"Tags", tags<AutoScalingGroup>},
};

}  // namespace

void decode_launch_templates(Answer& answer) { read_rows(answer, kTemplateFields); }

void decode_launch_template_versions(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    VersionDraft draft;
    read_fields(answer.in, kVersionFields, draft);
    if (!answer.in.ok() || draft.id.empty()) {
      answer.in.missing_id(place);
      return;
    }
    sort_groups(draft.part.version);
    answer.out.loose<VersionPart>().push_back(
        {std::move(draft.id), std::move(draft.part), answer.origin(place)});
  });
}

void decode_launch_configurations(Answer& answer) {
  read_rows(answer, kConfigurationFields, [](LaunchTemplate& row) {
    row.is_configuration = true;
    row.latest = 1;
    sort_groups(only_version(row));
  });
}

void decode_auto_scaling_groups(Answer& answer) {
  read_rows(answer, kGroupFields, [](AutoScalingGroup& row) {
    std::sort(row.launches.begin(), row.launches.end());
    row.launches.erase(std::unique(row.launches.begin(), row.launches.end()), row.launches.end());
  });
}

void decode_metadata_defaults(Answer& answer) {
  const std::size_t place = answer.in.offset();
  MetadataDefaults row;
  read_metadata_options(answer.in, row.options);
  if (answer.in.ok()) {
    add_row(answer, std::move(row), place);
  }
}

}  // namespace portolan::collect
