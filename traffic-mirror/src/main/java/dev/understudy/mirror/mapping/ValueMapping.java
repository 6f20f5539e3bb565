package dev.understudy.mirror.mapping;

import dev.understudy.mirror.Identifiers;
import dev.understudy.mirror.mapping.AnswerValues.Found;
import dev.understudy.mirror.mapping.LearntValues.Evidence;
import dev.understudy.mirror.message.Cookies;
import dev.understudy.mirror.message.Headers;
import dev.understudy.mirror.message.MessageValues;
import dev.understudy.mirror.message.Spot;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/// What one session knows in one arm: live created order 17 where the arm created order 9, so later requests
/// of the session have to say 9. One instance for each session and arm; thread-safe, no clock, no chance.
///
/// **What is learnt.** Live's answer and the arm's answer to the same request, if their statuses are of the same
/// class, are laid side by side: JSON leaves at the same pointer, cookies of the same name, path segments and
/// query values of `Location` and of URLs in JSON, `ETag`. Only values that look like identifiers count (see
/// [Identifiers]); words, booleans, fractions, dates and times never do. A short value such
/// as `17` counts only where its name says what it is (`id`, `orderId`, `order` below `/orders`), and is rewritten
/// only where the same kind of thing stands (`/orders/17`, `orderId`), never as a quantity. A distinctive value
/// is rewritten wherever it stands as a whole. Equal values are knowledge too: they are not rewritten. A read that
/// both answer alike teaches nothing. Lists teach
/// only if they are equally long and nothing known shows that their orders differ, and never against what a write
/// has taught.
///
/// **A recording without answers** teaches nothing of that; then a cookie that the arm gave replaces the
/// recorded cookie of the same name.
public final class ValueMapping {
    private static final int MOST_ORPHANS = 2_000;
    private static final List<String> TELLING = List.of("location", "set-cookie", "etag", "content-encoding");
    private static final Pattern INDEX = Pattern.compile("]/[0-9]+");

