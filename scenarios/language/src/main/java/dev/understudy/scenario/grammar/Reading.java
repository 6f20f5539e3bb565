package dev.understudy.scenario.grammar;

import dev.understudy.promql.alerts.RuleText;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Template;
import dev.understudy.scenario.tree.Findings;
import dev.understudy.scenario.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One file on its way from tree to record: what was found wrong in it, and what it mentions.
final class Reading {
    private static final Pattern LINK = Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,62})->([A-Za-z][A-Za-z0-9_-]{0,62})");
    private static final Pattern BARE = Pattern.compile("\\$\\{([A-Za-z0-9_-]+)}");
    private static final Link NO_LINK = new Link("", "");

    private final String file;
    private final String text;
    private final Findings findings;
    private final Values values;
    private final List<Mention> mentions = new ArrayList<>();

    Reading(String file, Findings findings) {
        this(file, "", findings);
    }

    /// @param text of the whole file, for the places within scalars of several lines
    Reading(String file, String text, Findings findings) {
        this.file = file;
        this.text = text;
        this.findings = findings;
        this.values = new Values(findings);
    }

    Findings findings() {
        return findings;
    }

    Values values() {
        return values;
    }

    List<Mention> mentions() {
        return List.copyOf(mentions);
    }

    void mention(Mention mention) {
        mentions.add(mention);
    }

    /// Reads a service's name; `""` if it is none.
    String service(Node node, String what, Mention.Trait... traits) {
        String name = values.matching(node, what, Names.SERVICE, "a service's name");
        return service(node.place(), name, traits);
    }

    /// Notes that a service is named.
    String service(Place place, String name, Mention.Trait... traits) {
        if (!name.isEmpty()) {
            mention(new Mention.OfService(place, name, Set.of(traits)));
        }
        return name;
    }

    /// Reads `from->to`.
    Link link(Node node, String what, boolean http) {
        String text = values.text(node, what);
        if (text.isEmpty()) {
            return NO_LINK;
        }
        Matcher matcher = LINK.matcher(text);
        if (!matcher.matches()) {
            findings.add(node.place(), what + " is not a link: '" + text + "'", "A link is written orders->payments.");
            return NO_LINK;
        }
        Link link = new Link(matcher.group(1), matcher.group(2));
        mention(new Mention.OfLink(node.place(), link, http));
        return link;
    }

    /// Reads the name of a file that must exist, relative to this one; the result is as written.
    String existingFile(Node node, String what) {
        String written = values.text(node, what);
        if (!written.isEmpty()) {
            mention(new Mention.OfFile(node.place(), written, SourceTree.sibling(file, written)));
        }
        return written;
    }

    /// Reads the name of a file that must hold a mix, relative to this one; the result is as written.
    String mix(Node node, String what) {
        String written = values.text(node, what);
        if (!written.isEmpty()) {
            mention(new Mention.OfMix(node.place(), written, SourceTree.sibling(file, written)));
        }
        return written;
    }

    /// Reads the name of what the data of `service` is restored from, relative to this file; as written.
    String restored(Node node, String what, String service) {
        String written = values.text(node, what);
        if (!written.isEmpty()) {
            mention(new Mention.OfRestore(node.place(), service, written, SourceTree.sibling(file, written)));
        }
        return written;
    }

    /// Reads a text with references to endpoints and variables.
    Template template(Node node, String what, String owner, boolean declares) {
        Template template = new Template(values.looseText(node, what));
        for (Template.Reference reference : template.references()) {
            if (!reference.isEnvironment()) {
                mention(new Mention.OfEndpoint(within(node, reference.offset()), owner, reference, declares));
            }
        }
        Matcher bare = BARE.matcher(template.text());
        while (bare.find()) {
            mention(new Mention.OfBareName(within(node, bare.start()), bare.group(1)));
        }
        return template;
    }

    /// A scalar as an expression that knows where its letters stand.
    RuleText passage(Node.Scalar scalar) {
        return Passage.of(text, scalar);
    }

    /// The place of an offset in a scalar; the scalar's own where quoting or folding moves letters.
    private static Place within(Node node, int offset) {
        Place place = node.place();
        if (node instanceof Node.Scalar scalar) {
            int around = scalar.end() - scalar.start() - scalar.text().length();
            if (around == 0 || around == 2) {
                return new Place(place.file(), place.line(), place.column() + around / 2 + offset);
            }
        }
        return place;
    }
}
