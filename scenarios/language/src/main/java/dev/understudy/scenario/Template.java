package dev.understudy.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with references: `${x.address}`, `${x.host}`, `${x.port}` name service x, `${env.NAME}` a
/// variable of the environment of whoever runs the tool.
public record Template(String text) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9_-]+)\\.([A-Za-z0-9_]+)}");

    /// One `${service.property}` of a template, and its offset in the text.
    public record Reference(String of, String property, int offset) {
        /// Whether it names a variable of the tool's own environment.
        public boolean isEnvironment() {
            return of.equals("env");
        }
    }

    /// The references in order of appearance.
    public List<Reference> references() {
        List<Reference> found = new ArrayList<>();
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            found.add(new Reference(matcher.group(1), matcher.group(2), matcher.start()));
        }
        return List.copyOf(found);
    }

    /// The text with every reference replaced by what `resolve` says.
    public String resolve(Function<Reference, String> resolve) {
        Matcher matcher = REFERENCE.matcher(text);
        return matcher.replaceAll(found ->
                Matcher.quoteReplacement(resolve.apply(new Reference(found.group(1), found.group(2), found.start()))));
    }

    @Override
    public String toString() {
        return text;
    }
}
