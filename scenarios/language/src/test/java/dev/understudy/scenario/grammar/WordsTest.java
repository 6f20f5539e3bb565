package dev.understudy.scenario.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void theNearestWordIsMeant() {
        assertThat(Words.meant("pach", List.of("path", "patch"))).contains("Maybe 'patch'.");
        assertThat(Words.meant("adress", List.of("address", "host"))).contains("Maybe 'address'.");
        assertThat(Words.meant("enviroment", List.of("environment"))).contains("Maybe 'environment'.");
        assertThat(Words.meant("drian", List.of("drain", "train"))).contains("Maybe 'drain'.");
    }

    @Test
    void wordsTooFarAwayAreListed() {
        assertThat(Words.meant("whatever", List.of("path", "patch"))).contains("Known: path, patch.");
        assertThat(Words.meant("x", List.of("y"))).contains("Known: y.");
        assertThat(Words.meant("link", List.of("kind"))).contains("Known: kind.");
        assertThat(Words.meant("x", List.of())).isEmpty();
    }

    @Property(tries = 300)
    void distanceIsSymmetricAndZeroOnlyForEqualWords(
            @ForAll @AlphaChars @StringLength(max = 8) String a, @ForAll @AlphaChars @StringLength(max = 8) String b) {
        assertThat(Words.distance(a, b)).isEqualTo(Words.distance(b, a));
        assertThat(Words.distance(a, b) == 0).isEqualTo(a.equals(b));
    }
}
