package dev.understudy.promql.series;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A regular expression in RE2 syntax that has to match a whole value, as everywhere in Prometheus.
/// Matching takes time linear in the value. Immutable.
public final class AnchoredPattern {
    private static final int LONGEST = 10_000;

    private final Pattern pattern;

    private AnchoredPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// @throws IllegalArgumentException if `regex` is no RE2 expression or longer than 10,000 characters;
    ///     says why
    public static AnchoredPattern of(String regex) {
        if (regex.length() > LONGEST) {
            throw new IllegalArgumentException("regular expression longer than " + LONGEST + " characters");
        }
        try {
            return new AnchoredPattern(Pattern.compile(regex, Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "bad regular expression '" + regex + "': " + e.getDescription() + " (RE2 syntax)", e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("regular expression nested too deep", e);
        }
    }

    /// Whether the whole of `value` matches.
    public boolean matches(String value) {
        return pattern.matches(value);
    }

    /// `template` with `$1`, `${1}`, `$name` and `$$` filled in from the groups of `value`; empty if
    /// `value` does not match. A group that isn't there is the empty text (Go's `Regexp.Expand`).
    public Optional<String> expand(String value, String template) {
        Matcher matcher = pattern.matcher(value);
        return matcher.matches() ? Optional.of(filled(template, matcher)) : Optional.empty();
    }

    private String filled(String template, Matcher matcher) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c != '$' || at + 1 == template.length()) {
                text.append(c);
                at++;
            } else if (template.charAt(at + 1) == '$') {
                text.append('$');
                at += 2;
            } else {
                at = reference(template, at + 1, matcher, text);
            }
        }
        return text.toString();
    }

    private int reference(String template, int from, Matcher matcher, StringBuilder text) {
        boolean braced = template.charAt(from) == '{';
        int start = braced ? from + 1 : from;
        int end = start;
        while (end < template.length() && isWord(template.charAt(end))) {
            end++;
        }
        boolean whole = end > start && (!braced || (end < template.length() && template.charAt(end) == '}'));
        if (!whole) {
            text.append('$');
            return from;
        }
        text.append(group(template.substring(start, end), matcher));
        return braced ? end + 1 : end;
    }

    private String group(String name, Matcher matcher) {
        @Nullable
        Integer number = name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 5
                ? Integer.valueOf(name)
                : pattern.namedGroups().get(name);
        if (number == null || number > matcher.groupCount()) {
            return "";
        }
        @Nullable String found = matcher.group(number);
        return found == null ? "" : found;
    }

    private static boolean isWord(char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
