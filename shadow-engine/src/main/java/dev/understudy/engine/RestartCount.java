package dev.understudy.engine;

import dev.understudy.runtime.Arm;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// How often instances of each service of an arm ran as another process than before, although no step replaced
/// them. Not thread-safe.
final class RestartCount {
    /// A look may have begun before the step ended that replaced what it sees: the second one has not.
    private static final int STALE_LOOKS = 2;

    private final Map<String, String> marks = new HashMap<>();
    private final Map<String, Double> restarts = new HashMap<>();
    private final Map<String, Integer> steps = new HashMap<>();
    private final Map<String, Integer> stale = new HashMap<>();

    /// A step begins to replace the instances of a service.
    void replacing(String service) {
        steps.merge(service, 1, Integer::sum);
    }

    /// A step has replaced them, or given it up.
    void replaced(String service) {
        steps.computeIfPresent(service, (_, under) -> under == 1 ? null : under - 1);
        stale.put(service, STALE_LOOKS);
    }

    /// The instances that run now. An instance that is seen for the first time was not restarted.
    void look(Collection<Arm.ResourceUse> uses) {
        for (Arm.ResourceUse use : uses) {
            String before = marks.put(use.service() + "#" + use.index(), use.mark());
            boolean isOrdered = steps.containsKey(use.service()) || stale.containsKey(use.service());
            boolean restarted = before != null && !before.equals(use.mark()) && !isOrdered;
            restarts.merge(use.service(), restarted ? 1.0 : 0.0, Double::sum);
        }
        stale.replaceAll((_, looks) -> looks - 1);
        stale.values().removeIf(looks -> looks == 0);
    }

    /// By service, since the first look.
    Map<String, Double> restarts() {
        return Map.copyOf(restarts);
    }
}
