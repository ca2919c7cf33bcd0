#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "collect/aws/profile.h"
#include "collect/aws/request.h"
#include "collect/aws/session.h"

/// Private to the module: credentials, where the AWS CLI finds them and in its order.
namespace portolan::collect::aws {

/// Error `no_credentials` if there are none, with what was tried; `not_signed_in` if a sign-in has
/// run out. No secret is ever part of a message.
Result<Credentials> find_credentials(const Setup& setup);

struct Role {
  std::string arn;
  std::string session_name = "portolan";
  std::string external_id;
  std::string duration_s;
  std::string mfa_serial;  // a code of this device is asked for
};

/// What AssumeRole is asked with. Error `no_mfa_code`.
Result<Parameters> role_parameters(const Role& role);
/// The keys in an answer of AssumeRole and its kin. Error `bad_credentials`.
Result<Credentials> role_credentials(const boost::json::object& answer);
/// Asks and waits, again where AWS is busy, until `HttpOptions::is_stopped`. Error
/// `role_not_assumed`, `no_mfa_code`.
Result<Credentials> assume_role(const Setup& setup, const Keys& keys, const Role& role);

/// What a credential process, a container or an instance prints. Error `bad_credentials`.
Result<Credentials> parse_credentials(std::string_view json);

}  // namespace portolan::collect::aws
