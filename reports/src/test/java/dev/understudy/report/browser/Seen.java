package dev.understudy.report.browser;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a page shows once everything that opens is open.
///
/// @param numbers every number that is laid out
/// @param charts every drawing with a size, in order
record Seen(Set<String> numbers, List<Chart> charts) {
    private static final Pattern NUMBER = Pattern.compile("\\d(?:[\\d.,]*\\d)?");

    private static final String LOOK = """
            (() => {
              document.querySelectorAll('details').forEach(each => each.open = true);
              const box = each => each.getBoundingClientRect();
              const shown = each => box(each).width > 0 && box(each).height > 0;
              return {
                text: document.body.innerText,
                charts: [...document.querySelectorAll('svg')]
                  .filter(svg => svg.closest('figure, .draw') && shown(svg))
                  .map(svg => ({
                    x: box(svg).x + scrollX, y: box(svg).y + scrollY, width: box(svg).width, height: box(svg).height,
                    words: [...svg.querySelectorAll('text')].filter(shown).map(text => text.textContent),
                  })),
              };
            })()""";

    /// A drawing: its words that are laid out, and the share of its pixels that differ from its background.
    record Chart(List<String> words, double ink) {}

    static Seen on(Tab tab) {
        JsonNode look = tab.evaluate(LOOK);
        Set<String> numbers = new TreeSet<>(NUMBER.matcher(look.path("text").asString())
                .results()
                .map(MatchResult::group)
                .toList());
        List<Chart> charts = new ArrayList<>();
        for (JsonNode chart : look.path("charts")) {
            List<String> words = new ArrayList<>();
            chart.path("words").forEach(word -> words.add(word.asString()));
            charts.add(new Chart(words, ink(tab, chart)));
        }
        return new Seen(numbers, charts);
    }

    private static double ink(Tab tab, JsonNode at) {
        BufferedImage image = tab.painted(
                at.path("x").asDouble(),
                at.path("y").asDouble(),
                at.path("width").asDouble(),
                at.path("height").asDouble());
        Map<Integer, Integer> colours = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.merge(image.getRGB(x, y), 1, Integer::sum);
            }
        }
        double pixels = (double) image.getWidth() * image.getHeight();
        int background =
                colours.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return 1 - background / pixels;
    }
}
