package dev.understudy.mirror.tap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.Endpoint;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorSettingsTest {

    private static MirrorSettings feedAt(String host) {
        return new MirrorSettings(
                "gateway",
                new Endpoint("0.0.0.0", 8090),
                new Endpoint(host, 8091),
                List.of(new Endpoint("127.0.0.1", 8080)),
                MirrorSettings.Limits.USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.7", "no-such-host.invalid"})
    void aFeedThatOthersCanReachIsWarnedOfOnOneLine(String host) {
        assertThat(feedAt(host).warning().orElseThrow())
                .startsWith("the feed at " + host + ":8091 carries live traffic of 'gateway'")
                .contains("anyone who reaches this port can read it")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "localhost"})
    void aFeedThatOnlyThisMachineReachesNeedsNoWarning(String host) {
        assertThat(feedAt(host).warning()).isEmpty();
    }
}
