#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"

namespace portolan::checks {

extern const Check peering_foreign_account;

namespace {

constexpr std::string_view kReferences[] = {"VPC Peering Guide: Security for peered VPCs"};

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {
    const auto& trusted = context.config().trusted_accounts;
    ours_.insert(trusted.begin(), trusted.end());
    // Whoever's documents were collected is one of us.
    for (const Vpc& vpc : context.snapshot().all<Vpc>()) {
      if (context.snapshot().coverage().has(Noun::Vpcs, vpc.owned.account, vpc.owned.region)) {
        ours_.insert(vpc.owned.account);
      }
    }
  }

  std::vector<Finding> run() const {
    auto findings = judge_each<VpcPeering>(
        context_, kId, "both its accounts are known",
        [&](const VpcPeering& peering, std::vector<Finding>& found) {
          for (const PeeringSide* side : {&peering.requester, &peering.accepter}) {
            judge(about(kId, peering), {.account = side->account, .what = side->vpc.value}, found);
          }
        });
    for (const auto& attachment : context_.snapshot().all<TransitGatewayAttachment>()) {
      const std::size_t before = findings.size();
      judge(about(kId, attachment),
            {.account = attachment.owned.account, .what = attachment.resource}, findings);
      if (findings.size() == before) {
        findings.push_back(passed(about(kId, attachment), "its account is known"));
      }
    }
    ask_for<Vpc>(context_,
                 {.check = kId,
                  .noun = Noun::VpcPeerings,
                  .risk = Risk::Medium,
                  .unsaid = "whether it is peered with a stranger is not known"},
                 findings);
    return findings;
  }

 private:
  /// One end of a connection.
  struct End {
    AccountId account;
    std::string what;  // the VPC, gateway or VPN there
  };

  void judge(Finding finding, const End& end, std::vector<Finding>& findings) const {
    if (!end.account.known()) {
      findings.push_back(unknown(std::move(finding), Risk::Medium,
                                 fmt::format("whose {} is, is not known", end.what),
                                 {"the document does not tell the account"}));
    } else if (!ours_.contains(end.account)) {
      // As long as nobody has said who belongs to us, an account that was not collected may.
      const bool is_told = !context_.config().trusted_accounts.empty();
      finding.risk = is_told ? Risk::Medium : Risk::Low;
      finding.message =
          fmt::format("it leads to {} of account {}, which {}", end.what, end.account.text(),
                      is_told ? "is not in trusted_accounts"
                              : "was not collected and is named nowhere as trusted");
      finding.fix = finding.resource.starts_with("pcx-")
                        ? fmt::format(
                              "aws ec2 delete-vpc-peering-connection "
                              "--vpc-peering-connection-id {}",
                              finding.resource)
                        : std::string(
                              "delete the attachment, or name the account in "
                              "trusted_accounts");
      findings.push_back(std::move(finding));
    }
  }

  const std::string_view kId = peering_foreign_account.id;

  const Context& context_;
  std::set<AccountId> ours_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

}  // namespace

const Check peering_foreign_account = {
    .id = "peering-foreign-account",
    .title = "Peering or attachment with an unknown account",
    .risk = Risk::Medium,
    .resources = "VpcPeering, TransitGatewayAttachment",
    .why =
        "A peering or an attachment is a private way in that no internet filter sees. Whoever "
        "runs the account on the other side decides who uses it, and it outlives the project "
        "that it was made for.",
    .fix =
        "Ask who owns the account, and name it in portolan.yaml (trusted_accounts) if it is one "
        "of yours or of a partner. Delete the connection otherwise.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
