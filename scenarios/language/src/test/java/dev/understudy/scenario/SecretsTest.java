package dev.understudy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String MASK = "#f52fbd32";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--password=hunter2",
                "--db-passwd=hunter2",
                "-Dapi.token=hunter2",
                "-DapiKey=hunter2",
                "-Dssl.key=hunter2",
                "PGPASSWORD=hunter2 psql -h db",
                "AWS_SECRET_ACCESS_KEY=hunter2",
                "DB_PASS=hunter2",
                "https://hunter2@host/x",
                "jdbc:postgresql://host/db?user=a&password=hunter2",
                "Authorization: hunter2",
                "cookie: hunter2",
                "export TOKEN='hunter2'; run",
                "curl -d '{\"client_secret\": \"hunter2\"}' x",
                "credentials=\"hunter2\"",
                "password: hunter2",
                "exec a --token=${env.T}hunter2"
            })
    void whatIsNamedLikeASecretIsHiddenInAWordAndInAText(String text) {
        assertThat(Secrets.typed(List.of("run", text))).doesNotContain("hunter2");
        assertThat(Secrets.hiddenIn(text)).contains(MASK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--password", "-token", "--api-key", "--client.secret"})
    void aSecretMayBeAWordOfItsOwn(String option) {
        assertThat(Secrets.hiddenIn(List.of("run", option, "hunter2", "hunter3")))
                .containsExactly("run", option, MASK, "hunter3");
        assertThat(Secrets.hiddenIn(List.of("run", option, "--verbose"))).containsExactly("run", option, "--verbose");
    }

    @Test
    void whoLogsInIsHidden() {
        assertThat(Secrets.typed(List.of("curl", "-u", "me:hunter2", "http://x/")))
                .doesNotContain("hunter2")
                .startsWith("curl -u #")
                .endsWith(" http://x/");
        assertThat(Secrets.hiddenIn("https://bot:hunter2@host to ftp://me:p/w@d@host:21/a and http://host/@b"))
                .doesNotContain("p/w", "hunter2")
                .contains("@host:21/a")
                .endsWith("http://host/@b");
    }

    @Test
    void everyLetterOfAnArgumentIsItsValue() {
        assertThat(Secrets.typed(List.of("--password=a b \"c\" 'd' e=f\ng"))).matches("--password=#[0-9a-f]{8}");
        assertThat(Secrets.typed(List.of("-H", "Authorization: Digest username=\"me\", response=\"x\"")))
                .matches("-H Authorization: ?#[0-9a-f]{8}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java -jar orders-1.jar --port=8080",
                "--author=me --keyboard=us --bypassed=1",
                "http://${payments.address}/pay?id=7",
                "psql -f db/U2__narrow.sql  # on db",
                "select count(*) from queue where state = 'open'",
                "--password=${env.PASSWORD}",
                "wait until token-service:8080 is healthy",
                ""
            })
    void whatIsNoSecretStaysAsItIs(String text) {
        assertThat(Secrets.hiddenIn(text)).isEqualTo(text);
        assertThat(Secrets.typed(List.of(text.split(" ")))).isEqualTo(text);
    }

    @Test
    void hidingTwiceIsHidingOnce() {
        List<String> once =
                Secrets.hiddenIn(List.of("a", "--token=x${a.port}y", "--key", "z", "https://a:b@c", "Cookie: d"));

        assertThat(Secrets.hiddenIn(once)).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "://", "://a:", "key=", "\"", "password: ", "key\" ", "= "})
    void longHostileTextsAreReadInTheTimeTheyNeed(String piece) {
        String text = piece.repeat(65_536 / piece.length());

        assertThatCode(() -> Secrets.typed(List.of(text, text))).doesNotThrowAnyException();
    }
}
