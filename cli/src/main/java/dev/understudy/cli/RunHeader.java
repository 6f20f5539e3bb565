package dev.understudy.cli;

import dev.understudy.engine.Rehearsal;
import dev.understudy.journal.Event;
import dev.understudy.journal.Event.SourceText;
import dev.understudy.runtime.Runtime;
import dev.understudy.scenario.Bundle;
import dev.understudy.scenario.Change;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.SourceTree;
import dev.understudy.scenario.Step;
import dev.understudy.scenario.Traffic;
import dev.understudy.scenario.reading.Masking;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The first event of a run: what is rehearsed, from which files, on what machine.
record RunHeader(Scenario scenario, Rehearsal.Options options, String runId, ZonedDateTime startedAt, Runtime runtime) {

    Event.RunStarted event() {
        return new Event.RunStarted(
                Event.SCHEMA,
                runId,
                Version.TEXT,
                startedAt.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME),
                scenario.place().file(),
                scenario.seed(),
                sources(),
                machine(),
                again());
    }

    private String again() {
        return "understudy rehearse " + scenario.place().file() + " --seed " + scenario.seed()
                + (options.trials() > 1 ? " --trials " + options.trials() : "")
                + (options.optimize() ? "" : " --no-optimize");
    }

    private List<SourceText> sources() {
        List<SourceText> sources = new ArrayList<>();
        String scenarioFile = scenario.place().file();
        String topologyFile = scenario.topology().place().file();
        for (String name : List.of(scenarioFile, topologyFile)) {
            add(sources, name, true);
        }
        scenario.live().bundle().ifPresent(bundle -> add(sources, bundle.path(Bundle.FILE), true));
        Set<String> files = new LinkedHashSet<>();
        if (scenario.traffic().from() instanceof Traffic.Source.Synthetic(double _, String mix)) {
            files.add(SourceTree.sibling(scenarioFile, mix));
        }
        for (Change change : scenario.changes()) {
            if (change instanceof Change.Migration migration) {
                files.add(SourceTree.sibling(scenarioFile, migration.file()));
            }
        }
        for (Step step : scenario.rollback().steps()) {
            if (step instanceof Step.Sql sql) {
                files.add(SourceTree.sibling(scenarioFile, sql.file()));
            }
        }
        scenario.monitoring()
                .alerts()
                .ifPresent(alerting ->
                        alerting.files().forEach(file -> files.add(SourceTree.sibling(scenarioFile, file))));
        files.forEach(name -> add(sources, name, false));
        return List.copyOf(sources);
    }

    private static void add(List<SourceText> sources, String name, boolean masked) {
        if (Language.files().open(name) instanceof SourceTree.Found.Content content) {
            String text = new String(content.bytes(), StandardCharsets.UTF_8);
            sources.add(new SourceText(name, sha256(content.bytes()), masked ? Masking.masked(name, text) : ""));
        }
    }

    private Map<String, String> machine() {
        Map<String, String> machine = new TreeMap<>();
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put(
                "processors", Integer.toString(java.lang.Runtime.getRuntime().availableProcessors()));
        machine.put("java", System.getProperty("java.version"));
        machine.put("runtime", runtime.name());
        return machine;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
