package dev.understudy.promql.exposition;

import dev.understudy.promql.series.FloatText;
import java.math.BigDecimal;
import java.util.OptionalLong;

final class ExpositionPrinter {
    private final Format format;
    private final StringBuilder text = new StringBuilder();

    ExpositionPrinter(Format format) {
        this.format = format;
    }

    String print(Exposition exposition) {
        exposition.families().forEach(this::family);
        if (format == Format.OPENMETRICS) {
            text.append("# EOF\n");
        }
        return text.toString();
    }

    private void family(MetricFamily family) {
        String name = MetricName.print(family.name());
        text.append("# TYPE %s %s\n".formatted(name, family.type().word(format)));
        if (format == Format.OPENMETRICS) {
            family.unit().ifPresent(unit -> text.append("# UNIT %s %s\n".formatted(name, unit)));
        }
        family.help().ifPresent(help -> text.append("# HELP %s %s\n".formatted(name, escaped(help))));
        family.samples().forEach(this::sample);
    }

    private void sample(ExposedSample sample) {
        text.append(sample.labels()).append(' ').append(FloatText.shortest(sample.value()));
        OptionalLong millis = sample.epochMillis();
        if (millis.isPresent()) {
            text.append(' ').append(timestamp(millis.getAsLong()));
        }
        text.append('\n');
    }

    private String timestamp(long millis) {
        return format == Format.OPENMETRICS ? BigDecimal.valueOf(millis, 3).toPlainString() : Long.toString(millis);
    }

    private String escaped(String help) {
        String escaped = help.replace("\\", "\\\\").replace("\n", "\\n");
        return format == Format.OPENMETRICS ? escaped.replace("\"", "\\\"") : escaped;
    }
}
