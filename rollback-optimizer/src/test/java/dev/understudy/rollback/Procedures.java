package dev.understudy.rollback;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.RollbackProcedure.Budget;
import dev.understudy.scenario.RollbackProcedure.Order;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/// Rollback procedures as a scenario would write them.
final class Procedures {
    private static final Place PLACE = new Place("a.yaml", 1, 1);

    private Procedures() {}

    static RollbackProcedure of(Step... steps) {
        return of(Order.WRITTEN, List.of(steps));
    }

    static RollbackProcedure of(Order order, List<Step> steps) {
        Budget budget = new Budget(Duration.ofSeconds(30), Optional.empty(), OptionalLong.empty());
        return new RollbackProcedure(PLACE, budget, order, steps, Optional.empty());
    }

    /// The procedure of the published example.
    static RollbackProcedure example() {
        return of(
                http("drain", "gateway"),
                revert("orders", "orders", "drain"),
                sql("schema", "db", "orders"),
                revert("catalogue", "catalogue"),
                http("undrain", "gateway", "orders", "schema", "catalogue"));
    }

    static Step revert(String id, String service, String... needs) {
        return new Step.Revert(common(id, false, needs), service);
    }

    static Step sql(String id, String service, String... needs) {
        return new Step.Sql(common(id, false, needs), service, "db/undo.sql");
    }

    static Step http(String id, String service, String... needs) {
        return new Step.Http(common(id, false, needs), "POST", service, "/admin", Optional.empty());
    }

    static Step waiting(String id, String service, String... needs) {
        return new Step.WaitUntil(common(id, false, needs), new Step.Condition.Healthy(service));
    }

    static Step command(String id, Map<String, Template> environment, String... needs) {
        return new Step.Command(common(id, false, needs), List.of("true"), environment);
    }

    static Step irreversible(String id, String service, String... needs) {
        return new Step.Revert(common(id, true, needs), service);
    }

    static Step.Common common(String id, boolean irreversible, String... needs) {
        return new Step.Common(id, PLACE, List.of(needs), Duration.ofSeconds(10), irreversible);
    }

    /// Some procedure whose needs go in no circle, though not always along the order written.
    static RollbackProcedure random(Random chance) {
        List<Integer> hidden = new ArrayList<>();
        int size = 1 + chance.nextInt(9);
        for (int i = 0; i < size; i++) {
            hidden.add(i);
        }
        Collections.shuffle(hidden, chance);
        Step[] steps = new Step[size];
        for (int rank = 0; rank < size; rank++) {
            List<String> needs = new ArrayList<>();
            for (int before = 0; before < rank; before++) {
                if (chance.nextInt(4) == 0) {
                    needs.add("s" + hidden.get(before));
                }
            }
            int at = hidden.get(rank);
            steps[at] = step("s" + at, needs.toArray(String[]::new), chance);
        }
        return of(chance.nextBoolean() ? Order.WRITTEN : Order.READY, List.of(steps));
    }

    private static Step step(String id, String[] needs, Random chance) {
        String service = "service" + chance.nextInt(6);
        Map<String, Template> naming = Map.of("X", new Template("${" + service + ".address}"));
        return switch (chance.nextInt(12)) {
            case 0, 1, 2 -> http(id, service, needs);
            case 3, 4 -> sql(id, service, needs);
            case 5 -> waiting(id, service, needs);
            case 6 -> irreversible(id, service, needs);
            case 7 -> command(id, naming, needs);
            case 8 -> command(id, chance.nextInt(4) == 0 ? Map.of() : naming, needs);
            default -> revert(id, service, needs);
        };
    }
}