    private final LearntValues learnt = new LearntValues();
    private final Map<String, String> jar = new HashMap<>();
    private final Map<String, Set<String>> orphans = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
            return size() > MOST_ORPHANS;
        }
    };

    /// The request as this arm has to get it; `Content-Length` is corrected.
    public synchronized Request rewrite(Request live) {
        return MessageValues.map(live, (spot, value) -> rewritten(spot, value, live));
    }

    private String rewritten(Spot spot, String value, Request request) {
        var pair = learnt.find(value, Kinds.at(spot, request));
        if (pair.isPresent()) {
            return pair.get().arm();
        }
        if (spot.kind() == Spot.Kind.COOKIE) {
            return jar.getOrDefault(spot.name(), value);
        }
        int space = spot.kind() == Spot.Kind.HEADER ? value.lastIndexOf(' ') : -1;
        return space < 0 ? value : value.substring(0, space + 1) + rewritten(spot, value.substring(space + 1), request);
    }

    /// Takes in what live and this arm answered to one request.
    public synchronized void learn(LiveAnswer said, Answer arm) {
        LiveExchange live = said.exchange();
        if (!(arm instanceof Answer.Answered answered)) {
            return;
        }
        if (live.status().isEmpty()) {
            rememberCookies(live, answered);
            return;
        }
        if (live.status().getAsInt() / 100 != answered.status() / 100) {
            return;
        }
        if (live.request().isSafe() && saysTheSame(live, answered)) {
            return;
        }
        Map<String, Found> theirs = said.values();
        Map<String, Found> ours = AnswerValues.of(live.request(), answered.headers(), answered.body());
        Set<String> shuffled = shuffledLists(theirs, ours);
        theirs.forEach((spot, found) -> {
            Found other = ours.get(spot);
            if (other != null && !(found.listed() && shuffled.contains(list(spot)))) {
                Pair pair = new Pair(found.value(), other.value(), found.name(), found.pointer(), found.collection());
                learnt.put(pair, found.kinds(), evidence(live.request(), found));
            }
        });
    }

    // nothing to translate, and most reads are like that
    private static boolean saysTheSame(LiveExchange live, Answer.Answered answered) {
        return Arrays.equals(live.answerBody(), answered.body())
                && TELLING.stream()
                        .allMatch(name -> Headers.all(live.answerHeaders(), name)
                                .toList()
                                .equals(Headers.all(answered.headers(), name).toList()));
    }

    /// Lists whose elements stand in another order in the arm, as far as can be told: what is known to belong
    /// together stands at different places. Concurrent sessions do that.
    private Set<String> shuffledLists(Map<String, Found> theirs, Map<String, Found> ours) {
        Map<String, Set<String>> armValues = new HashMap<>();
        ours.forEach((spot, found) ->
                armValues.computeIfAbsent(list(spot), list -> new HashSet<>()).add(found.value()));
        Set<String> shuffled = new HashSet<>();
        theirs.forEach((spot, found) -> {
            Found other = ours.get(spot);
            if (found.listed() && other != null) {
                String expected =
                        learnt.find(found.value(), found.kinds()).map(Pair::arm).orElse(found.value());
                if (!expected.equals(other.value())
                        && armValues.getOrDefault(list(spot), Set.of()).contains(expected)) {
                    shuffled.add(list(spot));
                }
            }
        });
        return shuffled;
    }

    private static String list(String spot) {
        return INDEX.matcher(spot).replaceAll("]/*");
    }

    private static Evidence evidence(Request request, Found found) {
        if (found.listed()) {
            return Evidence.LIST;
        }
        boolean given = found.pointer().equals("set-cookie");
        return given || !request.isSafe() ? Evidence.WRITE : Evidence.READ;
    }

    private void rememberCookies(LiveExchange live, Answer.Answered answered) {
        AnswerValues.of(live.request(), answered.headers(), new byte[0]).values().stream()
                .filter(found -> found.pointer().equals("set-cookie"))
                .forEach(found -> Cookies.given(answered.headers(), found.name())
                        .ifPresent(value -> jar.put(found.name(), value)));
    }

    /// Notes that the arm refused what live took: values that live's answer to a write brought up (they are in
    /// the answer and not in the request) exist in live only.
    public synchronized void orphan(LiveAnswer said) {
        LiveExchange live = said.exchange();
        if (live.request().isSafe()) {
            return;
        }
        Set<String> asked = new HashSet<>();
        MessageValues.map(live.request(), (spot, value) -> {
            asked.add(value);
            return value;
        });
        said.values().values().stream()
                .filter(found -> !asked.contains(found.value()))
                .filter(found -> learnt.find(found.value(), found.kinds()).isEmpty())
                .forEach(found -> orphans.computeIfAbsent(found.value(), value -> new HashSet<>())
                        .addAll(found.kinds()));
    }

    /// Whether a request mentions a value that exists in live only, because the arm refused the exchange that
    /// created it.
    public synchronized boolean dependsOnOrphan(Request live) {
        if (orphans.isEmpty()) {
            return false;
        }
        AtomicBoolean depends = new AtomicBoolean();
        MessageValues.map(live, (spot, value) -> {
            if (isOrphan(value, Kinds.at(spot, live))) {
                depends.set(true);
            }
            return value;
        });
        return depends.get();
    }

    private boolean isOrphan(String value, Set<String> kinds) {
        Set<String> orphan = orphans.get(value);
        return orphan != null
                && (Identifiers.isDistinctive(value) || orphan.stream().anyMatch(kinds::contains))
                && learnt.find(value, kinds).isEmpty();
    }

    /// Whether `value` is one of live's that was learnt, whatever it stands for; for
    /// [dev.understudy.mirror.Routes].
    public synchronized boolean knows(String value) {
        return learnt.knows(value);
    }

    /// Everything learnt, equal values included: the correspondence between live's rows and the arm's.
    public synchronized List<Pair> pairs() {
        return learnt.pairs();
    }
}
