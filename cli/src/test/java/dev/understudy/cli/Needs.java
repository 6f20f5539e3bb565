package dev.understudy.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// What a test needs of the machine; where that is missing the test is skipped and says why. CI has all of it.
final class Needs {
    private Needs() {}

    /// The services of the notes are Perl programs: every Debian has one, and it starts in no time.
    static void perl() {
        program("perl");
    }

    static void program(String name) {
        // who runs the tests may lack a program that the tool itself does not need: no fault of the tool's
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", name)), "no " + name + " here");
    }

    /// Shadows run in namespaces of their own, which hosts refuse to ordinary users more often than not.
    static void namespaces() {
        root("namespaces");
    }

    /// @param why what nobody else may do
    static void root(String why) {
        // an ordinary user is tried in a test of its own, OrdinaryUserIT
        assumeTrue("root".equals(System.getProperty("user.name")), why + " needs root");
    }
}
