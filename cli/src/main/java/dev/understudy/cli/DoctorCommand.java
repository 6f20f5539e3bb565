package dev.understudy.cli;

import dev.understudy.cli.Finding.State;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.ScenarioException;
import dev.understudy.scenario.Topology;
import dev.understudy.scenario.reading.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `doctor [FILE]`: what this machine can do, and what to do about the rest.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:one can rehearse here, perhaps with limits",
            "  2:the file is wrong, or usage error",
            "  4:something that is needed is missing"
        },
        description = "Says what this machine can do: one line each, with what to do about what is missing.")
final class DoctorCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "a scenario or topology to be rehearsed here")
    String file = "";

    @Option(names = "--json", description = "as JSON")
    boolean json;

    @Override
    public Integer call() {
        List<Finding> findings = findings();
        boolean usable = findings.stream().noneMatch(finding -> finding.state() == State.MISSING);
        System.out.print(json ? json(findings, usable) : text(findings, usable));
        return usable ? ExitCode.GO.code() : ExitCode.ENVIRONMENT.code();
    }

    private List<Finding> findings() {
        Validation given = Language.validate(file.isEmpty() ? List.of() : List.of(file));
        if (!given.isSound()) {
            throw new ScenarioException(given.problems());
        }
        Optional<Scenario> scenario = given.scenarios().stream().findFirst();
        Neighbourhood here = new Neighbourhood();
        List<Finding> findings = new ArrayList<>(Machine.findings());
        scenario.flatMap(of -> Neighbourhood.isolation(of, findings)).ifPresent(findings::add);
        if (Machine.isLinux()) {
            findings.addAll(here.room(scenario));
        }
        Stream<Topology> topologies = Stream.concat(
                given.topologies().stream(),
                scenario.filter(of -> of.live().bundle().isEmpty()).map(Scenario::topology).stream());
        scenario.flatMap(of -> of.live().bundle()).map(DoctorCommand::bundle).ifPresent(findings::add);
        topologies.forEach(topology -> findings.addAll(here.ports(topology)));
        return findings;
    }

    /// That it is whole and fits was found when the file was read.
    private static Finding bundle(Bundle bundle) {
        return Finding.ok(
                "bundle",
                bundle.directory() + " of '" + bundle.scenario() + "', taken " + bundle.taken() + ", good until "
                        + bundle.expires() + "; no live system is needed");
    }

    private static String text(List<Finding> findings, boolean usable) {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> text.append(finding).append('\n'));
        return text.append(usable ? "one can rehearse here\n" : "one can't rehearse here\n")
                .toString();
    }

    private static String json(List<Finding> findings, boolean usable) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("what", finding.what());
            one.put("state", finding.state().name().toLowerCase(Locale.ROOT));
            one.put("found", finding.found());
            one.put("matters", finding.matters());
            one.put("remedy", finding.remedy());
            all.add(one);
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("usable", usable);
        whole.put("findings", all);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(whole) + "\n";
    }
}
