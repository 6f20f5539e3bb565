package dev.understudy.runtime.docker.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a thing that is made is for: part of an arm, and which part.
///
/// @param arm the arm's name, or a word for what belongs to none
/// @param role as `service`, `link`, `data`
public record Mark(String arm, String role) {
    /// The label whose value is the run.
    public static final String RUN = "dev.understudy.run";
    /// The label whose value is the arm.
    public static final String ARM = "dev.understudy.arm";
    /// The label whose value is the role.
    public static final String ROLE = "dev.understudy.role";
    /// The label of a volume whose value is when it was made.
    static final String MADE = "dev.understudy.made";

    Map<String, String> labels(String run) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(RUN, run);
        labels.put(ARM, arm);
        labels.put(ROLE, role);
        return labels;
    }
}
