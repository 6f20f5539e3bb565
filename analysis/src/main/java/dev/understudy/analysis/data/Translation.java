package dev.understudy.analysis.data;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Says what a value of the control should read in the candidate, and whether two cells say the same.
final class Translation {
    private static final Pattern TOKEN =
            Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[A-Za-z0-9]+");
    private static final Pattern TIME = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d(?::?\\d\\d)?)?");
    private static final String SOME_TIME = "<time>";
    private static final String NO_COUNTERPART = "<of the control only>";

    private final Correspondence learnt;

    Translation(Correspondence learnt) {
        this.learnt = learnt;
    }

    /// A part of a value that identifies something: `17` of the path `orders/17.json` is an order.
    record Identity(List<String> subjects, String value) {}

    /// What the cell identifies; for a path each token that isn't a mere word.
    static List<Identity> identities(Column column, @Nullable String value) {
        if (value == null || !(column.identifies() || column.isPath())) {
            return List.of();
        }
        if (!column.isPath()) {
            return List.of(new Identity(column.subjects(), value));
        }
        List<String> tokens =
                TOKEN.matcher(value).results().map(MatchResult::group).toList();
        return java.util.stream.IntStream.range(1, tokens.size())
                .filter(i -> isSerial(tokens.get(i)))
                .mapToObj(i -> new Identity(List.of(Naming.subject(tokens.get(i - 1))), tokens.get(i)))
                .toList();
    }

    /// Whether somebody saw which value of the other arm stands for this one.
    boolean isKnown(Column column, @Nullable String value, boolean ofControl) {
        List<Identity> identities = identities(column, value);
        return !identities.isEmpty()
                && identities.stream()
                        .allMatch(identity -> counterpart(identity, ofControl).isPresent());
    }

    private Optional<String> counterpart(Identity identity, boolean ofControl) {
        return ofControl
                ? learnt.candidateFor(identity.subjects(), identity.value())
                : learnt.controlFor(identity.subjects(), identity.value());
    }

    /// What the candidate should hold where the control holds `value`.
    @Nullable
    String expected(Column column, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (column.identifies()) {
            return learnt.candidateFor(column.subjects(), value).orElseGet(() -> itself(column.subjects(), value));
        }
        return JsonLeaves.parse(value).map(this::json).orElseGet(() -> text(value));
    }

    // what nobody saw keeps its name, unless that is the candidate's name of something else
    private String itself(List<String> subjects, String value) {
        boolean isTaken = learnt.controlFor(subjects, value)
                .filter(other -> !other.equals(value))
                .isPresent();
        return isTaken ? NO_COUNTERPART + value : value;
    }

    private String json(JsonNode node) {
        StringBuilder all = new StringBuilder();
        for (JsonLeaves.Leaf leaf : JsonLeaves.of(node)) {
            all.append(leaf.pointer()).append('=').append(expected(leaf, "")).append('\n');
        }
        return all.toString();
    }

    /// What the candidate's answer should hold where the control's holds this leaf.
    ///
    /// @param resource what the path of the request is about
    String expected(JsonLeaves.Leaf leaf, String resource) {
        Carried carried = leaf.carriedIn(resource);
        return carried.identifies() && !carried.subject().isEmpty()
                ? learnt.candidateFor(List.of(carried.subject()), leaf.value()).orElse(leaf.value())
                : text(leaf.value());
    }

    // a number alone is a quantity and never translated; one behind a word is what the word names
    private String text(String value) {
        if (Looks.isNumber(value) || Looks.moment(value).isPresent()) {
            return value;
        }
        if (Looks.isOpaque(value)) {
            return learnt.candidateFor(List.of(), value).orElse(value);
        }
        StringBuilder translated = new StringBuilder();
        String before = "";
        var tokens = TOKEN.matcher(value);
        int copied = 0;
        while (tokens.find()) {
            String token = tokens.group();
            List<String> subjects = isSerial(token) && !before.isEmpty() ? List.of(Naming.subject(before)) : List.of();
            translated.append(value, copied, tokens.start());
            translated.append(
                    isSerial(token) ? learnt.candidateFor(subjects, token).orElse(token) : token);
            copied = tokens.end();
            before = token;
        }
        return translated.append(value, copied, value.length()).toString();
    }

    /// Whether a text can be a made-up identifier: a number, or something opaque.
    static boolean isSerial(String text) {
        return Looks.isOpaque(text) || (!text.isEmpty() && text.chars().allMatch(Character::isDigit));
    }

    /// Whether the candidate's cell says what the control's says. A missing value is never the same as a
    /// present one, not even in a noisy column.
    boolean isSame(Column column, @Nullable String control, @Nullable String candidate) {
        if (control == null || candidate == null) {
            return control == null && candidate == null;
        }
        if (column.noisy()
                || (!column.reference() && control.equals(candidate))
                || Looks.isSameMoment(control, candidate)) {
            return true;
        }
        return blurred(column, control, true).equals(blurred(column, candidate, false));
    }

    /// A cell without what differs between arms by nature: its control side translated, times blanked,
    /// noise gone.
    String blurred(Column column, @Nullable String value, boolean ofControl) {
        if (value == null) {
            return "<none>";
        }
        if (column.noisy()) {
            return "<any>";
        }
        if (Looks.moment(value).isPresent()) {
            return SOME_TIME;
        }
        String shown = ofControl ? java.util.Objects.requireNonNull(expected(column, value)) : flat(column, value);
        return TIME.matcher(shown).replaceAll(SOME_TIME);
    }

    private static String flat(Column column, String value) {
        if (column.identifies()) {
            return value;
        }
        return JsonLeaves.parse(value)
                .map(node -> {
                    StringBuilder all = new StringBuilder();
                    JsonLeaves.of(node)
                            .forEach(leaf -> all.append(leaf.pointer())
                                    .append('=')
                                    .append(leaf.value())
                                    .append('\n'));
                    return all.toString();
                })
                .orElse(value);
    }
}
