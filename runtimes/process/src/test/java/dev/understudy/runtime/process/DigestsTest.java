package dev.understudy.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DigestsTest {

    @Test
    void aCommandIsTypedWithoutItsSecrets() {
        assertThat(Digests.typed(List.of("java", "-Dapi.token=hunter2", "-jar", "orders-1.jar")))
                .isEqualTo("java -Dapi.token=#f52fbd32 -jar orders-1.jar");
    }
}
