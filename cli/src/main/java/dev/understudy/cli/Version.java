package dev.understudy.cli;

/// What this build calls itself.
final class Version {
    static final String NUMBER = "0.1.0";
    static final String TEXT = "understudy " + NUMBER;

    private Version() {}
}
