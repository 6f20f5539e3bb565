package dev.understudy.runtime;

import dev.understudy.scenario.Template;
import java.util.Map;

/// What an instance runs: a version of its service and environment values that override the declared ones.
public record Release(String version, Map<String, Template> settings) {
    public Release {
        settings = Map.copyOf(settings);
    }

    /// A version as declared.
    public static Release of(String version) {
        return new Release(version, Map.of());
    }
}
