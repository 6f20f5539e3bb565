package dev.understudy.scenario;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hides secrets in commands and texts before they are recorded or shown: the one place that decides what
/// looks like a secret. Pure and thread-safe.
///
/// Hidden are the values of names with password, secret, token, credential or key in them
/// (`--password=x`, `--password x`, `-Dapi.token=x`, `"key": "x"`, `Authorization: x`) and who logs in at a
/// URL (`https://user:x@host`). A hidden value becomes `#` and the first eight hex digits of its SHA-256, so
/// that two of them can be told apart; `${…}` references stay, and so does what is hidden already. In doubt
/// more is hidden. A secret that nothing names (a bare argument) can't be seen: it belongs into a variable.
public final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[A-Za-z0-9_-]+(\\.[A-Za-z0-9_]+)?}");
    private static final Pattern HIDDEN = Pattern.compile("(#[0-9a-f]{8}|\\$\\{[A-Za-z0-9_-]+(\\.[A-Za-z0-9_]+)?})+");
    /// The short words only where they end: `apiKey` and `DB_PASS`, but no `keyboard` and no `author`.
    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i:passw|passphrase|secret|token|credential|authorization)" + "|(?i:keys?|pwd|pass|auth)(?![a-z])");

    // Every repetition begins at one place or is bounded: texts may be long and hostile.
    private static final Pattern LOGIN =
            Pattern.compile("(://)([^\\s\"'@/:]{0,999}+:[^\\s\"'@]{0,999}+|[^\\s\"'@/]{1,999}+)(?=@)");
    private static final String NAME = "(?<![A-Za-z0-9_.-])([A-Za-z0-9_.-]++)";
    private static final Pattern NAMED = Pattern.compile(NAME + "(\\s?=\\s?|[\"']\\s{0,9}:\\s{0,9}|:\\s{1,9})");
    private static final Pattern VALUE = Pattern.compile("\"[^\"]*+\"?|'[^']*+'?|[^\\s\"']++");
    private static final Pattern HEADER = Pattern.compile("(?i)((?:authorization|cookie)\\s?:\\s?)([^\"'\\r\\n]++)");

    private static final Pattern ARGUMENT = Pattern.compile("([A-Za-z0-9_./-]++)(=|:\\s)(.*)", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][A-Za-z0-9_.-]*");
    private static final Pattern LOGIN_OPTION = Pattern.compile("-u|--user|--proxy-user");
    /// What stands behind it is cut into words by a shell.
    private static final String SCRIPT = "-c";

    private static final int SHOWN_BYTES = 4;

    private Secrets() {}

    /// A command with the secrets in it hidden, as many words as before.
    public static List<String> hiddenIn(List<String> command) {
        List<String> shown = new ArrayList<>();
        String before = "";
        for (String word : command) {
            shown.add(isValueOf(before, word) ? hidden(word) : before.equals(SCRIPT) ? hiddenIn(word) : word(word));
            before = word;
        }
        return List.copyOf(shown);
    }

    /// A command as one would type it, with the secrets in it hidden.
    public static String typed(List<String> command) {
        return String.join(" ", hiddenIn(command));
    }

    /// A text with the secrets in it hidden.
    public static String hiddenIn(String text) {
        String headers = HEADER.matcher(text).replaceAll(found -> quoted(found.group(1) + hidden(found.group(2))));
        return LOGIN.matcher(hiddenValues(headers))
                .replaceAll(found -> quoted(found.group(1) + hidden(found.group(2))));
    }

    private static String hiddenValues(String text) {
        StringBuilder out = new StringBuilder();
        Matcher name = NAMED.matcher(text);
        Matcher value = VALUE.matcher(text);
        int at = 0;
        while (at < text.length() && name.find(at)) {
            out.append(text, at, name.end());
            at = name.end();
            if (isSecret(name.group(1)) && value.region(at, text.length()).lookingAt()) {
                out.append(unquoted(value.group(), Secrets::hidden));
                at = value.end();
            }
        }
        return out.append(text.substring(at)).toString();
    }

    /// A value that is a secret, hidden: `jdbc:${db.address}/shop` becomes `#0f3c…${db.address}#9a1b…`.
    public static String hidden(String value) {
        if (HIDDEN.matcher(value).matches()) {
            return value;
        }
        StringBuilder out = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(value);
        int at = 0;
        while (matcher.find()) {
            out.append(digest(value.substring(at, matcher.start()))).append(matcher.group());
            at = matcher.end();
        }
        return out.append(digest(value.substring(at))).toString();
    }

    private static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    /// `--password` and the like, when the value is a word of its own.
    private static boolean isValueOf(String option, String word) {
        boolean takesSecret = OPTION.matcher(option).matches() && isSecret(option) && !word.startsWith("-");
        return takesSecret || (LOGIN_OPTION.matcher(option).matches() && word.contains(":"));
    }

    /// One word: no shell cuts it, so all behind a secret's name is its value.
    private static String word(String word) {
        Matcher argument = ARGUMENT.matcher(word);
        return argument.matches() && isSecret(argument.group(1))
                ? argument.group(1) + argument.group(2) + hidden(argument.group(3))
                : hiddenIn(word);
    }

    /// Changes what stands between quotes, or all.
    private static String unquoted(String value, UnaryOperator<String> change) {
        char first = value.charAt(0);
        if (first != '"' && first != '\'') {
            return change.apply(value);
        }
        boolean isClosed = value.length() > 1 && value.charAt(value.length() - 1) == first;
        String end = isClosed ? String.valueOf(first) : "";
        return first + change.apply(value.substring(1, value.length() - end.length())) + end;
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }

    private static String digest(String literal) {
        if (literal.isEmpty()) {
            return "";
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(literal.getBytes(StandardCharsets.UTF_8));
            return "#" + HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
