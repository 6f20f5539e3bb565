package dev.understudy.report.finding;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.understudy.report.StableJson;
import dev.understudy.report.words.UriPath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Renders findings in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS standard of 27 March
/// 2020): a rule a kind of finding, a result a finding with file, line and column, and a fingerprint that stays
/// the same from run to run. Pure and thread-safe.
public final class SarifJson {
    private static final String ROOT = "%SRCROOT%";

    private record Log(@JsonProperty("$schema") String schema, String version, List<Run> runs) {}

    private record Run(Tool tool, String columnKind, AutomationDetails automationDetails, List<Result> results) {}

    private record AutomationDetails(String id) {}

    private record Tool(Driver driver) {}

    private record Driver(String name, String version, List<Rule> rules) {}

    private record Rule(
            String id, Text shortDescription, Text fullDescription, Text help, Configuration defaultConfiguration) {}

    private record Configuration(String level) {}

    private record Text(String text) {}

    private record Result(
            String ruleId,
            String level,
            Text message,
            List<Location> locations,
            Map<String, String> partialFingerprints) {}

    private record Location(PhysicalLocation physicalLocation) {}

    private record PhysicalLocation(Map<String, String> artifactLocation, Region region) {}

    private record Region(int startLine, int startColumn) {}

    private SarifJson() {}

    /// The whole file.
    /// @param version of the tool, bare: `0.1.0`
    public static String render(List<Finding> findings, String version) {
        Driver driver = new Driver(
                "Understudy",
                version,
                Arrays.stream(FindingKind.values()).map(SarifJson::rule).toList());
        return StableJson.write(new Log(
                "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
                "2.1.0",
                List.of(new Run(
                        new Tool(driver),
                        "unicodeCodePoints",
                        new AutomationDetails("understudy/"),
                        findings.stream().map(SarifJson::result).toList()))));
    }

    private static Rule rule(FindingKind kind) {
        return new Rule(
                kind.id(),
                new Text(kind.title() + "."),
                new Text(kind.title() + ". " + kind.help()),
                new Text(kind.help()),
                new Configuration(kind.level().word()));
    }

    private static Result result(Finding finding) {
        return new Result(
                finding.kind().id(),
                finding.level().word(),
                new Text(finding.message()),
                List.of(new Location(new PhysicalLocation(
                        file(finding.place().file()),
                        new Region(
                                Math.max(1, finding.place().line()),
                                Math.max(1, finding.place().column()))))),
                Map.of("understudyFinding/v1", finding.fingerprint()));
    }

    /// A file inside the repository is named from its root, one outside by its full address.
    private static Map<String, String> file(String path) {
        return path.startsWith("/")
                ? Map.of("uri", "file://" + UriPath.encode(path))
                : Map.of("uri", UriPath.encode(path), "uriBaseId", ROOT);
    }
}
