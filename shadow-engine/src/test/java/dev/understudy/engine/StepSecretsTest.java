package dev.understudy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.journal.Event;
import dev.understudy.journal.Journal;
import dev.understudy.runtime.simulated.Program;
import dev.understudy.runtime.simulated.SampleWorlds;
import dev.understudy.runtime.simulated.SimulatedWorld;
import dev.understudy.runtime.tck.Rewritten;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a step is told in secret, the record of the run doesn't tell.
final class StepSecretsTest {
    private static final Place HERE = new Place("test", 1, 1);

    @Test
    void noSecretOfAStepReachesTheRecordAndTheStepStillGetsIt() {
        List<List<String>> got = new ArrayList<>();
        SimulatedWorld world = SampleWorlds.shop().with("notify", (command, _, _) -> {
            got.add(command);
            return new Program.Ended(0, "logging in with token=hunter2\n{\"password\": \"hunter2\"}");
        });
        SimulatedRehearsal rehearsal = new SimulatedRehearsal(world, 1);
        List<String> command = List.of("notify", "--password=hunter2", "--token", "hunter2", "ftp://me:hunter2@files/");
        Scenario scenario = with(
                rehearsal.scenario(SampleWorlds.GOOD, 0),
                new Step.Command(common("tell"), command, Map.of()),
                new Step.Http(common("ask"), "GET", "gateway", "/health?api_key=hunter2", Optional.empty()));

        Journal journal = rehearsal.run(scenario);

        assertThat(got).containsExactly(command);
        assertThat(journal.events(Event.StepBegan.class))
                .anySatisfy(began -> assertThat(began.literal())
                        .isEqualTo("notify --password=#f52fbd32 --token #f52fbd32 ftp://#ae68e472@files/"));
        assertThat(journal.entries().toString()).contains("?api_key=#f52fbd32").doesNotContain("hunter2");
    }

    private static Step.Common common(String id) {
        return new Step.Common(id, HERE, List.of(), Duration.ofSeconds(5), false);
    }

    private static Scenario with(Scenario of, Step... more) {
        List<Step> steps = new ArrayList<>(of.rollback().steps());
        steps.addAll(List.of(more));
        RollbackProcedure rollback = of.rollback();
        return Rewritten.of(of)
                .rollback(new RollbackProcedure(
                        rollback.place(), rollback.budget(), rollback.order(), steps, rollback.accept()))
                .scenario();
    }
}
