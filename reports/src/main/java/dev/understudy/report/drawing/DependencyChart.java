package dev.understudy.report.drawing;

import dev.understudy.analysis.BlastRadius;
import dev.understudy.analysis.BlastRadius.Edge;
import dev.understudy.analysis.BlastRadius.Node;
import dev.understudy.analysis.BlastRadius.State;
import dev.understudy.report.drawing.Layers.Arrow;
import dev.understudy.report.drawing.Layers.Place;
import dev.understudy.report.words.Words;
import dev.understudy.scenario.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Draws who calls whom, users at the left, with how far the change reached: a full box was changed, a box
/// with a thick rim is affected, one with a thin rim is not, a broken rim was not measured. Each box says so
/// in words. A thick arrow: what the callee answered on it left the control's.
public record DependencyChart(BlastRadius blast) {

    private static final int WIDTH = 1080;
    private static final int LEAST_COLUMN = 150;
    private static final int WIDEST_BOX = 172;
    private static final int BOX = 40;
    private static final int SLOT = 54;
    private static final int BEND = 18;
    private static final int EDGE = 8;

    /// The drawing, as SVG.
    public String draw() {
        List<String> nodes = new ArrayList<>(List.of(Link.OUTSIDE));
        blast.services().forEach(node -> nodes.add(node.service()));
        List<Arrow> arrows = blast.links().stream()
                .map(link -> new Arrow(link.from(), link.to()))
                .toList();
        Layers layers = new Layers(nodes, arrows);
        int columns = layers.layers().size();
        int width = Math.max(WIDTH, columns * LEAST_COLUMN);
        double column = (double) (width - 2 * EDGE) / columns;
        double box = Math.min(column - 44, WIDEST_BOX);
        int height =
                layers.layers().stream().mapToInt(DependencyChart::height).max().orElse(0) + 2 * EDGE;
        Map<Place, Double> middles = middles(layers, height);
        Svg svg = new Svg("reach", width, height, "How far the change reached", description());
        Map<Arrow, Edge> edges = new HashMap<>();
        blast.links().forEach(edge -> edges.putIfAbsent(new Arrow(edge.from(), edge.to()), edge));
        // what differs is drawn last, so that it lies on top
        for (boolean differing : new boolean[] {false, true}) {
            layers.ways().forEach((arrow, way) -> {
                Edge edge = Objects.requireNonNull(edges.get(arrow));
                if (edge.differs() == differing) {
                    arrow(svg, edge, way, middles, column, box);
                }
            });
        }
        Map<String, State> states = new HashMap<>();
        blast.services().forEach(node -> states.put(node.service(), node.state()));
        middles.forEach((place, y) -> {
            if (!place.isBend()) {
                box(svg, place, left(place, column, box), y - BOX / 2.0, box, states);
            }
        });
        return svg.close();
    }

    private static int height(List<Place> layer) {
        return layer.stream().mapToInt(place -> place.isBend() ? BEND : SLOT).sum();
    }

    private static Map<Place, Double> middles(Layers layers, int height) {
        Map<Place, Double> middles = new java.util.LinkedHashMap<>();
        for (List<Place> layer : layers.layers()) {
            double y = (height - height(layer)) / 2.0;
            for (Place place : layer) {
                int slot = place.isBend() ? BEND : SLOT;
                middles.put(place, y + slot / 2.0);
                y += slot;
            }
        }
        return middles;
    }

    private static double left(Place place, double column, double box) {
        return EDGE + place.layer() * column + (column - box) / 2;
    }

    private static void box(Svg svg, Place place, double x, double y, double width, Map<String, State> states) {
        State state = states.get(place.node());
        int fits = (int) ((width - 14) / 6.6);
        double middle = x + width / 2;
        String name = Words.shorten(place.node(), fits);
        if (state == null) {
            svg.disc(middle, y + 11, 5, Ink.TEXT);
            svg.bold(middle, y + 32, Svg.Anchor.MIDDLE, Ink.TEXT, name);
            return;
        }
        svg.rect(x, y, width, BOX, state == State.CHANGED ? Ink.CANDIDATE : Ink.PAPER);
        switch (state) {
            case CHANGED -> {}
            case AFFECTED -> svg.rimmedBox(x, y, width, BOX, Ink.BAD, 3, false);
            case NOT_AFFECTED -> svg.rimmedBox(x, y, width, BOX, Ink.MUTED, 1, false);
            case NOT_MEASURED, NOT_IN_SHADOW -> svg.rimmedBox(x, y, width, BOX, Ink.MUTED, 1, true);
        }
        Ink ink = state == State.CHANGED ? Ink.PAPER : Ink.TEXT;
        svg.text(middle, y + 17, Svg.Anchor.MIDDLE, ink, name);
        Ink said = state == State.CHANGED ? Ink.PAPER : state == State.AFFECTED ? Ink.BAD : Ink.MUTED;
        svg.text(middle, y + 32, Svg.Anchor.MIDDLE, said, Words.shorten(said(state), fits));
    }

    private static void arrow(
            Svg svg, Edge edge, List<Place> way, Map<Place, Double> middles, double column, double box) {
        StringBuilder path = new StringBuilder();
        boolean onward = way.getLast().layer() >= way.getFirst().layer();
        double x = left(way.getFirst(), column, box) + (onward ? box : 0);
        double y = middle(middles, way.getFirst());
        path.append("M").append(Svg.number(x)).append(' ').append(Svg.number(y));
        for (Place next : way.subList(1, way.size())) {
            double entry = left(next, column, box) + (onward ? 0 : box);
            double nextY = middle(middles, next);
            double half = (x + entry) / 2;
            path.append("C%s %s %s %s %s %s"
                    .formatted(
                            Svg.number(half),
                            Svg.number(y),
                            Svg.number(half),
                            Svg.number(nextY),
                            Svg.number(entry),
                            Svg.number(nextY)));
            x = entry;
            y = nextY;
            if (next.isBend()) {
                x += onward ? box : -box;
                path.append("H").append(Svg.number(x));
            }
        }
        double back = onward ? -7 : 7;
        path.append("m%1$s -4L%2$s %3$sl%1$s 4".formatted(Svg.number(back), Svg.number(x), Svg.number(y)));
        if (edge.differs()) {
            svg.thick(path, Ink.BAD);
        } else {
            svg.path(path, Ink.MUTED, edge.control().calls() == 0);
        }
    }

    private static double middle(Map<Place, Double> middles, Place place) {
        return Objects.requireNonNull(middles.get(place));
    }

    /// A state in words.
    public static String said(State state) {
        return switch (state) {
            case CHANGED -> "changed";
            case AFFECTED -> "affected";
            case NOT_AFFECTED -> "not affected";
            case NOT_MEASURED -> "not measured";
            case NOT_IN_SHADOW -> "not in the shadow";
        };
    }

    private String description() {
        StringBuilder said = new StringBuilder("Services as boxes, from users at the left to what they depend on.");
        for (State state : State.values()) {
            List<String> names = blast.services().stream()
                    .filter(node -> node.state() == state)
                    .map(Node::service)
                    .toList();
            if (!names.isEmpty()) {
                said.append(' ')
                        .append(said(state))
                        .append(": ")
                        .append(String.join(", ", names))
                        .append(';');
            }
        }
        return said.append(" the table below holds the same.").toString();
    }
}
