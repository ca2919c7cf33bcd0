#include <algorithm>
#include <utility>

#include "collect/decode/families.h"

namespace portolan::collect {

namespace {

void traffic(Reader& in, FlowLog& row) {
  const auto text = in.string();
  row.traffic = text == "ALL"      ? FlowLogTraffic::All
                : text == "ACCEPT" ? FlowLogTraffic::Accept
                : text == "REJECT" ? FlowLogTraffic::Reject
                                   : FlowLogTraffic::Unknown;
}

constexpr Field<FlowLog> kFlowLogFields[] = {
    {"DeliverLogsStatus",
     [](Reader& in, FlowLog& row) { row.is_delivering = in.string() != "FAILED"; }},
    {"FlowLogId", value<&FlowLog::id>},
    {"FlowLogStatus", [](Reader& in, FlowLog& row) { row.is_active = in.string() == "ACTIVE"; }},
    {"ResourceId", value<&FlowLog::resource>},
    {"TrafficType", traffic},
    {"Tags", tags<FlowLog>},
};

constexpr Field<Metric> kTransformationFields[] = {
    {"metricName", value<&Metric::metric_name>},
    {"metricNamespace", value<&Metric::metric_namespace>},
};

constexpr Field<MetricFilter> kFilterFields[] = {
    {"filterName", value<&MetricFilter::filter_name>},
    {"filterPattern", value<&MetricFilter::pattern>},
    {"metricTransformations",
     [](Reader& in, MetricFilter& row) {
       in.objects([&] { read_fields(in, kTransformationFields, row.metrics.emplace_back()); });
     }},
    {"logGroupName", value<&MetricFilter::log_group>},
};

constexpr Field<Metric> kMetricFields[] = {
    {"Namespace", value<&Metric::metric_namespace>},
    {"MetricName", value<&Metric::metric_name>},
};

/// The metrics of an alarm that calculates with several.
void metric_queries(Reader& in, Alarm& row) {
  in.objects([&] {
    in.object([&](std::string_view key) {
      if (key != "MetricStat") {
        in.skip();
        return;
      }
      in.object([&](std::string_view member) {
        if (member == "Metric") {
          read_fields(in, kMetricFields, row.metrics.emplace_back());
        } else {
          in.skip();
        }
      });
    });
  });
}

/// `metric` stands in the alarm itself, where it watches one only.
struct AlarmDraft {
  Alarm& row;
  Metric metric = {};
};

constexpr Field<AlarmDraft> kAlarmFields[] = {
    {"AlarmName", [](Reader& in, AlarmDraft& draft) { in.read(draft.row.alarm_name); }},
    {"AlarmArn", [](Reader& in, AlarmDraft& draft) { arn_id(in, draft.row); }},
    {"ActionsEnabled", [](Reader& in, AlarmDraft& draft) { in.read(draft.row.acts); }},
    {"AlarmActions", [](Reader& in, AlarmDraft& draft) { in.read(draft.row.actions); }},
    {"MetricName", [](Reader& in, AlarmDraft& draft) { in.read(draft.metric.metric_name); }},
    {"Namespace", [](Reader& in, AlarmDraft& draft) { in.read(draft.metric.metric_namespace); }},
    {"Metrics", [](Reader& in, AlarmDraft& draft) { metric_queries(in, draft.row); }},
};

constexpr Field<Subscription> kSubscriptionFields[] = {
    {"SubscriptionArn", arn_id<Subscription>},
    {"Owner", owner<Subscription>},
    {"TopicArn", value<&Subscription::topic>},
};

}  // namespace

/// SOURCE: EC2 API, FlowLog.
void decode_flow_logs(Answer& answer) { read_rows(answer, kFlowLogFields); }

/// SOURCE: CloudWatch Logs API, MetricFilter. The identity is completed once the account is known.
void decode_metric_filters(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    MetricFilter row;
    read_fields(answer.in, kFilterFields, row);
    if (!row.filter_name.empty() && !row.log_group.empty()) {
      row.id.value = row.log_group + '/' + row.filter_name;
    }
    if (is_whole(answer, row, place)) {
      std::sort(row.metrics.begin(), row.metrics.end());
      add_row(answer, std::move(row), place);
    }
  });
}

/// SOURCE: CloudWatch API, MetricAlarm.
void decode_alarms(Answer& answer) {
  read_drafts(answer, kAlarmFields, [](AlarmDraft& draft) {
    if (!draft.metric.metric_name.empty()) {
      draft.row.metrics.push_back(std::move(draft.metric));
    }
    std::sort(draft.row.metrics.begin(), draft.row.metrics.end());
    std::sort(draft.row.actions.begin(), draft.row.actions.end());
  });
}

/// SOURCE: SNS API, Subscription. `PendingConfirmation` and `Deleted` stand in the place of an ARN.
void decode_subscriptions(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    Subscription row;
    read_fields(answer.in, kSubscriptionFields, row);
    if (is_whole(answer, row, place) && row.id.value.starts_with("arn:")) {
      add_row(answer, std::move(row), place);
    }
  });
}

}  // namespace portolan::collect
