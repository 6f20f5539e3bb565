package dev.understudy.promql.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.promql.series.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ExpositionPropertiesTest {
    private static final String CHARACTERS = "abc_:09.{}\"\\\n# ,=\té😀";

    @Property(tries = 1_000)
    void whatIsPrintedIsRead(@ForAll long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        Format format = Format.values()[chance.nextInt(2)];
        List<MetricFamily> families = new ArrayList<>();
        for (int i = chance.nextInt(5); i > 0; i--) {
            families.add(family(chance, "f" + i + (chance.nextInt(4) == 0 ? "." : ""), format));
        }
        Exposition page = new Exposition(families);

        assertThat(Exposition.parse(page.print(format), format)).isEqualTo(page);
    }

    /// A damaged page is read or refused with a place inside it, and nothing else happens.
    @Property(tries = 3_000)
    void damagedPagesAreReadOrRefused(@ForAll long seed) {
        SplittableRandom chance = new SplittableRandom(seed);
        Format format = Format.values()[chance.nextInt(2)];
        Exposition page = new Exposition(List.of(family(chance, "f", format), family(chance, "g", format)));
        StringBuilder text = new StringBuilder(page.print(format));
        for (int i = chance.nextInt(1, 6); i > 0 && !text.isEmpty(); i--) {
            int at = chance.nextInt(text.length());
            switch (chance.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, CHARACTERS.charAt(chance.nextInt(CHARACTERS.length())));
                default -> text.delete(at, Math.min(text.length(), at + chance.nextInt(30)));
            }
        }
        try {
            assertThat(Exposition.parse(text.toString(), format).families()).isNotNull();
        } catch (ExpositionException e) {
            List<String> lines = (text + "\n").lines().toList();
            assertThat(e.line()).isBetween(1, lines.size() + 1);
            assertThat(e.column()).isPositive();
        }
    }

    private static MetricFamily family(SplittableRandom chance, String name, Format format) {
        MetricType type = MetricType.values()[chance.nextInt(MetricType.values().length)];
        List<ExposedSample> samples = new ArrayList<>();
        for (int i = chance.nextInt(4); i > 0; i--) {
            String suffix = type.suffixes().isEmpty() || chance.nextBoolean()
                    ? ""
                    : type.suffixes().get(chance.nextInt(type.suffixes().size()));
            Map<String, String> labels = new HashMap<>();
            labels.put(Labels.NAME, name + suffix);
            for (int l = chance.nextInt(3); l > 0; l--) {
                labels.put("l" + (chance.nextInt(4) == 0 ? text(chance) : "") + l, text(chance));
            }
            OptionalLong timestamp =
                    chance.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(chance.nextLong(-1L << 45, 1L << 45));
            samples.add(new ExposedSample(Labels.of(labels), value(chance), timestamp));
        }
        Optional<String> help = chance.nextBoolean() ? Optional.of(text(chance)) : Optional.empty();
        Optional<String> unit =
                format == Format.OPENMETRICS && chance.nextBoolean() ? Optional.of("seconds") : Optional.empty();
        return new MetricFamily(name, type, help, unit, samples);
    }

    private static double value(SplittableRandom chance) {
        return switch (chance.nextInt(5)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> chance.nextInt(1_000);
            default -> {
                double any = Double.longBitsToDouble(chance.nextLong());
                yield any == 0 ? 0 : any;
            }
        };
    }

    private static String text(SplittableRandom chance) {
        StringBuilder text = new StringBuilder();
        for (int i = chance.nextInt(8); i > 0; i--) {
            text.appendCodePoint(CHARACTERS.codePointAt(CHARACTERS.offsetByCodePoints(
                    0, chance.nextInt(CHARACTERS.codePointCount(0, CHARACTERS.length())))));
        }
        return text.toString();
    }
}
