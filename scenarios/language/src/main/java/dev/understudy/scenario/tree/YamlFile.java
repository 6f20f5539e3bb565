package dev.understudy.scenario.tree;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.SourceTree;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A file of one YAML document: its text, and its root.
///
/// A file that is no such thing is refused by name: missing, too large, not UTF-8, empty, several
/// documents, broken syntax, duplicate keys, and anything that would cost out of proportion (see
/// [TreeBuilder]).
public record YamlFile(String text, Node root) {

    /// The file of that name, or nothing after noting why.
    public static Optional<YamlFile> open(SourceTree tree, String file, Findings findings) {
        return switch (tree.open(file)) {
            case SourceTree.Found.Unreadable(String why) -> {
                findings.add(new Place(file, 1, 1), "can't be read: " + why);
                yield Optional.empty();
            }
            case SourceTree.Found.Content(byte[] bytes) ->
                FileText.decode(file, bytes, findings).flatMap(text -> parse(file, text, findings));
        };
    }

    private static Optional<YamlFile> parse(String file, String text, Findings findings) {
        TreeBuilder builder = new TreeBuilder(file, text, findings);
        try {
            Iterator<Event> events = new Parse(settings(text)).parseString(text).iterator();
            return builder.root(events).map(root -> new YamlFile(text, root));
        } catch (TreeBuilder.Refused refused) {
            findings.add(refused.problem());
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(mark -> place(file, mark)).orElse(new Place(file, 1, 1));
            explain(place, e, findings);
        } catch (YamlEngineException e) {
            findings.add(new Place(file, 1, 1), "not YAML: " + Shortened.of(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    /// The whole text is one buffer: the parser (3.0.1) fails where a character beyond the basic plane, an emoji for
    /// instance, lies across the end of one.
    private static LoadSettings settings(String text) {
        return LoadSettings.builder()
                .setUseMarks(true)
                .setCodePointLimit(SourceTree.LARGEST)
                .setBufferSize(Math.max(1_024, text.length() + 1))
                .build();
    }

    static Place place(String file, Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static void explain(Place place, MarkedYamlEngineException e, Findings findings) {
        String problem = e.getProblem() == null ? "syntax error" : e.getProblem();
        if (problem.contains("\\t(TAB)")) {
            findings.add(place, "not YAML: a tab can't indent", "Use spaces.");
            return;
        }
        String context = e.getContext() == null || e.getContext().isBlank() ? "" : e.getContext() + ", ";
        String message =
                "not YAML: " + (context + problem).toLowerCase(Locale.ROOT).replace('\n', ' ');
        if (problem.contains("mapping values are not allowed")) {
            findings.add(place, message, "Quote a text that holds ': ', and check the indentation.");
        } else {
            findings.add(place, message);
        }
    }
}
