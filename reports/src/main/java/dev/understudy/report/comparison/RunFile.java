package dev.understudy.report.comparison;

import dev.understudy.analysis.Verdict.ChangeFinding;
import dev.understudy.analysis.Verdict.Decision;
import dev.understudy.analysis.Verdict.RollbackFinding;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import dev.understudy.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A `run.json` as [dev.understudy.report.RunJson] writes it, read tolerantly: what is absent was not measured.
final class RunFile {
    private static final String KIND = "understudy-run";
    private static final int NEWEST = 1;

    private final String file;
    private final JsonNode summary;

    RunFile(String file, String json) {
        this.file = file;
        JsonNode root = parse(json);
        if (!root.path("kind").asString("").equals(KIND)) {
            throw wrong(1, 1, "is no run.json: its 'kind' is not '" + KIND + "'");
        }
        int schema = root.path("schema").asInt(0);
        if (schema > NEWEST) {
            throw wrong(1, 1, "has schema " + schema + "; this version reads up to " + NEWEST);
        }
        this.summary = root.path("summary");
    }

    RunFacts facts() {
        return new RunFacts(
                new RunFacts.Identity(
                        text("/identity/runId"),
                        text("/identity/scenario"),
                        summary.at("/identity/seed").asLong(0),
                        sources()),
                new RunFacts.Found(
                        word(Decision.class, "/verdict/decision"),
                        word(ChangeFinding.class, "/verdict/change"),
                        word(RollbackFinding.class, "/verdict/rollback"),
                        text("/verdict/reversibility/word"),
                        text("/verdict/reason")),
                new RunFacts.Figures(
                        whole("/figures/recovery"),
                        whole("/figures/recoveryBudget"),
                        whole("/figures/detect"),
                        whole("/figures/downtime"),
                        whole("/figures/downtimeBudget"),
                        whole("/figures/lost"),
                        whole("/figures/unserved")),
                trials(),
                rules(),
                steps(),
                summary.at("/traffic/perSecond").asDouble(0));
    }

    private Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>();
        summary.at("/identity/sources")
                .properties()
                .forEach(
                        source -> sources.put(source.getKey(), source.getValue().asString("")));
        return sources;
    }

    private RunFacts.Trials trials() {
        JsonNode all = summary.path("trials");
        String plan = all.path(0).path("plan").asString("");
        List<Long> recoveries = new ArrayList<>();
        int count = 0;
        for (JsonNode trial : all) {
            if (trial.path("plan").asString("").equals(plan)) {
                count++;
                if (trial.path("recovered").asBoolean(false)) {
                    whole(trial.path("recovery")).ifPresent(recoveries::add);
                }
            }
        }
        return new RunFacts.Trials(count, List.copyOf(recoveries));
    }

    private List<RunFacts.Rule> rules() {
        List<RunFacts.Rule> rules = new ArrayList<>();
        for (JsonNode rule : summary.path("rules")) {
            JsonNode worst = rule.path("worstCandidate");
            rules.add(new RunFacts.Rule(
                    rule.path("id").asString(""),
                    rule.path("metric").asString(""),
                    rule.path("limitText").asString(""),
                    worst.isNumber() ? OptionalDouble.of(worst.asDouble()) : OptionalDouble.empty(),
                    rule.path("brokeAt").isNumber()
                            && !rule.path("sharedByControl").asBoolean(false)));
        }
        return List.copyOf(rules);
    }

    private List<RunFacts.Step> steps() {
        List<RunFacts.Step> steps = new ArrayList<>();
        for (JsonNode step : summary.path("steps")) {
            String outcome = "did not run";
            long began = Long.MAX_VALUE;
            long ended = Long.MIN_VALUE;
            for (JsonNode attempt : step.path("attempts")) {
                outcome = attempt.path("outcome").asString("");
                began = Math.min(began, attempt.path("began").asLong(0));
                ended = Math.max(ended, attempt.path("ended").asLong(0));
            }
            steps.add(new RunFacts.Step(
                    step.path("id").asString(""),
                    outcome,
                    began > ended ? OptionalLong.empty() : OptionalLong.of(ended - began)));
        }
        return List.copyOf(steps);
    }

    private String text(String path) {
        return summary.at(path).asString("");
    }

    private OptionalLong whole(String path) {
        return whole(summary.at(path));
    }

    private static OptionalLong whole(JsonNode node) {
        return node.isIntegralNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }

    private <E extends Enum<E>> E word(Class<E> type, String path) {
        String word = text(path);
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(word))
                .findFirst()
                .orElseThrow(() -> wrong(
                        1,
                        1,
                        "has '" + word + "' at summary" + path + "; known are "
                                + Arrays.toString(type.getEnumConstants())));
    }

    private JsonNode parse(String json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            boolean isPlaced = at != null && at.getLineNr() > 0;
            throw wrong(
                    isPlaced ? at.getLineNr() : 1,
                    isPlaced ? Math.max(1, at.getColumnNr()) : 1,
                    "is no JSON: " + e.getOriginalMessage());
        }
    }

    private ScenarioException wrong(int line, int column, String what) {
        return new ScenarioException(List.of(Problem.at(new Place(file, line, column), what)));
    }
}
