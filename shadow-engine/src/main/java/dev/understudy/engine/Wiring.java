package dev.understudy.engine;

import dev.understudy.deviation.DeviationKind;
import dev.understudy.journal.Recorder;
import dev.understudy.runtime.Runtime;
import dev.understudy.runtime.Timeline;
import dev.understudy.runtime.TrafficSource;
import dev.understudy.runtime.TrafficSource.LiveExchange;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.SourceTree;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Everything a rehearsal is given: the place, the time, the record, the requests, the ways to disturb, the
/// files.
/// Put together by the command line, or by a test.
///
/// @param traffic opens the scenario's source of requests, once a run, before the clone is taken
/// @param sample is handed the sampled exchanges once the trials are over, to be kept or not
/// @param kinds the deviation kind of a name that the reader accepted
public record Wiring(
        String runId,
        Runtime runtime,
        Timeline timeline,
        Recorder recorder,
        Function<Scenario, TrafficSource> traffic,
        Function<String, DeviationKind> kinds,
        SourceTree sources,
        Consumer<List<LiveExchange>> sample) {}
