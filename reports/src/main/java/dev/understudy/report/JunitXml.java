package dev.understudy.report;

import dev.understudy.analysis.RunSummary;
import dev.understudy.report.SuiteEntry.Outcome;
import dev.understudy.report.words.Xml;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Renders all scenarios of a command as one JUnit XML file: a test suite a scenario, a test case for the
/// verdict and each budget and rule. NO_GO is a failure; INCONCLUSIVE and whatever prevented a verdict are
/// errors; there is never a file without tests. The shape is that of the `junit-10.xsd` of Jenkins' xUnit
/// plug-in. Pure and thread-safe.
public final class JunitXml {

    private JunitXml() {}

    /// The whole file; scenarios in the order given.
    public static String render(List<SuiteEntry> entries) {
        List<Suite> suites = entries.isEmpty()
                ? List.of(new Suite(
                        "understudy", "", 0, List.of(Check.error("scenarios", "NOTHING_RUN", "no scenario was given"))))
                : entries.stream().map(JunitXml::suite).toList();
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuites name=\"understudy\" time=\"")
                .append(seconds(suites.stream().mapToLong(Suite::nanos).sum()))
                .append("\" tests=\"")
                .append(suites.stream().mapToLong(s -> s.checks().size()).sum())
                .append("\" failures=\"")
                .append(suites.stream()
                        .mapToLong(s -> s.count(Check.State.FAILED))
                        .sum())
                .append("\" errors=\"")
                .append(suites.stream()
                        .mapToLong(s -> s.count(Check.State.ERROR))
                        .sum())
                .append("\">\n");
        suites.forEach(suite -> suite.write(out));
        return out.append("</testsuites>\n").toString();
    }

    private static Suite suite(SuiteEntry entry) {
        return switch (entry.outcome()) {
            case Outcome.Judged judged -> {
                RunSummary run = judged.run();
                List<Check> checks = new ArrayList<>(Checks.of(run));
                if (!judged.left().isEmpty()) {
                    checks.add(Check.error("shadow removed", "LEFT_BEHIND", String.join("\n", judged.left())));
                }
                yield new Suite(
                        entry.file(), run.identity().startedAt(), run.split().total(), checks);
            }
            case Outcome.Prevented prevented -> {
                String said = prevented.place().map(place -> place + ": ").orElse("") + prevented.message();
                Check check = Check.error("verdict", prevented.cause().name(), said);
                yield new Suite(entry.file(), "", 0, List.of(check));
            }
        };
    }

    private record Suite(String name, String timestamp, long nanos, List<Check> checks) {

        private long count(Check.State state) {
            return checks.stream().filter(check -> check.state() == state).count();
        }

        private void write(StringBuilder out) {
            out.append("  <testsuite name=\"")
                    .append(Xml.attribute(name))
                    .append("\" tests=\"")
                    .append(checks.size())
                    .append("\" failures=\"")
                    .append(count(Check.State.FAILED))
                    .append("\" errors=\"")
                    .append(count(Check.State.ERROR))
                    .append("\" skipped=\"")
                    .append(count(Check.State.SKIPPED))
                    .append("\" time=\"")
                    .append(seconds(nanos))
                    .append('"');
            if (!timestamp.isEmpty()) {
                out.append(" timestamp=\"").append(Xml.attribute(timestamp)).append('"');
            }
            out.append(">\n");
            for (int n = 0; n < checks.size(); n++) {
                write(out, checks.get(n), n == 0 ? nanos : 0);
            }
            out.append("  </testsuite>\n");
        }

        /// The whole time of the run is the verdict's, so that the cases of a suite add up to it.
        private void write(StringBuilder out, Check check, long took) {
            out.append("    <testcase name=\"")
                    .append(Xml.attribute(check.name()))
                    .append("\" classname=\"")
                    .append(Xml.attribute(className(name)))
                    .append("\" time=\"")
                    .append(seconds(took))
                    .append("\">\n");
            String said = Xml.escape(check.message());
            switch (check.state()) {
                case PASSED -> out.append("      <system-out>").append(said).append("</system-out>\n");
                case SKIPPED ->
                    out.append("      <skipped message=\"")
                            .append(Xml.attribute(check.message()))
                            .append("\"/>\n");
                case FAILED -> problem(out, "failure", check, said);
                case ERROR -> problem(out, "error", check, said);
            }
            out.append("    </testcase>\n");
        }

        private static void problem(StringBuilder out, String element, Check check, String said) {
            out.append("      <")
                    .append(element)
                    .append(" message=\"")
                    .append(Xml.attribute(check.message()))
                    .append("\" type=\"")
                    .append(Xml.attribute(check.type()))
                    .append("\">")
                    .append(said)
                    .append("</")
                    .append(element)
                    .append(">\n");
        }
    }

    /// `shop/orders-2.0.yaml` as `shop.orders-2_0`: servers take the dots for packages.
    private static String className(String file) {
        return file.replaceFirst("\\.ya?ml$", "").replace('.', '_').replace('/', '.');
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f", Math.max(nanos, 0) / 1e9);
    }
}
