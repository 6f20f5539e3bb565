package dev.understudy.scenario.grammar;

import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.Shortened;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `service/path` and notes that the service is named: it must run and speak HTTP.
final class Routes {
    private static final Pattern ROUTE = Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,62})(/\\S*)");

    private final Reading reading;

    Routes(Reading reading) {
        this.reading = reading;
    }

    /// A service and a path on it; both `""` where there is none.
    record Route(String service, String path) {}

    Route read(Node node, String what) {
        return read(node, what, reading.values().text(node, what));
    }

    /// The same for a piece of a text.
    Route read(Node node, String what, String text) {
        Matcher matcher = ROUTE.matcher(text);
        if (matcher.matches()) {
            reading.service(node.place(), matcher.group(1), Mention.Trait.HTTP, Mention.Trait.RUNS);
            return new Route(matcher.group(1), matcher.group(2));
        }
        if (!text.isEmpty()) {
            reading.findings()
                    .add(
                            node.place(),
                            what + " must be SERVICE/PATH, not '" + Shortened.of(text) + "'",
                            "Write for example gateway/admin/drain.");
        }
        return new Route("", "");
    }
}
