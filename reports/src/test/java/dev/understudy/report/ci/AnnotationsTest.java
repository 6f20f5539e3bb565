package dev.understudy.report.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.report.finding.Finding;
import dev.understudy.report.finding.FindingKind;
import dev.understudy.report.finding.Level;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationsTest {

    @Test
    void errorsComeBeforeWarningsAndNotesNotAtAll() {
        assertThat(Annotations.of(List.of(
                        finding(Level.NOTE, "n", "n"),
                        finding(Level.WARNING, "shop.yaml", "too little"),
                        finding(Level.ERROR, "shop.yaml", "broke"))))
                .containsExactly(
                        "::error file=shop.yaml,line=3,col=5,title=rule-broken::broke",
                        "::warning file=shop.yaml,line=3,col=5,title=rule-broken::too little");
    }

    @Test
    void nothingInAMessageOrANameEndsTheCommand() {
        assertThat(Annotations.of(List.of(finding(Level.ERROR, "a,b:c%.yaml", "50 % lost\n::stop-commands::x\r"))))
                .containsExactly("::error file=a%2Cb%3Ac%25.yaml,line=3,col=5,title=rule-broken::"
                        + "50 %25 lost%0A::stop-commands::x%0D");
    }

    @Test
    void aStepHasTenOfEachAtMost() {
        assertThat(Annotations.of(Collections.nCopies(30, finding(Level.ERROR, "a", "b"))))
                .hasSize(10);
    }

    @Test
    void problemsOfFilesAreErrors() {
        assertThat(Annotations.ofProblems(
                        List.of(Problem.at(new Place("a.yaml", 2, 1), "unknown key 'pach', did you mean 'patch'?"))))
                .containsExactly(
                        "::error file=a.yaml,line=2,col=1,title=scenario::unknown key 'pach', did you mean 'patch'?");
    }

    private static Finding finding(Level level, String file, String message) {
        return new Finding(FindingKind.RULE_BROKEN, level, new Place(file, 3, 5), "slow", message);
    }
}
