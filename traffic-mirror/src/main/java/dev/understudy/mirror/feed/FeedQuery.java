package dev.understudy.mirror.feed;

import dev.understudy.mirror.MirrorTerms;
import dev.understudy.mirror.message.Target;
import dev.understudy.scenario.Traffic.Redaction;
import dev.understudy.scenario.Traffic.SessionKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The query of a subscription:
/// `sample=0.2&by=cookie:session&redact=header:authorization&redact=json:/card/number&salt=…&idle=10s`.
///
/// @param idle how long the subscriber may take nothing before it is given up
public record FeedQuery(MirrorTerms terms, Duration idle) {
    /// What a subscriber may take nothing for, if it doesn't say.
    public static final Duration USUAL_IDLE = Duration.ofSeconds(10);

    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(ms|s|m)");

    /// @throws IllegalArgumentException unless `idle` is from 100 ms to 10 min
    public FeedQuery {
        if (idle.compareTo(Duration.ofMillis(100)) < 0 || idle.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("idle must be from 100ms to 10m, not " + idle.toMillis() + "ms");
        }
    }

    /// The target with which to subscribe.
    public String target() {
        StringBuilder target = new StringBuilder("/feed?sample=").append(terms.sample());
        terms.by().ifPresent(key -> add(target, "by", word(key.where()) + ":" + key.name()));
        terms.redact().forEach(rule -> add(target, "redact", word(rule.kind()) + ":" + rule.name()));
        add(target, "salt", terms.salt());
        add(target, "idle", idle.toMillis() + "ms");
        return target.toString();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void add(StringBuilder target, String name, String value) {
        target.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /// What a target asks for. @throws IllegalArgumentException naming the parameter that can't be understood
    public static FeedQuery parse(String target) {
        double sample = 1;
        Optional<SessionKey> by = Optional.empty();
        List<Redaction> redact = new ArrayList<>();
        String salt = "";
        Duration idle = USUAL_IDLE;
        for (String[] parameter : parameters(target)) {
            String value = parameter[1];
            switch (parameter[0]) {
                case "sample" -> sample = share(value);
                case "by" -> by = Optional.of(sessionKey(value));
                case "redact" -> redact.add(redaction(value));
                case "salt" -> salt = value;
                case "idle" -> idle = time(value);
                default -> throw new IllegalArgumentException("unknown parameter '" + parameter[0] + "'");
            }
        }
        return new FeedQuery(new MirrorTerms(sample, by, redact, salt), idle);
    }

    private static List<String[]> parameters(String target) {
        List<String[]> parameters = new ArrayList<>();
        Target.of(target).map((spot, value) -> {
            if (spot.kind() == dev.understudy.mirror.message.Spot.Kind.QUERY) {
                parameters.add(new String[] {spot.name(), value});
            }
            return value;
        });
        return parameters;
    }

    private static double share(String value) {
        try {
            double share = Double.parseDouble(value);
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new IllegalArgumentException("sample must be above 0 and at most 1, not '" + value + "'");
    }

    private static SessionKey sessionKey(String value) {
        String name = value.substring(value.indexOf(':') + 1);
        if (!name.isEmpty() && value.startsWith("cookie:")) {
            return new SessionKey(SessionKey.Where.COOKIE, name);
        }
        if (!name.isEmpty() && value.startsWith("header:")) {
            return new SessionKey(SessionKey.Where.HEADER, name);
        }
        throw new IllegalArgumentException("by must be cookie:NAME or header:NAME, not '" + value + "'");
    }

    private static Redaction redaction(String value) {
        for (Redaction.Kind kind : Redaction.Kind.values()) {
            String prefix = word(kind) + ":";
            if (value.startsWith(prefix)) {
                String name = value.substring(prefix.length());
                boolean good = kind == Redaction.Kind.JSON ? name.startsWith("/") : !name.isEmpty();
                if (good) {
                    return new Redaction(kind, name);
                }
            }
        }
        throw new IllegalArgumentException(
                "redact must be header:NAME, cookie:NAME, query:NAME or json:/POINTER, not '" + value + "'");
    }

    private static Duration time(String value) {
        Matcher time = TIME.matcher(value);
        if (!time.matches()) {
            throw new IllegalArgumentException("idle must be a time such as 10s, not '" + value + "'");
        }
        long count = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
        };
    }
}
