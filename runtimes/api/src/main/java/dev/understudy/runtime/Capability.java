package dev.understudy.runtime;

/// What a runtime may or may not be able to do on this host. A scenario that needs what is missing fails before
/// anything is touched.
public enum Capability {
    /// Arms without a route to anything but themselves, with pids and files of live out of reach.
    ENFORCED_ISOLATION,
    /// Links can delay.
    LINK_DELAY,
    /// Links can refuse and reset.
    LINK_REFUSE,
    /// HTTP links can hold or answer some of the requests.
    LINK_HTTP,
    /// Processes can be killed.
    PROCESS_KILL,
    /// Processes can be stopped for a while and go on.
    PROCESS_PAUSE,
    /// Measurements can be withheld from the rules.
    METRIC_STREAM,
    /// SQL can be run and tables listed.
    SQL,
    /// Programs can be run inside an arm.
    EXECUTE
}
