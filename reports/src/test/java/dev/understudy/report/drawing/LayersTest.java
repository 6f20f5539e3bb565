package dev.understudy.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.report.drawing.Layers.Arrow;
import dev.understudy.report.drawing.Layers.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static List<List<String>> layers(List<String> nodes, Arrow... arrows) {
        return new Layers(nodes, List.of(arrows))
                .layers().stream()
                        .map(layer -> layer.stream().map(Place::node).toList())
                        .toList();
    }

    @Test
    void everyoneStandsAfterAllItsCallers() {
        assertThat(layers(List.of("a", "b", "c"), new Arrow("a", "b"), new Arrow("b", "c"), new Arrow("a", "c")))
                .satisfies(layers -> {
                    assertThat(layers.get(0)).containsExactly("a");
                    assertThat(layers.get(1)).containsExactlyInAnyOrder("b", "");
                    assertThat(layers.get(2)).containsExactly("c");
                });
    }

    @Test
    void aCycleIsDrawnAndEnds() {
        Layers layers = new Layers(List.of("a", "b"), List.of(new Arrow("a", "b"), new Arrow("b", "a")));

        assertThat(layers.layers()).hasSize(2);
        assertThat(layers.ways().get(new Arrow("b", "a")))
                .extracting(Place::node)
                .containsExactly("b", "a");
    }

    @Test
    void neighboursStandSideBySideSoThatArrowsDontCross() {
        assertThat(layers(
                        List.of("u", "a", "b", "x", "y"),
                        new Arrow("u", "a"),
                        new Arrow("u", "b"),
                        new Arrow("a", "y"),
                        new Arrow("b", "x")))
                .satisfies(layers -> assertThat(
                                layers.get(1).indexOf("a") < layers.get(1).indexOf("b"))
                        .isEqualTo(layers.get(2).indexOf("y") < layers.get(2).indexOf("x")));
    }

    @Test
    void anyGraphOfSixtyNodesHasEveryNodeOnceAndEveryArrowWhole() {
        for (int seed = 0; seed < 50; seed++) {
            Random chance = new Random(seed);
            List<String> nodes = new ArrayList<>();
            List<Arrow> arrows = new ArrayList<>();
            for (int n = 0; n < 60; n++) {
                nodes.add("s" + n);
            }
            for (int n = 0; n < 120; n++) {
                arrows.add(new Arrow("s" + chance.nextInt(60), "s" + chance.nextInt(60)));
            }

            Layers layers = new Layers(nodes, arrows);

            assertThat(layers.layers().stream()
                            .flatMap(List::stream)
                            .map(Place::node)
                            .filter(node -> !node.isEmpty()))
                    .containsExactlyInAnyOrderElementsOf(nodes);
            layers.ways().forEach((arrow, way) -> {
                assertThat(way.getFirst().node()).isEqualTo(arrow.from());
                assertThat(way.getLast().node()).isEqualTo(arrow.to());
                for (int n = 1; n < way.size(); n++) {
                    assertThat(Math.abs(way.get(n).layer() - way.get(n - 1).layer()))
                            .isEqualTo(1);
                }
            });
        }
    }
}
