#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include <boost/json.hpp>

#include "collect/aws/client.h"

/// Private to the module: the organization with its tree and policies, which no single call tells.
namespace portolan::collect::aws {

/// Walks an organization and puts together the one document that readers of policies want:
/// `{"Organization", "Roots": [those of list-roots], "Targets": [{"Id", "ParentId",
/// "ServiceControlPolicies", "ResourceControlPolicies"}], "Policies": [those of describe-policy],
/// "ResourcePolicy": that of describe-resource-policy, null if there is none}`;
/// of an account without organization `{"Organization": null}`. If a part of the tree cannot be
/// read there are no targets, for a policy that nobody knows of may deny anything; a policy whose
/// text cannot be read is missing from the list, though targets name it.
///
/// Only the management account, or one that it delegated to, may read the tree. Others are not
/// asked for more than who they belong to, unless the user wants the organization.
/// SOURCE: AWS Organizations API Reference, "ListRoots", "ListTargetsForPolicy".
class OrganizationWalk {
 public:
  /// Asks a call with more parameters; the answer may come at once or later.
  using Ask = std::function<void(const Call&, Parameters, std::function<void(Answer)>)>;
  struct Found {
    boost::json::object document;  // empty if nothing is known
    std::size_t items = 0;
    Outcome outcome = Outcome::Collected;
    std::string code;  // of what was refused or failed first
    std::string message;
  };
  using Done = std::function<void(Found)>;

  /// `account` is the caller's. The walk must live until `done` is called, once.
  OrganizationWalk(Ask ask, Done done, std::string account, bool is_asked_for);
  void start();

 private:
  struct Target {
    std::string parent;
    bool is_listed = false;  // in the tree: who says what hangs where may answer before
    std::map<std::string, boost::json::array> policies;  // ids, by the member they go to
  };

  void take_organization(Answer answer);
  void ask(std::string_view action, Parameters more, std::function<void(Answer)> take);
  /// False if it was there before.
  bool list(const std::string& id, const std::string& parent);
  void ask_delegation();
  void take_root(const boost::json::object& root);
  void list_below(const std::string& parent);
  void list_policies(std::string_view type, std::string_view member);
  void list_targets(const std::string& policy, const std::string& member);
  void note(const Answer& answer);
  void finish_if_done();
  [[nodiscard]] boost::json::object document() const;

  Ask ask_;
  Done done_;
  std::string account_;
  bool is_asked_for_;
  boost::json::value organization_;
  boost::json::array roots_;
  std::map<std::string, Target> targets_;  // by id
  boost::json::array policies_;
  std::optional<boost::json::value> delegation_;  // null: nothing is delegated
  std::size_t waiting_ = 0;
  bool is_tree_whole_ = true;
  Found found_;
};

}  // namespace portolan::collect::aws
