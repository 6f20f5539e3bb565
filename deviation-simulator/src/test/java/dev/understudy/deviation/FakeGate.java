package dev.understudy.deviation;

import dev.understudy.runtime.ArmName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// A gate that only remembers.
final class FakeGate implements MetricGate {
    private record Withheld(ArmName arm, String rule, String id) {}

    private final Set<Withheld> all = ConcurrentHashMap.newKeySet();

    @Override
    public void withhold(ArmName arm, String rule, String id) {
        all.add(new Withheld(arm, rule, id));
    }

    @Override
    public void release(ArmName arm, String rule, String id) {
        all.remove(new Withheld(arm, rule, id));
    }

    @Override
    public Set<String> withheld(ArmName arm, String rule) {
        return all.stream()
                .filter(one -> one.arm() == arm && one.rule().equals(rule))
                .map(Withheld::id)
                .collect(Collectors.toSet());
    }
}
