package dev.understudy.analysis.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which value of the candidate stands for which value of the control, learnt from the two answers to the
/// same exchange: JSON leaves at the same place, `Location`, `Set-Cookie`. Kept by subject, because the
/// 17th order and the 17th payment have nothing in common; values that no person would choose (tokens)
/// count under any name. Only identifying values are learnt: learning that a stock of 5 means 4 would hide
/// a loss. Immutable.
final class Correspondence {
    private static final long CREATED = 100;
    private static final long SEEN = 10;
    private static final long LISTED = 1;
    private static final String ANY = "*";

    private final Map<String, Map<String, String>> bySubject;
    private final Map<String, Map<String, String>> backBySubject;

    private Correspondence(Map<String, Votes> votes) {
        bySubject = votes.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().agreed()));
        backBySubject = new HashMap<>();
        bySubject.forEach((subject, pairs) -> {
            Map<String, String> back = new HashMap<>();
            pairs.forEach((control, candidate) -> back.put(candidate, control));
            backBySubject.put(subject, back);
        });
    }

    /// Learns from every exchange that both arms acknowledged.
    @SuppressWarnings("ReferenceEquality") // equal bodies are one list, and comparing them would take as long as voting
    static Correspondence learn(WriteHistory history, Words words) {
        Map<String, Votes> votes = new HashMap<>();
        IdentityHashMap<List<Carried>, Long> alike = new IdentityHashMap<>();
        history.exchanges().stream()
                .filter(PairedExchange::isAcknowledgedByBoth)
                .forEach(exchange -> {
                    List<Carried> ours = words.answered(exchange.control());
                    List<Carried> theirs = words.answered(exchange.candidate());
                    if (ours == theirs && !exchange.write()) {
                        alike.merge(ours, 1L, Long::sum);
                    } else {
                        learn(ours, theirs, exchange.write() ? CREATED : SEEN, 1, votes);
                    }
                });
        alike.forEach((said, times) -> learn(said, said, SEEN, times, votes));
        return new Correspondence(votes);
    }

    private static void learn(
            List<Carried> ours, List<Carried> answered, long worth, long times, Map<String, Votes> votes) {
        Map<String, Carried> theirs =
                answered.stream().collect(Collectors.toMap(Carried::pointer, carried -> carried, (first, _) -> first));
        Set<String> listedByBoth = new HashSet<>(listed(ours));
        listedByBoth.retainAll(listed(theirs.values()));
        for (Carried control : ours) {
            Carried candidate = counterpart(control, theirs, listedByBoth);
            if (candidate == null) {
                continue;
            }
            long weight = times * (control.inList() ? LISTED : worth);
            if (Looks.isOpaque(control.value()) && Looks.isOpaque(candidate.value())) {
                vote(votes, ANY, control, candidate, weight);
            }
            if (control.identifies() && isIdentifier(control.value()) && isIdentifier(candidate.value())) {
                vote(votes, control.subject(), control, candidate, weight);
            }
        }
    }

    /// What stands at the same place in the other answer. In lists places mean little: what both lists hold
    /// stands for itself, wherever it stands, because an element more at the front moves all the others.
    private static @Nullable Carried counterpart(
            Carried control, Map<String, Carried> theirs, Set<String> listedByBoth) {
        if (control.inList() && listedByBoth.contains(name(control))) {
            return control;
        }
        Carried candidate = theirs.get(control.pointer());
        return candidate != null && candidate.inList() && listedByBoth.contains(name(candidate)) ? null : candidate;
    }

    private static Set<String> listed(Collection<Carried> carried) {
        return carried.stream()
                .filter(Carried::inList)
                .map(Correspondence::name)
                .collect(Collectors.toSet());
    }

    private static String name(Carried carried) {
        return carried.subject() + "=" + carried.value();
    }

    private static void vote(
            Map<String, Votes> votes, String subject, Carried control, Carried candidate, long weight) {
        votes.computeIfAbsent(subject, _ -> new Votes()).cast(control.value(), candidate.value(), weight);
    }

    private static boolean isIdentifier(String value) {
        return !value.isEmpty()
                && value.length() <= 200
                && value.indexOf(' ') < 0
                && Looks.moment(value).isEmpty();
    }

    /// What the candidate calls `controlValue` of one of these subjects; empty if nobody saw it.
    Optional<String> candidateFor(Collection<String> subjects, String controlValue) {
        return find(bySubject, subjects, controlValue);
    }

    /// What the control calls `candidateValue` of one of these subjects; empty if nobody saw it.
    Optional<String> controlFor(Collection<String> subjects, String candidateValue) {
        return find(backBySubject, subjects, candidateValue);
    }

    private static Optional<String> find(
            Map<String, Map<String, String>> learnt, Collection<String> subjects, String value) {
        for (String subject : subjects) {
            String found = learnt.getOrDefault(subject, Map.of()).get(value);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.ofNullable(learnt.getOrDefault(ANY, Map.of()).get(value));
    }

    /// Votes on pairs; agreed is what is the favourite of both its sides.
    private static final class Votes {
        private final Map<String, Map<String, Long>> cast = new HashMap<>();
        private final Map<String, Map<String, Long>> back = new HashMap<>();

        void cast(String control, String candidate, long weight) {
            cast.computeIfAbsent(control, _ -> new HashMap<>()).merge(candidate, weight, Long::sum);
            back.computeIfAbsent(candidate, _ -> new HashMap<>()).merge(control, weight, Long::sum);
        }

        Map<String, String> agreed() {
            Map<String, String> agreed = new HashMap<>();
            cast.forEach((control, choices) -> favourite(choices)
                    .filter(candidate -> favourite(back.getOrDefault(candidate, Map.of()))
                            .filter(control::equals)
                            .isPresent())
                    .ifPresent(candidate -> agreed.put(control, candidate)));
            return agreed;
        }

        private static Optional<String> favourite(Map<String, Long> choices) {
            long most =
                    choices.values().stream().mapToLong(Long::longValue).max().orElse(0);
            List<String> best = choices.entrySet().stream()
                    .filter(entry -> entry.getValue() == most)
                    .map(Map.Entry::getKey)
                    .toList();
            return best.size() == 1 ? Optional.of(best.getFirst()) : Optional.empty();
        }
    }
}
