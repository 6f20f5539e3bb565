package dev.understudy.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

    static List<Class<? extends Event>> kinds() {
        return Samples.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindOfEventIsReadBackAsItWasWritten(Class<? extends Event> kind) throws Exception {
        SplittableRandom chance = new SplittableRandom(kind.getSimpleName().hashCode());
        for (int i = 0; i < 20; i++) {
            Entry entry = new Entry(chance.nextLong(), Samples.event(kind, chance));

            byte[] line = EventCodec.encode(entry);

            assertThat(EventCodec.decode(line)).isEqualTo(entry);
            assertThat(new String(line, UTF_8)).endsWith("}\n").containsOnlyOnce("\n");
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noKindHasAComponentThatTheEnvelopeUses(Class<? extends Event> kind) {
        assertThat(Arrays.stream(kind.getRecordComponents()).map(component -> component.getName()))
                .doesNotContain("at", "type");
    }

    @Test
    void fieldsStandInTheOrderOfTheRecordAndKeysAreSorted() {
        Event cloned = new Event.Cloned(5, Map.of("z", 1L, "a", 2L, "m", 3L), Map.of());

        String line = new String(EventCodec.encode(new Entry(7, cloned)), UTF_8);

        assertThat(line)
                .isEqualTo("{\"at\":7,\"type\":\"Cloned\",\"frozenAt\":5,"
                        + "\"bytes\":{\"a\":2,\"m\":3,\"z\":1},\"pausedNanos\":{}}\n");
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() throws Exception {
        String line = "{\"at\":1,\"type\":\"WatchBegan\",\"trial\":2,\"mood\":\"good\"}";

        assertThat(EventCodec.decode(line.getBytes(UTF_8))).isEqualTo(new Entry(1, new Event.WatchBegan(2)));
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        assertThatThrownBy(() -> decode("{\"at\":1,\"type\":\"Teleported\"}")).hasMessageContaining("'Teleported'");
        assertThatThrownBy(() -> decode("{\"type\":\"WatchBegan\",\"trial\":2}"))
                .hasMessageContaining("'at'");
        assertThatThrownBy(() -> decode("{\"at\":1,\"type\":\"StageBegan\",\"trial\":2}"))
                .hasMessageContaining("stage");
        assertThatThrownBy(() -> decode("{\"at\":1,\"type\":\"RunStarted\",\"schema\":99}"))
                .hasMessageContaining("schema 99");
        assertThatThrownBy(() -> decode("[1,2]")).hasMessageContaining("not an event");
    }

    private static Entry decode(String line) throws EventCodec.Malformed {
        return EventCodec.decode(line.getBytes(UTF_8));
    }
}
