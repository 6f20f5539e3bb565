package dev.understudy.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.RollbackProcedure;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RollbackOptimizerTest {

    private static Optional<Proposal> propose(RollbackProcedure procedure) {
        Map<String, Long> each = procedure.steps().stream().collect(Collectors.toMap(Step::id, _ -> 1_000_000_000L));
        return RollbackOptimizer.propose(procedure, RollbackPlan.configured(procedure), each);
    }

    @Test
    void independentServiceNoLongerWaits() {
        Proposal proposal = propose(Procedures.example()).orElseThrow();
        assertThat(proposal.waitsFor())
                .containsEntry("drain", List.of())
                .containsEntry("orders", List.of("drain"))
                .containsEntry("schema", List.of("orders"))
                .containsEntry("catalogue", List.of())
                .containsEntry("undrain", List.of("orders", "schema", "catalogue"));
        assertThat(proposal.added()).isEmpty();
        assertThat(proposal.predictedNanos()).isEqualTo(4_000_000_000L);
        assertThat(proposal.presentNanos()).isEqualTo(5_000_000_000L);
        assertThat(proposal.why())
                .isEqualTo("4.00 s instead of 5.00 s: catalogue, undrain begin earlier;"
                        + " the longest chain is then drain → orders → schema → undrain");
    }

    @Test
    void stepsOnTheSameServiceKeepTheirOrder() {
        Proposal proposal = propose(Procedures.of(
                        Procedures.sql("undo", "db"), Procedures.revert("db", "db"), Procedures.revert("a", "a")))
                .orElseThrow();
        assertThat(proposal.waitsFor()).containsEntry("db", List.of("undo")).containsEntry("a", List.of());
        assertThat(proposal.added()).containsExactly(new SafetyEdge("undo", "db", "both act on db"));
        assertThat(proposal.why()).endsWith("kept in order: undo before db: both act on db");
    }

    @Test
    void dataIsPutBackWhereItWasAmongTheStepsOnItsStore() {
        Step restored = new Step.RestoreData(Procedures.sql("data", "db").common(), "db");
        Proposal proposal = propose(Procedures.of(
                        Procedures.sql("before", "db"),
                        restored,
                        Procedures.sql("after", "db"),
                        Procedures.revert("a", "a")))
                .orElseThrow();
        assertThat(proposal.waitsFor())
                .containsEntry("data", List.of("before"))
                .containsEntry("after", List.of("data"))
                .containsEntry("a", List.of());
    }

    @Test
    void needAgainstTheOrderWrittenIsNotTurnedRound() {
        Proposal proposal = propose(Procedures.of(
                        Procedures.sql("first", "db", "second"),
                        Procedures.sql("second", "db"),
                        Procedures.revert("a", "a")))
                .orElseThrow();
        assertThat(proposal.waitsFor()).containsEntry("second", List.of()).containsEntry("first", List.of("second"));
        assertThat(proposal.added()).isEmpty();
    }

    @Test
    void onlyEdgesThatDontFollowFromOthersAreAdded() {
        Proposal proposal = propose(Procedures.of(
                        Procedures.sql("x", "db"),
                        Procedures.sql("y", "db"),
                        Procedures.sql("z", "db"),
                        Procedures.revert("a", "a")))
                .orElseThrow();
        assertThat(proposal.waitsFor()).containsEntry("z", List.of("y")).containsEntry("y", List.of("x"));
    }

    @Test
    void twoThatOnlyLookMayLookAtOnce() {
        Proposal proposal = propose(Procedures.of(Procedures.waiting("x", "a"), Procedures.waiting("y", "a")))
                .orElseThrow();
        assertThat(proposal.predictedNanos()).isEqualTo(1_000_000_000L);
    }

    @Test
    void waitingKeepsItsPlaceBehindWhatItWaitsFor() {
        assertThat(propose(Procedures.of(Procedures.revert("x", "a"), Procedures.waiting("y", "a"))))
                .isEmpty();
    }

    @Test
    void programThatNamesNoServiceMayActOnAnything() {
        assertThat(propose(Procedures.of(Procedures.revert("x", "a"), Procedures.command("y", Map.of()))))
                .isEmpty();
        Map<String, Template> naming = Map.of("DB", new Template("jdbc://${db.address}/shop"));
        assertThat(propose(Procedures.of(Procedures.revert("x", "a"), Procedures.command("y", naming))))
                .isPresent();
    }

    @Test
    void whatCannotBeUndoneComesAfterWhatCan() {
        Proposal proposal = propose(Procedures.of(
                        Procedures.irreversible("burn", "a"),
                        Procedures.revert("b", "b"),
                        Procedures.revert("c", "c"),
                        Procedures.revert("after", "d", "burn")))
                .orElseThrow();
        assertThat(proposal.waitsFor())
                .containsEntry("burn", List.of("b", "c"))
                .containsEntry("after", List.of("burn"));
    }

    @Test
    void nothingIsProposedWhenNothingIsGained() {
        RollbackProcedure chain = Procedures.of(Procedures.revert("a", "a"), Procedures.revert("b", "b", "a"));
        assertThat(propose(chain)).isEmpty();
    }

    @Test
    void nothingIsProposedFromTimesThatWereNotMeasured() {
        RollbackProcedure procedure = Procedures.example();
        RollbackPlan present = RollbackPlan.written(procedure);
        assertThat(RollbackOptimizer.propose(procedure, present, Map.of("drain", 1L)))
                .isEmpty();
    }
}
