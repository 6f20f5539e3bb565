package dev.understudy.scenario.reading;

import dev.understudy.scenario.KindSignature;
import dev.understudy.scenario.KindSignature.Parameter;
import dev.understudy.scenario.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON schemas (draft-07) of the language, for editors: structure only, every object closed. Immutable
/// and thread-safe.
///
/// The schema of scenarios is the published resource with the deviation kinds composed in: each kind allows
/// the common keys, its aim (`link`, `service` or `rule`) and its own parameters.
public final class ScenarioSchema {
    private static final ObjectMapper JSON = JsonMapper.shared();

    private final List<KindSignature> kinds;

    /// Schemas for scenarios that may name these kinds.
    public ScenarioSchema(List<KindSignature> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /// The schema of a topology file, as JSON text that ends with a new line.
    public static String topology() {
        return text(resource("topology.schema.json"));
    }

    /// The schema of a mix, what made-up users do, as JSON text that ends with a new line.
    public static String mix() {
        return text(resource("mix.schema.json"));
    }

    /// The schema of a scenario file, as JSON text that ends with a new line.
    public String scenario() {
        ObjectNode schema = resource("scenario.schema.json");
        ObjectNode deviation = schema.withObject("definitions").withObject("deviation");
        ObjectNode kind = deviation.withObject("properties").withObject("kind");
        ArrayNode names = kind.put("type", "string").putArray("enum");
        ArrayNode choices = deviation.putArray("allOf");
        for (KindSignature signature : kinds) {
            names.add(signature.name());
            choices.add(choice(signature, deviation.withObject("properties")));
        }
        return text(schema);
    }

    /// If the kind is this one, then only its keys.
    private static ObjectNode choice(KindSignature kind, ObjectNode common) {
        ObjectNode choice = JSON.createObjectNode();
        ObjectNode when = choice.putObject("if");
        when.putObject("properties").putObject("kind").put("const", kind.name());
        when.putArray("required").add("kind");
        ObjectNode then = choice.putObject("then");
        then.put("description", kind.summary()).put("additionalProperties", false);
        ArrayNode required = then.putArray("required");
        ObjectNode properties = then.putObject("properties");
        common.propertyNames().forEach(name -> properties.put(name, true));
        String aim = kind.aim().name().toLowerCase(Locale.ROOT);
        required.add(aim);
        properties.putObject(aim).put("$ref", "#/definitions/" + (aim.equals("rule") ? "id" : aim));
        for (Parameter parameter : kind.parameters()) {
            properties.set(parameter.name(), parameter(parameter));
            if (parameter.byDefault().isEmpty()) {
                required.add(parameter.name());
            }
        }
        return choice;
    }

    private static ObjectNode parameter(Parameter parameter) {
        ObjectNode schema = JSON.createObjectNode();
        if (parameter.unit() == Quantity.Unit.COUNT) {
            schema.put("type", "integer").put("minimum", parameter.least()).put("maximum", parameter.most());
        } else if (parameter.unit() == Quantity.Unit.WORD && !parameter.words().isEmpty()) {
            parameter.words().forEach(schema.put("type", "string").putArray("enum")::add);
        } else {
            String named = parameter.unit() == Quantity.Unit.WORD ? "text" : lower(parameter.unit());
            schema.putArray("allOf").addObject().put("$ref", "#/definitions/" + named);
        }
        schema.put("description", parameter.meaning());
        parameter.byDefault().ifPresent(text -> schema.put("default", text));
        return schema;
    }

    private static String lower(Quantity.Unit unit) {
        return unit.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode resource(String name) {
        try (InputStream in = ScenarioSchema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + " is missing");
            }
            return (ObjectNode) JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(ObjectNode schema) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
    }
}
