#pragma once

/// Private to the module.
namespace portolan::collect::aws {

/// The memory of this process holds keys from now on: it leaves no core file, neither in a folder
/// nor through a pipe to a handler, and no other process of the user may look into it.
void forbid_core_file();

}  // namespace portolan::collect::aws
