package dev.understudy.cli;

import java.util.Collection;
import java.util.List;

/// What a command's exit means. If several apply, the first in [#ORDER] wins.
enum ExitCode {
    GO(0, "GO"),
    NO_GO(1, "NO_GO: a rule, a budget or the data speaks against it"),
    USAGE(2, "usage or scenario error"),
    INCONCLUSIVE(3, "INCONCLUSIVE: too little is known"),
    ENVIRONMENT(4, "the environment does not allow it"),
    LEFT_BEHIND(5, "the shadow could not be removed entirely; what is left is listed"),
    BUG(70, "a bug in the tool"),
    INTERRUPTED(130, "interrupted, shadow removed");

    private static final List<ExitCode> ORDER =
            List.of(BUG, INTERRUPTED, LEFT_BEHIND, ENVIRONMENT, USAGE, NO_GO, INCONCLUSIVE, GO);

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }

    /// The one that stands for all; GO for none.
    static ExitCode worst(Collection<ExitCode> all) {
        return ORDER.stream().filter(all::contains).findFirst().orElse(GO);
    }
}
