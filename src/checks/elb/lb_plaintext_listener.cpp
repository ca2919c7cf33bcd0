#include <algorithm>

#include <fmt/format.h>

#include "checks/balancers.h"
#include "checks/check.h"
#include "checks/finding_text.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check lb_plaintext_listener;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: ELB.1, ELB.3, ELB.18",
                                            "AWS Config: alb-http-to-https-redirection-check"};

/// What a listener lets pass in the open.
enum class Plain : std::uint8_t { No, Yes, Unknown };

/// A redirect to anywhere but HTTPS keeps the client in the open; a fixed answer gives nothing
/// away.
bool serves_in_the_open(const std::vector<BalancerAction>& actions) {
  return std::any_of(actions.begin(), actions.end(), [](const BalancerAction& action) {
    return action.type == "redirect" ? action.redirect_protocol != "HTTPS"
                                     : action.type != "fixed-response";
  });
}

Plain judge_http(const Listener& listener) {
  bool is_open = serves_in_the_open(listener.actions);
  for (const ListenerRule& rule : listener.rules.value_or(std::vector<ListenerRule>{})) {
    is_open = is_open || serves_in_the_open(rule.actions);
  }
  if (is_open) {
    return Plain::Yes;
  }
  return listener.rules ? Plain::No : Plain::Unknown;
}

/// Over TCP the targets speak what they like: some ports are known for one or the other.
Plain judge_tcp(int port) {
  static const ServiceSet kOpen =
      ServiceSet::parse("tcp/21,23,25,80,110,143,389,1883,8000,8080").value_or(ServiceSet());
  static const ServiceSet kSecret =
      ServiceSet::parse(
          "tcp/22,443,465,636,853,990,993,995,3389,5061,5671,6443,6514,8443,8883,9443")
          .value_or(ServiceSet());
  const ServiceSet own = ServiceSet::tcp(port);
  return kOpen.contains(own) ? Plain::Yes : kSecret.contains(own) ? Plain::No : Plain::Unknown;
}

Plain judge_listener(const LoadBalancer& balancer, const Listener& listener) {
  if (listener.port < 1 || listener.port > 65535) {
    return Plain::No;
  }
  if (listener.protocol == "HTTP") {
    return balancer.kind == BalancerKind::Classic ? Plain::Yes : judge_http(listener);
  }
  return listener.protocol == "TCP" || listener.protocol == "TCP_UDP" ? judge_tcp(listener.port)
                                                                      : Plain::No;
}

std::string gap_of(const LoadBalancer& balancer, const Listener& listener) {
  return listener.protocol == "HTTP"
             ? fmt::format("the rules of {}:{} were not collected: {}",
                           printable(balancer.balancer_name), listener.port,
                           call_of(Noun::ListenerRules))
             : fmt::format("no document says what the targets behind {}:{} speak",
                           printable(balancer.balancer_name), listener.port);
}

void tell(const Context& context, const LoadBalancer& balancer,
          const std::vector<const Listener*>& plain, Finding finding,
          std::vector<Finding>& findings) {
  std::vector<std::string> names;
  ServiceSet services;
  for (const Listener* listener : plain) {
    names.push_back(fmt::format("{}/{}", listener->protocol, listener->port));
    services = services.united(transport_services(listener->protocol, listener->port));
  }
  const FrontDoor door = front_door(context, balancer);
  const bool is_shut = !door.world.overlaps(services) && door.gap.empty();
  finding.risk = is_shut ? Risk::Low : Risk::Medium;
  finding.is_latent = is_shut;
  finding.message = fmt::format("{} serves {} without TLS{}", printable(balancer.balancer_name),
                                joined(names, ", "),
                                is_shut ? "; its groups do not let the world in there now" : "");
  const Listener& first = *plain.front();
  finding.fix = first.protocol == "HTTP" && balancer.kind == BalancerKind::Application
                    ? fmt::format(
                          "aws elbv2 modify-listener --listener-arn {} --default-actions "
                          "Type=redirect,RedirectConfig='{{Protocol=HTTPS,Port=443,"
                          "StatusCode=HTTP_301}}', and the same for its rules",
                          first.arn)
                    : std::string(
                          "add a listener of TLS with a certificate, move the clients, then delete "
                          "the plain one");
  findings.push_back(std::move(finding));
}

void judge(const Context& context, const LoadBalancer& balancer, std::vector<Finding>& findings) {
  if (!balancer.may_face_internet()) {
    return;
  }
  Finding finding = about(lb_plaintext_listener.id, balancer);
  if (!balancer.listeners) {
    findings.push_back(unknown(std::move(finding), Risk::Medium,
                               "whether it serves without TLS is not known",
                               {missing_listeners(balancer)}));
    return;
  }
  std::vector<const Listener*> plain;
  std::string gap;
  for (const Listener& listener : *balancer.listeners) {
    const Plain one = judge_listener(balancer, listener);
    if (one == Plain::Yes) {
      plain.push_back(&listener);
    } else if (one == Plain::Unknown) {
      gap = gap_of(balancer, listener);
    }
  }
  if (!plain.empty() && balancer.lacks_scheme()) {
    findings.push_back(
        unknown(std::move(finding), Risk::Medium,
                "it serves without TLS, and whether it faces the internet is not known",
                {missing_scheme(balancer)}));
  } else if (!plain.empty()) {
    tell(context, balancer, plain, std::move(finding), findings);
  } else if (!gap.empty()) {
    findings.push_back(unknown(std::move(finding), Risk::Medium,
                               "whether it serves without TLS is not known", {gap}));
  }
}

std::vector<Finding> run(const Context& context) {
  return judge_balancers(context, lb_plaintext_listener.id,
                         "it is internal, or serves nothing without TLS",
                         [&](const LoadBalancer& balancer, std::vector<Finding>& findings) {
                           judge(context, balancer, findings);
                         });
}

}  // namespace

const Check lb_plaintext_listener = {
    .id = "lb-plaintext-listener",
    .title = "Public load balancer serves without TLS",
    .risk = Risk::Medium,
    .resources = "LoadBalancer",
    .why =
        "Passwords and cookies cross the internet in the open, and whoever stands in between reads "
        "and changes them. A listener that only redirects to HTTPS or gives a fixed answer serves "
        "nothing, and is in order.",
    .fix =
        "Give the balancer a certificate and an HTTPS or TLS listener. Replace what the plain one "
        "does by a redirect to HTTPS with aws elbv2 modify-listener.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
