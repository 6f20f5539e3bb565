package dev.understudy.scenario.grammar;

import dev.understudy.scenario.Mask;
import dev.understudy.scenario.Mask.Replacement;
import dev.understudy.scenario.Mask.Target;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.tree.Node;
import java.util.List;
import java.util.regex.Pattern;

/// Reads what of live's data no arm and no bundle may hold.
final class MaskGrammar {
    private static final Pattern COLUMN = Pattern.compile("[^.\\s]{1,63}(\\.[^.\\s]{1,63}){1,2}");
    private static final Pattern GLOB = Pattern.compile("\\S+");

    private final Reading reading;

    MaskGrammar(Reading reading) {
        this.reading = reading;
    }

    Mask mask(Node node, String what) {
        Fields fields =
                Fields.of(reading, node, "the mask", List.of("data", "column", "file", "value", "to", "constant"));
        boolean isColumn =
                fields.oneOf(List.of("column", "file")).filter("column"::equals).isPresent();
        Place named = fields.node("data").map(Node::place).orElse(fields.place());
        String service = fields.need(
                "data", "", (name, key) -> reading.values().matching(name, key, Names.SERVICE, "a service's name"));
        reading.service(
                named,
                service,
                Mention.Trait.RUNS,
                !fields.has("column") && !fields.has("file")
                        ? Mention.Trait.STATEFUL
                        : isColumn ? Mention.Trait.DATABASE : Mention.Trait.DIRECTORY);
        Replacement by = replacement(fields);
        return new Mask(fields.place(), service, isColumn ? column(fields) : files(fields, by), by);
    }

    private Replacement replacement(Fields fields) {
        if (fields.has("to") && fields.has("constant")) {
            fields.refuse("constant", "can't stand beside 'to'");
        }
        String word = fields.node("to")
                .map(to -> reading.values().word(to, "'to'", List.of("hash", "nothing")))
                .orElse("hash");
        return fields.optional("constant", reading.values()::looseText)
                .<Replacement>map(Replacement.Constant::new)
                .orElse(word.equals("nothing") ? new Replacement.Nothing() : new Replacement.Hash());
    }

    private Target column(Fields fields) {
        fields.refuse("value", "is a place in a file; beside 'column' it has no meaning");
        String column = fields.need(
                "column", "", (node, what) -> reading.values().matching(node, what, COLUMN, "TABLE.COLUMN"));
        int dot = column.lastIndexOf('.');
        return dot < 0
                ? new Target.Column("", "")
                : new Target.Column(column.substring(0, dot), column.substring(dot + 1));
    }

    private Target files(Fields fields, Replacement by) {
        String glob = fields.optional(
                        "file",
                        (node, what) -> reading.values().matching(node, what, GLOB, "a file or a glob such as *.json"))
                .orElse("");
        if (fields.has("file") && !fields.has("value") && !(by instanceof Replacement.Nothing)) {
            fields.refuse("file", "is left out as a whole with 'to: nothing'; else say which 'value' of it is masked");
        }
        return new Target.InFiles(glob, fields.optional("value", reading.values()::pointer));
    }
}
