package dev.understudy.engine;

import dev.understudy.runtime.Arm;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// How often instances of each service of an arm ran as another process than before. Not thread-safe.
final class RestartCount {
    private final Map<String, String> marks = new HashMap<>();
    private final Map<String, Double> restarts = new HashMap<>();

    /// The instances that run now. An instance that is seen for the first time was not restarted.
    void look(Collection<Arm.ResourceUse> uses) {
        for (Arm.ResourceUse use : uses) {
            String before = marks.put(use.service() + "#" + use.index(), use.mark());
            boolean restarted = before != null && !before.equals(use.mark());
            restarts.merge(use.service(), restarted ? 1.0 : 0.0, Double::sum);
        }
    }

    /// By service, since the first look.
    Map<String, Double> restarts() {
        return Map.copyOf(restarts);
    }
}
