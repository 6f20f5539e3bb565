package dev.understudy.report;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import dev.understudy.analysis.Verdict.Reversibility;
import dev.understudy.scenario.Place;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// Writes values as JSON whose bytes depend on the values alone: record components in their order, map keys
/// sorted, what is empty as `null`, numbers that are none as `null`. Thread-safe.
public final class StableJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.ALWAYS))
            .changeDefaultVisibility(
                    all -> all.withVisibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE))
            .addModule(new SimpleModule("understudy")
                    .addSerializer(Reversibility.class, new WayBack())
                    .addSerializer(Place.class, new Places())
                    .addSerializer(Double.class, new Doubles())
                    .addSerializer(Double.TYPE, new Doubles()))
            .build();

    private StableJson() {}

    /// The value as indented JSON with a line break at its end.
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value).replace("\r\n", "\n") + "\n";
    }

    /// On one line.
    static String compact(Object value) {
        return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }

    private static final class WayBack extends ValueSerializer<Reversibility> {
        @Override
        public void serialize(Reversibility value, JsonGenerator json, SerializationContext context) {
            json.writeStartObject();
            json.writeStringProperty("word", value.word());
            switch (value) {
                case Reversibility.WithLoss loss -> {
                    json.writeNumberProperty("rows", loss.rows());
                    json.writeNumberProperty("seconds", loss.seconds());
                }
                case Reversibility.OneWay way -> json.writeStringProperty("why", way.why());
                case Reversibility.Reversible _, Reversibility.Untold _ -> {}
            }
            json.writeEndObject();
        }
    }

    private static final class Places extends ValueSerializer<Place> {
        @Override
        public void serialize(Place value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.toString());
        }
    }

    private static final class Doubles extends ValueSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            if (value.isNaN() || value.isInfinite()) {
                json.writeNull();
            } else {
                json.writeNumber(value);
            }
        }
    }
}
