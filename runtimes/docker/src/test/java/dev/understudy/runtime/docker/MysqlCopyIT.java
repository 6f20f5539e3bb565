package dev.understudy.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.Shadow;
import dev.understudy.runtime.docker.engine.Made;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A MariaDB server is copied while it is written, and both arms hold what one transaction saw.
final class MysqlCopyIT {
    private static final String SETUP = """
            create database bank//
            use bank//
            create table bank.account (id int primary key, balance bigint not null, note varbinary(20)) engine=InnoDB//
            insert into bank.account select seq, 0, if(seq = 1, null, x'00ff') from seq_1_to_100//
            create procedure bank.churn()
            begin
              declare round int default 0;
              while round < 200000 do
                start transaction;
                update bank.account set balance = balance - round where id = 1 + round % 50;
                update bank.account set balance = balance + round where id = 51 + round % 50;
                commit;
                set round = round + 1;
              end while;
            end//
            """;

    @TempDir
    Path directory;

    @Test
    void bothArmsHoldWhatOneTransactionSaw() throws InterruptedException {
        try (StoresProject project = new StoresProject(directory)) {
            Made bank = started(project);
            sql(project, bank, SETUP);
            Thread churn = Thread.ofVirtual()
                    .start(() -> project.engine
                            .work()
                            .containers()
                            .exec(bank, client("call bank.churn()"), Map.of(), Duration.ofMinutes(10)));
            try (Shadow shadow = project.cloned("{data: {bank: snapshot}}")) {
                assertThat(churn.isAlive()).isTrue();
                shadow.start();
                DataImage image = shadow.arm(ArmName.CONTROL).data("bank");

                assertThat(image.incomplete()).isEmpty();
                assertThat(image.structure()).contains("index bank.account PRIMARY id unique");
                DataImage.Table account = image.tables().getFirst();
                assertThat(account.name()).isEqualTo("bank.account");
                assertThat(account.key()).containsExactly(0);
                assertThat(account.rows()).hasSize(100);
                assertThat(account.rows().stream()
                                .mapToLong(row -> Long.parseLong(String.valueOf(row.get(1))))
                                .sum())
                        .isZero();
                assertThat(account.rows().getFirst().get(2)).isNull();
                assertThat(account.rows().get(1).get(2)).startsWith("sha256:");
                assertThat(shadow.arm(ArmName.CANDIDATE).data("bank")).isEqualTo(image);
            }
            churn.interrupt();
            churn.join();
        }
    }

    @Test
    void tablesThatKnowNoTransactionsAreRefusedByName() {
        try (StoresProject project = new StoresProject(directory)) {
            Made bank = started(project);
            sql(project, bank, "create database bank// create table bank.old (id int) engine=MyISAM//");

            assertThatThrownBy(() -> project.cloned("{data: {bank: snapshot}}"))
                    .hasMessageContaining("know no transactions")
                    .hasMessageContaining("bank.old (MyISAM)");
        }
    }

    private static Made started(StoresProject project) {
        return project.store(
                "bank",
                "mariadb",
                List.of(),
                Map.of("MARIADB_ROOT_PASSWORD", "s3cret"),
                "/var/lib/mysql",
                "{kind: mariadb, health: {within: 60s}, stop: {grace: 10s}}");
    }

    private static void sql(StoresProject project, Made bank, String statements) {
        project.live.run(bank, client(statements));
    }

    private static List<String> client(String statements) {
        return List.of("mariadb", "-uroot", "-ps3cret", "-h", "127.0.0.1", "--delimiter=//", "-e", statements);
    }
}
