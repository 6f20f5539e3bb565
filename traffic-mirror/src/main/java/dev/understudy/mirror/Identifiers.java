package dev.understudy.mirror;

import java.util.regex.Pattern;

/// What values look like that name a thing. Words, amounts, times and sentences do not.
public final class Identifiers {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern HEX = Pattern.compile("(?=[^0-9]*[0-9])[0-9a-fA-F]{8,}");
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z]{32,}");
    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?|[0-9]{1,2}:[0-9]{2}.*");
    private static final Pattern FRACTION = Pattern.compile("-?[0-9]+\\.[0-9]+([eE].*)?|-[0-9]+");
    private static final int UUID_LENGTH = 36;
    private static final int SHORTEST_HEX = 8;
    private static final int SHORTEST_TOKEN = 32;
    private static final int MOST_DIGITS = 40;
    private static final int LONGEST = 2_048;

    private Identifiers() {}

    /// Whether a path segment names one of many things: digits, a UUID, or 8 and more hex digits.
    public static boolean isSegment(String segment) {
        if (segment.length() != UUID_LENGTH && !hasDigit(segment)) {
            return false;
        }
        return isNumber(segment)
                || (segment.length() == UUID_LENGTH && UUID.matcher(segment).matches())
                || (segment.length() >= SHORTEST_HEX && HEX.matcher(segment).matches());
    }

    /// Whether a value could be an identifier: a digit in it (or 32 letters and more in a row, as tokens have), no
    /// white space, not an ISO date or time, not a fraction or negative number, at most 2,048 characters. Without
    /// a digit `inProgress` and `notStarted` are states, not names of things, however long they are.
    public static boolean isPossible(String value) {
        if (value.length() > LONGEST || hasSpace(value)) {
            return false;
        }
        return hasDigit(value)
                ? !TIME.matcher(value).matches() && !FRACTION.matcher(value).matches()
                : value.length() >= SHORTEST_TOKEN && LETTERS.matcher(value).matches();
    }

    /// Whether a possible identifier is so long that it means the same wherever it stands: 8 characters and
    /// more, or 9 digits and more. `17` may be an order here and a quantity there.
    public static boolean isDistinctive(String value) {
        return value.length() >= 9 || (value.length() == 8 && !isNumber(value));
    }

    // plain loops: this is asked of every value of every answer
    private static boolean isNumber(String value) {
        if (value.isEmpty() || value.length() > MOST_DIGITS) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isDigit(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasDigit(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (isDigit(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasSpace(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isWhitespace(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
