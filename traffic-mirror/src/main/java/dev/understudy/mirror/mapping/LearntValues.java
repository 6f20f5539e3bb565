package dev.understudy.mirror.mapping;

import dev.understudy.mirror.Identifiers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Pairs by live's value. A distinctive value has one meaning; a short one has one per kind. Better evidence
/// is not overwritten by worse. Holds at most [#MOST] values, the least recently used go first.
final class LearntValues {
    /// How many values of live are remembered.
    static final int MOST = 2_000;

    private static final int MOST_MEANINGS = 16;

    /// How a pair was seen, from worst to best: at the same place of two lists, in two answers to a read, in two
    /// answers to a write.
    enum Evidence {
        LIST,
        READ,
        WRITE
    }

    private record Meaning(Pair pair, Set<String> kinds, Evidence evidence) {}

    private final Map<String, List<Meaning>> byLive = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Meaning>> eldest) {
            return size() > MOST;
        }
    };

    void put(Pair pair, Set<String> kinds, Evidence evidence) {
        List<Meaning> meanings = byLive.computeIfAbsent(pair.live(), live -> new ArrayList<>());
        Set<String> allKinds = new LinkedHashSet<>(kinds);
        for (Meaning meaning : List.copyOf(meanings)) {
            if (isSame(pair.live(), meaning, kinds)) {
                if (meaning.evidence().compareTo(evidence) > 0) {
                    return;
                }
                meanings.remove(meaning);
                allKinds.addAll(meaning.kinds());
            }
        }
        if (meanings.size() < MOST_MEANINGS) {
            meanings.add(new Meaning(pair, allKinds, evidence));
        }
    }

    Optional<Pair> find(String live, Set<String> kinds) {
        return byLive.getOrDefault(live, List.of()).stream()
                .filter(meaning -> isSame(live, meaning, kinds))
                .map(Meaning::pair)
                .findFirst();
    }

    boolean knows(String live) {
        return byLive.containsKey(live);
    }

    List<Pair> pairs() {
        return byLive.values().stream().flatMap(List::stream).map(Meaning::pair).toList();
    }

    private static boolean isSame(String live, Meaning meaning, Set<String> kinds) {
        return Identifiers.isDistinctive(live) || !Collections.disjoint(meaning.kinds(), kinds);
    }
}
