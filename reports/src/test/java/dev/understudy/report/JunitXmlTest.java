package dev.understudy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.SuiteEntry.Cause;
import dev.understudy.report.SuiteEntry.Outcome;
import dev.understudy.scenario.Place;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class JunitXmlTest {

    /// What `junit-10.xsd` allows of the elements that are written.
    private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
            "testsuites", Set.of("name", "time", "tests", "failures", "errors"),
            "testsuite", Set.of("name", "tests", "failures", "errors", "skipped", "time", "timestamp"),
            "testcase", Set.of("name", "classname", "time"),
            "failure", Set.of("message", "type"),
            "error", Set.of("message", "type"),
            "skipped", Set.of("message", "type"),
            "system-out", Set.of());

    private static final Map<String, Set<String>> CHILDREN = Map.of(
            "testsuites", Set.of("testsuite"),
            "testsuite", Set.of("testcase"),
            "testcase", Set.of("failure", "error", "skipped", "system-out"),
            "failure", Set.of(),
            "error", Set.of(),
            "skipped", Set.of(),
            "system-out", Set.of());

    @Test
    void theFileHasTheShapeThatJenkinsTakes() {
        Element root = parse(everything());

        check(root);
        assertThat(root.getTagName()).isEqualTo("testsuites");
    }

    /// The schema is worded anew after `junit-10.xsd` of Jenkins' xUnit plug-in, and no wider than it.
    @Test
    void theFileValidatesAgainstTheSchemaOfJenkins() {
        assertThat(violations(JunitXml.render(everything()))).isEmpty();
        assertThat(violations(JunitXml.render(List.of()))).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatJenkinsWould() {
        String sound = JunitXml.render(everything());

        assertThat(violations(sound.replaceFirst(" errors=\"[0-9]+\" skipped", " skipped")))
                .isNotEmpty();
        assertThat(violations(sound.replaceFirst("<testcase name", "<testcase url=\"x\" name")))
                .isNotEmpty();
        assertThat(violations(sound.replaceFirst("time=\"[0-9]", "time=\"about ")))
                .isNotEmpty();
    }

    private static List<String> violations(String xml) {
        try {
            SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(JunitXmlTest.class.getResource("/junit.xsd"))
                    .newValidator()
                    .validate(new StreamSource(new StringReader(xml)));
            return List.of();
        } catch (SAXException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void countsAreThoseOfTheCases() {
        Element root = parse(everything());

        long tests = 0;
        for (Element suite : children(root)) {
            assertThat(suite.getAttribute("tests"))
                    .isEqualTo(String.valueOf(children(suite).size()));
            assertThat(suite.getAttribute("failures")).isEqualTo(String.valueOf(named(suite, "failure")));
            assertThat(suite.getAttribute("errors")).isEqualTo(String.valueOf(named(suite, "error")));
            assertThat(suite.getAttribute("skipped")).isEqualTo(String.valueOf(named(suite, "skipped")));
            assertThat(children(suite)).isNotEmpty();
            tests += children(suite).size();
        }
        assertThat(root.getAttribute("tests")).isEqualTo(String.valueOf(tests));
        assertThat(root.getAttribute("failures")).isEqualTo(String.valueOf(named(root, "failure")));
        assertThat(root.getAttribute("errors")).isEqualTo(String.valueOf(named(root, "error")));
    }

    @Test
    void goHasNeitherFailureNorError() {
        Element suite = suite(Summaries.goByDrill(), 0);

        assertThat(suite.getAttribute("failures")).isEqualTo("0");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(names(suite))
                .containsExactly(
                        "verdict",
                        "stability rule errors",
                        "stability rule slow",
                        "rollback recovers within budget",
                        "downtime within budget",
                        "lost writes within budget",
                        "data of db",
                        "data of orders",
                        "data of service-2",
                        "ledger POST gateway/orders",
                        "expectation");
    }

    @Test
    void whatTheJudgeHasWeighedDoesNotFailAGo() {
        Element suite = suite(Summaries.goWithAllowedLoss(), 0);

        assertThat(namesWith(suite, "failure")).containsExactly();
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
        assertThat(suite.getTextContent()).contains("2 lost of 5 allowed");
    }

    @Test
    void noGoFailsByItsVerdictAndTheRuleBehindIt() {
        Element suite = suite(Summaries.noGoChange(), 1);

        assertThat(namesWith(suite, "failure")).containsExactly("verdict", "stability rule slow");
        assertThat(suite.getAttribute("errors")).isEqualTo("0");
    }

    @Test
    void aLossFailsInEveryPlaceThatSawIt() {
        Element suite = suite(Summaries.noGoLoss(), 1);

        assertThat(namesWith(suite, "failure"))
                .containsExactly("verdict", "lost writes within budget", "data of db", "ledger POST gateway/orders");
    }

    @Test
    void inconclusiveIsAnErrorAndSoIsWhatWasNotMeasured() {
        Element suite = suite(Summaries.inconclusive(), 3);

        assertThat(suite.getAttribute("failures")).isEqualTo("0");
        assertThat(namesWith(suite, "error"))
                .containsExactly(
                        "verdict",
                        "stability rule slow",
                        "rollback recovers within budget",
                        "downtime within budget",
                        "lost writes within budget");
    }

    @Test
    void anUnmetExpectationFailsEvenAGo() {
        RunSummary hostile = Summaries.hostile("x");

        assertThat(namesWith(suite(hostile, 1), "failure")).contains("expectation");
    }

    @Test
    void whatPreventedAVerdictIsAnError() {
        Element suite = children(parse(List.of(prevented()))).getFirst();

        assertThat(namesWith(suite, "error")).containsExactly("verdict");
        assertThat(suite.getTextContent()).contains("bad.yaml:3:1: unknown key 'pach', did you mean 'patch'?");
    }

    @Test
    void whatIsLeftBehindIsAnErrorBesideTheVerdict() {
        SuiteEntry entry = new SuiteEntry(
                Summaries.FILE,
                new Outcome.Judged(Summaries.goByDrill(), "report.html", List.of("namespace understudy-7f")),
                5);

        assertThat(namesWith(children(parse(List.of(entry))).getFirst(), "error"))
                .containsExactly("shadow removed");
    }

    @Test
    void thereIsNeverAFileWithoutTests() {
        Element root = parse(List.of());

        assertThat(root.getAttribute("tests")).isEqualTo("1");
        assertThat(root.getAttribute("errors")).isEqualTo("1");
        check(root);
    }

    private static List<SuiteEntry> everything() {
        List<SuiteEntry> entries = new ArrayList<>();
        Summaries.all().forEach((name, run) -> entries.add(SuiteEntry.judged(name + ".yaml", run, "report.html", 1)));
        entries.add(prevented());
        return entries;
    }

    private static SuiteEntry prevented() {
        return SuiteEntry.prevented(
                "bad.yaml",
                Cause.SCENARIO,
                "unknown key 'pach', did you mean 'patch'?",
                Optional.of(new Place("bad.yaml", 3, 1)),
                2);
    }

    private static Element suite(RunSummary run, int exitCode) {
        return children(parse(List.of(SuiteEntry.judged(Summaries.FILE, run, "report.html", exitCode))))
                .getFirst();
    }

    private static Element parse(List<SuiteEntry> entries) {
        return Markup.parse(JunitXml.render(entries)).getDocumentElement();
    }

    private static void check(Element element) {
        Set<String> attributes = ATTRIBUTES.get(element.getTagName());
        for (int n = 0; n < element.getAttributes().getLength(); n++) {
            assertThat(attributes).contains(element.getAttributes().item(n).getNodeName());
        }
        if (element.hasAttribute("time")) {
            assertThat(element.getAttribute("time")).matches("[0-9]+\\.[0-9]{3}");
        }
        for (Element child : children(element)) {
            assertThat(CHILDREN.get(element.getTagName())).contains(child.getTagName());
            check(child);
        }
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static long named(Element element, String tag) {
        NodeList found = element.getElementsByTagName(tag);
        return found.getLength();
    }

    private static List<String> names(Element suite) {
        return children(suite).stream().map(c -> c.getAttribute("name")).toList();
    }

    private static List<String> namesWith(Element suite, String tag) {
        return children(suite).stream()
                .filter(c -> named(c, tag) > 0)
                .map(c -> c.getAttribute("name"))
                .toList();
    }
}
