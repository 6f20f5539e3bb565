package dev.understudy.runtime.tck;

import dev.understudy.runtime.Request;
import dev.understudy.runtime.Runtime;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/// What [RuntimeContract] is tried on: a runtime, the time it lives in, and a small system that it can run.
///
/// @param scenario its topology, where `live.start` says whether live has to be started, and what becomes of
///     its data
/// @param inner a link from the entry to another HTTP service, which `read` crosses
/// @param otherVersion a version of `inner`'s callee that live doesn't run
/// @param read a request to the entry that is answered with 2xx while everything is healthy
/// @param writing how data change; absent if the system keeps none
/// @param commands programs that can be executed in an arm
/// @param sql texts for a database; absent if there is none
public record Specimen(
        Runtime runtime,
        Timeline timeline,
        Scenario scenario,
        Link inner,
        String otherVersion,
        Request read,
        Optional<Writing> writing,
        Commands commands,
        Optional<SqlTexts> sql) {

    /// A request to the entry that is acknowledged and adds a row (or a file) to the data of `store`.
    public record Writing(Request request, String store) {}

    /// Programs: one that prints the variable `ADDRESS`, one that exits with `failingCode`, one that ends by
    /// itself long after `RuntimeContract.SHORT`.
    public record Commands(List<String> printing, List<String> failing, int failingCode, List<String> hanging) {}

    /// A text for the database `service` that succeeds, and one that fails.
    public record SqlTexts(String service, String works, String fails) {}

    /// The service that `inner` leads to.
    String other() {
        return inner.to();
    }
}
