package dev.understudy.report.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A layered layout of a graph of 5 to 60 nodes, after Sugiyama, Tagawa and Toda (1981): every arrow leads at
/// least one layer on, arrows over several layers get a place in each, and places are put where their
/// neighbours are. Arrows that close a cycle don't count for the layers. The same graph gives the same
/// layout.
final class Layers {

    private static final int SWEEPS = 6;

    /// One arrow.
    record Arrow(String from, String to) {}

    /// A node, or a bend of a long arrow (`node` is then empty).
    record Place(int id, String node, int layer) {
        boolean isBend() {
            return node.isEmpty();
        }
    }

    private final List<Arrow> arrows;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<Arrow, List<Place>> ways = new LinkedHashMap<>();
    private final List<List<Place>> layers = new ArrayList<>();
    private final Map<Place, List<Place>> before = new HashMap<>();
    private final Map<Place, List<Place>> after = new HashMap<>();
    private int made;

    Layers(List<String> nodes, List<Arrow> arrows) {
        Set<String> known = Set.copyOf(nodes);
        this.arrows = arrows.stream()
                .filter(arrow -> !arrow.from().equals(arrow.to()))
                .filter(arrow -> known.contains(arrow.from()) && known.contains(arrow.to()))
                .distinct()
                .toList();
        Set<Arrow> closing = closing(nodes);
        Map<String, Integer> depths = new HashMap<>();
        nodes.forEach(node -> places.put(node, place(node, depth(node, closing, depths))));
        this.arrows.forEach(arrow -> ways.put(arrow, way(arrow)));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            (down ? layers : layers.reversed()).forEach(layer -> arrange(layer, down ? before : after));
        }
    }

    /// The layers in their order, each with its places in theirs.
    List<List<Place>> layers() {
        return layers;
    }

    /// The places that an arrow passes, its ends included.
    Map<Arrow, List<Place>> ways() {
        return ways;
    }

    private Set<Arrow> closing(List<String> nodes) {
        Set<Arrow> closing = new HashSet<>();
        Set<String> done = new HashSet<>();
        nodes.forEach(node -> follow(node, new HashSet<>(), done, closing));
        return closing;
    }

    private void follow(String node, Set<String> above, Set<String> done, Set<Arrow> closing) {
        if (done.contains(node)) {
            return;
        }
        above.add(node);
        for (Arrow arrow : arrows) {
            if (arrow.from().equals(node)) {
                if (above.contains(arrow.to())) {
                    closing.add(arrow);
                } else {
                    follow(arrow.to(), above, done, closing);
                }
            }
        }
        above.remove(node);
        done.add(node);
    }

    private int depth(String node, Set<Arrow> closing, Map<String, Integer> depths) {
        Integer known = depths.get(node);
        if (known != null) {
            return known;
        }
        int depth = 0;
        for (Arrow arrow : arrows) {
            if (arrow.to().equals(node) && !closing.contains(arrow)) {
                depth = Math.max(depth, depth(arrow.from(), closing, depths) + 1);
            }
        }
        depths.put(node, depth);
        return depth;
    }

    private Place place(String node, int layer) {
        while (layers.size() <= layer) {
            layers.add(new ArrayList<>());
        }
        Place place = new Place(made++, node, layer);
        layers.get(layer).add(place);
        return place;
    }

    private List<Place> way(Arrow arrow) {
        Place from = Objects.requireNonNull(places.get(arrow.from()));
        Place to = Objects.requireNonNull(places.get(arrow.to()));
        int step = Integer.signum(to.layer() - from.layer());
        List<Place> way = new ArrayList<>(List.of(from));
        for (int layer = from.layer() + step; step != 0 && layer != to.layer(); layer += step) {
            way.add(place("", layer));
        }
        way.add(to);
        for (int n = 1; n < way.size(); n++) {
            Place left = way.get(step >= 0 ? n - 1 : n);
            Place right = way.get(step >= 0 ? n : n - 1);
            after.computeIfAbsent(left, _ -> new ArrayList<>()).add(right);
            before.computeIfAbsent(right, _ -> new ArrayList<>()).add(left);
        }
        return way;
    }

    /// Puts each place at the middle of its neighbours in the layer next to it; one without any stays.
    private void arrange(List<Place> layer, Map<Place, List<Place>> neighbours) {
        Map<Place, Double> middle = new HashMap<>();
        for (int n = 0; n < layer.size(); n++) {
            List<Place> around = neighbours.getOrDefault(layer.get(n), List.of());
            middle.put(
                    layer.get(n),
                    around.stream()
                            .mapToDouble(place -> share(layers.get(place.layer()), place))
                            .average()
                            .orElse(share(layer, layer.get(n))));
        }
        layer.sort(Comparator.comparingDouble(place -> Objects.requireNonNull(middle.get(place))));
    }

    /// Where in its layer a place is, from 0 to 1, so that layers of different length compare.
    private static double share(List<Place> layer, Place place) {
        return (layer.indexOf(place) + 0.5) / layer.size();
    }
}
