package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlScannerTest {
    @Test
    void semicolonsInQuotesCommentsAndBodiesEndNothing() {
        assertThat(split("SELECT ';', \";\", E'\\';', $$;$$, $a$ $$; $a$; -- ;\n/* ; /* ; */ ; */ SELECT 2"))
                .containsExactly("SELECT ';', \";\", E'\\';', $$;$$, $a$ $$; $a$", "SELECT 2");
        assertThat(split("SELECT 'it''s;'; SELECT 'back\\'; SELECT 3;"))
                .containsExactly("SELECT 'it''s;'", "SELECT 'back\\'", "SELECT 3");
        assertThat(split("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3"))
                .hasSize(2);
        assertThat(split("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;"
                        + "SELECT 3"))
                .hasSize(2);
        assertThat(split("SELECT $1; SELECT a$b; SELECT 3")).hasSize(3);
    }

    @Test
    void emptyTextsHoldNoStatement() {
        assertThat(split("")).isEmpty();
        assertThat(split(" ;; -- nothing\n;/* nothing */")).isEmpty();
    }

    @Test
    void aTextThatEndsInsideAQuoteIsOneStatement() {
        assertThat(split("SELECT 'open; SELECT 2")).hasSize(1);
        assertThat(split("SELECT $x$ open; SELECT 2")).hasSize(1);
        assertThat(split("/* open; SELECT 2")).isEmpty();
    }

    @Test
    void linesAreCountedFromOne() {
        List<SqlStatement> statements = SqlScanner.statements("-- head\nSELECT 1;\n\n\nSELECT\n2;SELECT 3");
        assertThat(statements.stream().map(SqlStatement::line)).containsExactly(2, 5, 6);
    }

    @Test
    void rowsOfACopyBelongToItAndPsqlCommandsAreTold() {
        List<SqlStatement> statements = SqlScanner.statements(
                "\\restrict abc\nCOPY public.t (a, b) FROM stdin;\n1\tit's; one\n2\ttwo\n\\.\nSELECT 1;\n");
        assertThat(statements.stream().map(SqlStatement::label))
                .containsExactly("\\restrict abc", "COPY PUBLIC", "SELECT");
        assertThat(statements.get(0).meta()).isTrue();
        assertThat(statements.get(1).data()).isEqualTo("1\tit's; one\n2\ttwo\n");
    }

    @Test
    void whatTheServerRefusesInsideATransactionIsKnown() {
        assertThat(List.of(
                        "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a)",
                        "DROP INDEX CONCURRENTLY i",
                        "REINDEX TABLE CONCURRENTLY t",
                        "VACUUM ANALYZE t",
                        "CREATE DATABASE d",
                        "ALTER SYSTEM SET x = 1",
                        "ALTER TABLE t DETACH PARTITION p CONCURRENTLY"))
                .allMatch(sql -> SqlScanner.statements(sql).getFirst().needsAutoCommit());
        assertThat(List.of(
                        "CREATE INDEX i ON t (a)",
                        "CREATE TABLE database (a int)",
                        "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
                        "SELECT 'CREATE INDEX CONCURRENTLY'",
                        "ALTER TABLE t ADD x int"))
                .noneMatch(sql -> SqlScanner.statements(sql).getFirst().needsAutoCommit());
    }

    private static List<String> split(String text) {
        return SqlScanner.statements(text).stream().map(SqlStatement::sql).toList();
    }
}
