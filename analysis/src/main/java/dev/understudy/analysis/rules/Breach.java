package dev.understudy.analysis.rules;

import java.util.List;

/// The trigger fired. Immutable.
///
/// @param rules the ids of the rules that are broken in the candidate; empty if answers of one code did it
/// @param firstBadAt intended time of the first bad exchange behind it
/// @param shared whether the control breaks the very same rules at the same time
/// @param reason one line with numbers
public record Breach(List<String> rules, long firstBadAt, boolean shared, String reason) {
    public Breach {
        rules = List.copyOf(rules);
    }
}
