package dev.understudy.report;

/// One thing that was held against its limit, as a test case: its name, how it came out, and why.
record Check(String name, State state, String type, String message) {

    /// As JUnit counts them.
    enum State {
        PASSED,
        FAILED,
        ERROR,
        SKIPPED
    }

    static Check passed(String name, String message) {
        return new Check(name, State.PASSED, "", message);
    }

    static Check failed(String name, String type, String message) {
        return new Check(name, State.FAILED, type, message);
    }

    static Check error(String name, String type, String message) {
        return new Check(name, State.ERROR, type, message);
    }

    static Check skipped(String name, String message) {
        return new Check(name, State.SKIPPED, "", message);
    }

    /// The same, but not held against a run whose verdict is GO: the judge has already weighed it.
    Check forgiven() {
        return state == State.FAILED || state == State.ERROR ? passed(name, message) : this;
    }
}
