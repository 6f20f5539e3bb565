package dev.understudy.scenario.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import dev.understudy.scenario.tree.YamlFile;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlScalarTest {

    @Property(tries = 500)
    void everyTextIsReadBackAsItself(@ForAll String text) {
        // Half a surrogate pair is no text that a file can hold.
        String whole = text.replaceAll("[\\ud800-\\udfff]", "?");

        assertThat(readBack(YamlScalar.of(whole))).isEqualTo("TEXT" + whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "1",
                "1e3",
                "0x1F",
                "~",
                "null",
                "Yes",
                "- a",
                "a: b",
                "#a",
                "{",
                "\"'\\",
                "\r\n\t",
                "\u0000\u0007\u001b\u0085\u2028\ufeff\ufffe",
                "\uD83D\uDE00",
                "&a",
                "*a",
                "!a",
                "%a",
                "@a",
                "`a",
                "=",
                "..."
            })
    void oddTextsAreReadBackAsTheyAre(String text) {
        assertThat(readBack(YamlScalar.of(text))).isEqualTo("TEXT" + text);
        assertThat(YamlScalar.of(text)).doesNotContain("\n", "\r");
    }

    private static String readBack(String written) {
        String file = "[" + written + ", {a: " + written + "}]\n";
        Findings findings = new Findings();
        Node root = YamlFile.open(SourceTree.of(Map.of("a.yaml", file)), "a.yaml", findings)
                .orElseThrow(() -> new AssertionError(findings.sorted() + " in " + file))
                .root();
        Node.Scalar scalar = (Node.Scalar) ((Node.Sequence) root).items().getFirst();
        return scalar.type() + scalar.text();
    }
}
