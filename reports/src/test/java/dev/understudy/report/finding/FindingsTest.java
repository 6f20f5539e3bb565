package dev.understudy.report.finding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.SuiteEntry.Cause;
import dev.understudy.report.SuiteEntry.Outcome;
import dev.understudy.report.Summaries;
import dev.understudy.scenario.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingsTest {

    @Test
    void aBrokenRuleStandsAtItsOwnPlace() {
        assertThat(of(Summaries.noGoChange()).getFirst())
                .isEqualTo(new Finding(
                        FindingKind.RULE_BROKEN,
                        Level.ERROR,
                        Summaries.place(31),
                        "slow",
                        "Rule slow broke: latency-p99 of gateway reached 2.31 s, limit 400ms; the control stayed at"
                                + " 412 ms."));
    }

    @Test
    void aLossIsFoundInTheLedgerAndInTheRows() {
        List<Finding> found = of(Summaries.noGoLoss());

        assertThat(kinds(found))
                .contains(FindingKind.LEDGER_LOST, FindingKind.ROWS_LOST, FindingKind.DATA_DIFFERS)
                .doesNotContain(FindingKind.NO_GO);
        assertThat(found)
                .filteredOn(each -> each.kind() == FindingKind.LEDGER_LOST)
                .singleElement()
                .satisfies(lost -> assertThat(lost.place()).isEqualTo(Summaries.place(47)))
                .satisfies(lost -> assertThat(lost.message())
                        .isEqualTo("37 keys of 412 of POST gateway/orders lost what was acknowledged, over 8.4 s, such"
                                + " as key 7d1f…: channel is absent."));
    }

    @Test
    void aWayThatLeadsNowhereIsFoundWithItsFailedStep() {
        assertThat(kinds(of(Summaries.oneWay(false))))
                .contains(FindingKind.ONE_WAY, FindingKind.STEP_FAILED, FindingKind.NOT_RECOVERED);
        assertThat(of(Summaries.oneWay(false)))
                .filteredOn(each -> each.kind() == FindingKind.STEP_FAILED)
                .extracting(Finding::subject, Finding::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "undrain", "Step undrain of the rollback failed after 2 attempts: 503 Service Unavailable."));
    }

    @Test
    void onlyANoGoHasErrorsAndItHasOne() {
        for (RunSummary run : Summaries.all().values()) {
            List<Finding> errors =
                    of(run).stream().filter(each -> each.level() == Level.ERROR).toList();

            assertThat(!errors.isEmpty()).isEqualTo(run.verdict().decision() == Decision.NO_GO);
        }
        assertThat(kinds(of(Summaries.goWithAllowedLoss()))).contains(FindingKind.LEDGER_LOST);
        assertThat(kinds(of(Summaries.inconclusive()))).contains(FindingKind.INCONCLUSIVE);
    }

    @Test
    void routesThatNothingTouchedAreOneNote() {
        assertThat(of(Summaries.goByDrill()))
                .filteredOn(each -> each.kind() == FindingKind.ROUTE_NOT_COVERED)
                .singleElement()
                .satisfies(note -> assertThat(note.level()).isEqualTo(Level.NOTE))
                .satisfies(note -> assertThat(note.subject()).isEqualTo("routes"))
                .satisfies(note -> assertThat(note.message())
                        .isEqualTo("After the change no traffic reached GET gateway/catalogue/{id}/reviews."));
    }

    @Test
    void whatPreventedAVerdictAndWhatIsLeftAreErrors() {
        SuiteEntry prevented = SuiteEntry.prevented(
                "bad.yaml", Cause.SCENARIO, "unknown key 'pach'", Optional.of(new Place("bad.yaml", 3, 1)), 2);
        SuiteEntry left = new SuiteEntry(
                "a.yaml", new Outcome.Judged(Summaries.goByDrill(), "report.html", List.of("a namespace")), 5);

        assertThat(Findings.of(List.of(prevented, left), path -> path))
                .filteredOn(each -> each.level() == Level.ERROR)
                .extracting(Finding::kind)
                .containsExactly(FindingKind.NOT_REHEARSED, FindingKind.LEFT_BEHIND);
    }

    @Test
    void anUnmetExpectationIsAWarning() {
        assertThat(of(Summaries.hostile("x")))
                .filteredOn(each -> each.kind() == FindingKind.EXPECTATION_UNMET)
                .singleElement()
                .satisfies(each -> assertThat(each.level()).isEqualTo(Level.WARNING))
                .satisfies(each -> assertThat(each.place()).isEqualTo(new Place("x", 2, 3)));
    }

    @Test
    void aFingerprintOutlivesFiguresAndLines() {
        Finding first = of(Summaries.noGoChange()).getFirst();
        Finding later = new Finding(
                first.kind(), Level.WARNING, new Place(Summaries.FILE, 99, 1), first.subject(), "other figures");
        Finding other = new Finding(first.kind(), first.level(), first.place(), "errors", first.message());

        assertThat(later.fingerprint()).isEqualTo(first.fingerprint()).matches("[0-9a-f]{32}");
        assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
    }

    @Test
    void theSameFileTwiceIsFoundOnce() {
        SuiteEntry entry = entry(Summaries.noGoChange());

        assertThat(Findings.of(List.of(entry, entry), path -> path)).isEqualTo(of(Summaries.noGoChange()));
    }

    @Test
    void filesAreNamedAsTheCallerWants() {
        assertThat(Findings.of(List.of(entry(Summaries.noGoChange())), path -> "sub/" + path))
                .allMatch(each -> each.place().file().equals("sub/" + Summaries.FILE));
    }

    @Test
    void everyKindIsDocumentedForUsers() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/findings.md"));

        for (FindingKind kind : FindingKind.values()) {
            assertThat(page).contains("| `" + kind.id() + "` | " + kind.level().word() + " | " + kind.title() + ".");
        }
        assertThat(Arrays.stream(FindingKind.values()).map(FindingKind::id).distinct())
                .hasSameSizeAs(FindingKind.values());
    }

    private static List<FindingKind> kinds(List<Finding> found) {
        return found.stream().map(Finding::kind).toList();
    }

    private static SuiteEntry entry(RunSummary run) {
        return SuiteEntry.judged(Summaries.FILE, run, "report.html", 1);
    }

    private static List<Finding> of(RunSummary run) {
        return Findings.of(List.of(entry(run)), path -> path);
    }
}
