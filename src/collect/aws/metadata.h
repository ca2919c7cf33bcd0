#pragma once

#include "collect/aws/session.h"

/// Private to the module: the credentials that a machine has by being in AWS.
namespace portolan::collect::aws {

/// Of a container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or …_FULL_URI. Error `no_credentials`.
Result<Credentials> from_container();
/// Of an instance, by version 2 of its metadata service alone. Error `no_credentials`.
Result<Credentials> from_instance();

}  // namespace portolan::collect::aws
