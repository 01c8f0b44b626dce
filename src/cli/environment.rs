//! What the process needs around it before an engine starts.

use std::io::{self, Write};
use std::panic;

/// How OpenMP's threads wait for the next parallel region.
const WAIT_POLICY: &str = "OMP_WAIT_POLICY";

/// Makes libtorch's threads sleep instead of spin while they wait.
///
/// GNU OpenMP's threads spin by default, and each parallel region then stalls
/// for about 8 ms whenever another process holds a core: a small model becomes
/// twenty times slower beside any other job. The library reads its environment
/// when it is loaded, before `main`; so the program starts itself once more. A
/// policy that the operator has set is left alone.
pub(super) fn ensure_passive_waiting() {
    #[cfg(all(unix, feature = "engine"))]
    {
        use std::env;
        use std::os::unix::process::CommandExt;

        if env::var_os(WAIT_POLICY).is_some() {
            return;
        }
        let Ok(program) = env::current_exe() else { return };
        let mut arguments = env::args_os();
        let mut command = std::process::Command::new(program);
        if let Some(name) = arguments.next() {
            command.arg0(name);
        }
        // `exec` returns only if it failed; then the program goes on, slower.
        let error = command.args(arguments).env(WAIT_POLICY, "PASSIVE").exec();
        tracing::warn!("could not set {WAIT_POLICY}=PASSIVE ({error}); translation may be slow");
    }
    #[cfg(not(all(unix, feature = "engine")))]
    let _ = WAIT_POLICY;
}

/// Keeps panics off the terminal. Those of the engines are caught and become
/// errors (see `model::engine`); any other is a fault of this program, and says so.
pub(super) fn install_panic_hook() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        if place.contains("tagesbrief") || place.starts_with("src/") {
            let _ = writeln!(
                io::stderr(),
                "error: tagesbrief met a fault of its own ({place}); please report it"
            );
        }
        tracing::debug!("{info}");
    }));
}
