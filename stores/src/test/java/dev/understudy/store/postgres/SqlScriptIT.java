package dev.understudy.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlScriptIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final RunningShop SHOP = new RunningShop();

    @BeforeEach
    void startOver() {
        assertThat(run("DROP TABLE IF EXISTS t; CREATE TABLE t (a int PRIMARY KEY, b text)")
                        .succeeded())
                .isTrue();
    }

    @Test
    void aTextIsOneTransaction() {
        SqlOutcome outcome =
                run("INSERT INTO t VALUES (1, 'x');\nINSERT INTO t VALUES (2, 'y');\nINSERT INTO\n t VALUES (1, 'z')");

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.timedOut()).isFalse();
        assertThat(outcome.output())
                .contains("line 1: INSERT INTO (1 rows)", "line 2: INSERT INTO (1 rows)", "error 23505 at line 3")
                .doesNotContain("already exists"); // the detail quotes the row
        assertThat(count()).isZero();
    }

    @Test
    void aTextThatBeginsATransactionItselfRunsAsWritten() {
        SqlOutcome outcome =
                run("BEGIN; INSERT INTO t VALUES (1, 'x'); COMMIT; INSERT INTO t VALUES (2, 'y'); SELECT 1/0");

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.output()).contains("22012");
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void whatCannotRunInATransactionRunsOutside() {
        SqlOutcome outcome = run("INSERT INTO t VALUES (1, 'x'); CREATE INDEX CONCURRENTLY i ON t (b); VACUUM t;");

        assertThat(outcome)
                .isEqualTo(new SqlOutcome(
                        true,
                        false,
                        "line 1: INSERT INTO (1 rows)\nline 1: CREATE INDEX CONCURRENTLY\nline 1: VACUUM T"));
        assertThat(count()).isOne();
    }

    @Test
    void errorsNameLineAndColumn() {
        assertThat(run("SELECT 1;\n\nSELECT a,\n  nonsense FROM t").output())
                .contains("error 42703 at line 4, column 3 (SELECT A): column \"nonsense\" does not exist");
        assertThat(run("SELECT 1;\n\\d t").output()).contains("at line 2 (\\d t): a command of psql is no SQL");
    }

    @Test
    void noticesAreTold() {
        assertThat(run("DO $$ BEGIN RAISE NOTICE 'hello; world'; END $$").output())
                .contains("notice: hello; world");
    }

    @Test
    void timeIsLimitedWhateverTheTextSets() {
        Duration limit = Duration.ofMillis(400);
        SqlOutcome outcome = new SqlScript(
                        "SET statement_timeout = 0; INSERT INTO t VALUES (1, 'x'); SELECT pg_sleep(600)")
                .run(SHOP.login(), limit);

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.timedOut()).isTrue();
        assertThat(outcome.output()).contains("57014", "its time was over");
        assertThat(count()).isZero();
    }

    @Test
    void waitingForALockIsLimitedToo() throws Exception {
        try (Connection other = SHOP.login().open(LIMIT);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE t");
            SqlOutcome outcome = new SqlScript("ALTER TABLE t ADD c int").run(SHOP.login(), Duration.ofMillis(400));
            assertThat(outcome.timedOut()).isTrue();
            other.rollback();
        }
        assertThat(run("ALTER TABLE t ADD c int").succeeded()).isTrue();
    }

    @Test
    void dumpsWithRowsAreRead() {
        SqlOutcome outcome =
                run("\\restrict x\nCOPY t (a, b) FROM stdin;\n1\tone; 'quoted'\n2\t\\N\n\\.\n\\unrestrict x\n");

        assertThat(outcome.succeeded()).as(outcome.output()).isTrue();
        assertThat(outcome.output()).contains("COPY T (2 rows)");
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aQueryYieldsOneValueAndChangesNothing() {
        run("INSERT INTO t VALUES (1, 'x'), (2, NULL)");

        assertThat(new SqlQuery("SELECT count(*) FROM t").run(SHOP.login(), LIMIT))
                .isEqualTo(new SqlOutcome(true, false, "2"));
        assertThat(new SqlQuery("SELECT b FROM t WHERE a = 2")
                        .run(SHOP.login(), LIMIT)
                        .output())
                .isEmpty();
        assertThat(new SqlQuery("DELETE FROM t").run(SHOP.login(), LIMIT).succeeded())
                .isFalse();
        assertThat(new SqlQuery("SELECT * FROM t").run(SHOP.login(), LIMIT).output())
                .isEqualTo("it yields 2 columns, not one");
        assertThat(new SqlQuery("SELECT a FROM t").run(SHOP.login(), LIMIT).output())
                .isEqualTo("it yields more than one row");
        assertThat(new SqlQuery("SELECT a FROM t WHERE a = 9")
                        .run(SHOP.login(), LIMIT)
                        .output())
                .isEqualTo("it yields no row");
        assertThat(new SqlQuery("SELECT pg_sleep(20)")
                        .run(SHOP.login(), Duration.ofMillis(300))
                        .timedOut())
                .isTrue();
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aServerThatIsNotThereIsAnOutcomeToo() {
        SqlOutcome outcome =
                new SqlScript("SELECT 1").run(new Login("127.0.0.1", 1, "x", "y", Optional.empty()), LIMIT);

        assertThat(outcome.succeeded()).isFalse();
        assertThat(outcome.output()).contains("y@127.0.0.1:1/x");
    }

    private static SqlOutcome run(String text) {
        return new SqlScript(text).run(SHOP.login(), LIMIT);
    }

    private static long count() {
        try (Connection connection = SHOP.login().open(LIMIT)) {
            return TransferLoad.one(connection, "SELECT count(*) FROM t");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
