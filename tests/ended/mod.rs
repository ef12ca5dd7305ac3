//! Commands of which it is seen that they end.

use std::process::{Child, Output};
use std::time::{Duration, Instant};

/// What becomes of a command, which must end: a guard against hanging, not a measure of speed.
pub fn ended(mut running: Child, command: &str) -> Output {
    let start = Instant::now();
    while running.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(30) {
            running.kill().unwrap();
            panic!("it does not end: {command}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    running.wait_with_output().unwrap()
}
