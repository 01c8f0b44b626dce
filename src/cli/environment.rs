//! What the process needs around it before an engine starts.

use std::env;
use std::io::{self, Write};
use std::panic;
use std::path::PathBuf;
use std::sync::OnceLock;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::pipeline::Stop;

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

/// Where the user's or the service's state goes.
pub(super) fn state_folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    // systemd joins several with colons; the first is as good as any.
    let service = set("STATE_DIRECTORY").and_then(|all| env::split_paths(&all).next());
    let user = || set("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || set("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    service.or_else(|| user().or_else(home).map(|state| state.join("tagesbrief")))
}

/// Names this very program: another build is another program, and may answer
/// otherwise. The file is read once; what takes its place later is not what runs.
pub(super) fn program_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    let hash = || -> io::Result<String> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(std::fs::File::open(env::current_exe()?)?)?;
        Ok(hasher.finalize().to_hex()[..16].to_owned())
    };
    HASH.get_or_init(|| {
        hash().unwrap_or_else(|error| {
            tracing::debug!("the program cannot be read ({error}); its version names it");
            env!("CARGO_PKG_VERSION").to_owned()
        })
    })
}

/// The most memory this process has had in use at a time, in bytes.
pub(super) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// The processor time of all threads of this process so far, in seconds; to a hundredth.
pub(super) fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name, in brackets, may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut ticks = fields.split_whitespace().skip(11).map(str::parse::<f64>);
    let (user, system) = (ticks.next()?.ok()?, ticks.next()?.ok()?);
    Some((user + system) / 100.0)
}

/// Lets SIGTERM and SIGINT end a run at the next batch; the second one ends it at
/// once.
pub(super) fn stop_on_signals() -> io::Result<Stop> {
    let stop = Stop::new();
    for signal in [SIGTERM, SIGINT] {
        flag::register_conditional_shutdown(signal, 3, stop.flag())?;
        flag::register(signal, stop.flag())?;
    }
    Ok(stop)
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
