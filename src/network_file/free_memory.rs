/// Bytes of memory that programs may still take; `None` where the system does not say it.
pub(super) fn free_memory() -> Option<u64> {
    // Linux alone keeps it in a file.
    available(&std::fs::read_to_string("/proc/meminfo").ok()?)
}

fn available(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_available_is_found_among_the_others() {
        let meminfo = "MemTotal:       16384000 kB\nMemFree:         1000 kB\nMemAvailable:    8192 kB\n";
        assert_eq!(available(meminfo), Some(8 << 20));
        assert_eq!(available("MemTotal: 5 kB\n"), None);
    }
}
