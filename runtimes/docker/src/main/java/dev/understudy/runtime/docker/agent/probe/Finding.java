package dev.understudy.runtime.docker.agent.probe;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EnvironmentException;
import dev.understudy.runtime.Shadow.Probe;
import java.util.List;

/// What came of one attempt. Written as one line, its fields apart by tabs: `held` or `leak`, the attempt, the
/// evidence.
///
/// @param held whether it was held back
record Finding(boolean held, String evidence) {
    static Finding held(String evidence) {
        return new Finding(true, evidence);
    }

    static Finding leak(String evidence) {
        return new Finding(false, evidence);
    }

    String line(Attempt attempt) {
        String plain = evidence.replaceAll("\\p{Cntrl}+", " ");
        return (held ? "held" : "leak") + "\t" + attempt.words() + "\t" + plain;
    }

    /// What a container said came of `attempts`.
    /// @throws EnvironmentException if it doesn't say so of each, in their order
    static List<Probe> parse(ArmName arm, List<Attempt> attempts, String said) {
        List<String[]> lines = said.lines()
                .map(line -> line.split("\t", 3))
                .filter(fields -> fields.length == 3)
                .toList();
        List<String> told = lines.stream().map(fields -> fields[1]).toList();
        if (!told.equals(attempts.stream().map(Attempt::words).toList())) {
            throw new EnvironmentException("the probes of the " + arm + " arm were not all made: " + said.strip());
        }
        return lines.stream()
                .map(fields -> new Probe(arm, fields[1], fields[0].equals("held"), fields[2]))
                .toList();
    }
}
