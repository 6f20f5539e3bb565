package dev.understudy.rollback;

import dev.understudy.scenario.RollbackProcedure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps to what a procedure has only so much of. Of the steps that use a resource, each waits for the one that is
/// as many places before it as may use it at once: so they form as many chains, and no more than that run at a
/// time, however long each takes.
final class Capacity {
    private Capacity() {}

    /// What has to wait for what, beyond what `order` asks for.
    ///
    /// @param order all steps of `procedure`, none before what it needs
    static List<SafetyEdge> edges(RollbackProcedure procedure, List<String> order) {
        List<SafetyEdge> edges = new ArrayList<>();
        for (Map.Entry<String, Integer> resource : new TreeMap<>(procedure.capacity()).entrySet()) {
            List<String> users = order.stream()
                    .filter(step -> procedure.step(step).common().uses().contains(resource.getKey()))
                    .toList();
            int atOnce = resource.getValue();
            for (int user = atOnce; user < users.size(); user++) {
                String reason =
                        "at most " + atOnce + " at once " + (atOnce == 1 ? "uses " : "use ") + resource.getKey();
                edges.add(new SafetyEdge(users.get(user - atOnce), users.get(user), reason));
            }
        }
        return edges;
    }
}
