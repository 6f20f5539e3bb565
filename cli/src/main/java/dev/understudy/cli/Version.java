package dev.understudy.cli;

/// What this build calls itself.
final class Version {
    static final String TEXT = "understudy 0.1.0";

    private Version() {}
}
