package dev.understudy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.finding.Finding;
import dev.understudy.report.finding.FindingKind;
import dev.understudy.report.finding.Findings;
import dev.understudy.report.finding.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What files say of a version that migrates when it starts.
final class MigrationsReportTest {
    private static final String OLD = "orders 1.0 starts on the schema of orders 2.0";
    private static final String SCHEMA = "schema of db after orders 2.0";

    @Test
    void theOldVersionOnTheNewSchemaIsATestCaseOfItsOwn() {
        assertThat(check(Summaries.migrated(true, "started"), OLD))
                .extracting(Check::state, Check::message)
                .containsExactly(
                        Check.State.PASSED,
                        "started and became healthy, in the rollback (" + Summaries.place(21) + ")");
        assertThat(check(Summaries.migrated(false, "did not start"), OLD))
                .satisfies(check -> assertThat(check.type()).isEqualTo("DID_NOT_START"))
                .satisfies(check -> assertThat(check.message()).contains("relation is missing"));
        assertThat(check(Summaries.migrated(true, "not checked"), OLD).state()).isEqualTo(Check.State.SKIPPED);
    }

    @Test
    void aSchemaThatStaysFailsUnlessItIsDeclared() {
        assertThat(check(Summaries.migrated(false, "started"), SCHEMA).type()).isEqualTo("SCHEMA_STAYS");
        assertThat(check(Summaries.migrated(true, "started"), SCHEMA).state()).isEqualTo(Check.State.PASSED);
    }

    @Test
    void whatStaysIsAnErrorOfANoGoAndAWarningWhereItIsDeclared() {
        assertThat(found(Summaries.migrated(false, "started"), FindingKind.SCHEMA_STAYS))
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.ERROR))
                .satisfies(finding -> assertThat(finding.message())
                        .contains("The schema of db stays at orders 2.0 after the rollback", "orders.channel"));
        assertThat(found(Summaries.migrated(true, "started"), FindingKind.SCHEMA_STAYS)
                        .level())
                .isEqualTo(Level.WARNING);
    }

    @Test
    void anOldVersionThatRefusesAndAMigrationThatNothingDeclaresAreFound() {
        RunSummary hostile = Summaries.hostile("<b>");

        assertThat(found(hostile, FindingKind.OLD_VERSION_REFUSES).message()).contains("relation is missing");
        assertThat(found(hostile, FindingKind.UNDECLARED_MIGRATION).message()).contains("nothing declares that");
    }

    @Test
    void theReportShowsTheThreeReadingsAndWhatTheyMean() {
        String html = HtmlReport.render(Summaries.migrated(true, "started"));

        assertThat(html)
                .contains(
                        "id=\"migrations\"",
                        "before the change",
                        "ab1200000000",
                        "Taken back by the rollback",
                        "Stays as declared",
                        "started and became healthy");
        assertThat(HtmlReport.render(Summaries.goByDrill())).doesNotContain("id=\"migrations\"");
        assertThat(RunJson.render(Summaries.migrated(true, "started")))
                .contains("\"oldVersion\"", "\"staysDeclared\"", "\"moments\"");
    }

    private static Check check(RunSummary run, String name) {
        return Checks.of(run).stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Finding found(RunSummary run, FindingKind kind) {
        SuiteEntry entry = SuiteEntry.judged(Summaries.FILE, run, "report.html", 1);
        return Findings.of(List.of(entry), path -> path).stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}
