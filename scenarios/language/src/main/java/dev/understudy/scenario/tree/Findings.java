package dev.understudy.scenario.tree;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Collects what is wrong while reading goes on. Not thread-safe: one for each reading.
public final class Findings {
    /// More problems than a person reads; a broken generator must not fill the disk.
    private static final int MOST = 500;

    private final TreeSet<Problem> problems = new TreeSet<>();
    private int count;

    /// Notes a problem.
    public void add(Place place, String message) {
        add(Problem.at(place, message));
    }

    /// Notes a problem and what might help.
    public void add(Place place, String message, String hint) {
        add(new Problem(place, message, Optional.of(hint)));
    }

    /// Notes a problem and perhaps what might help.
    public void add(Place place, String message, Optional<String> hint) {
        add(new Problem(place, message, hint));
    }

    /// Notes a problem; the same problem at the same place is kept once.
    public void add(Problem problem) {
        count++;
        if (problems.size() < MOST) {
            problems.add(problem);
        } else if (problems.size() == MOST) {
            problems.add(new Problem(
                    problem.place(), "more than " + MOST + " problems; the rest is not listed", Optional.empty()));
        }
    }

    /// How often something was noted: whether it grew tells whether a part is sound.
    public int count() {
        return count;
    }

    /// Everything noted, by file, line and column.
    public List<Problem> sorted() {
        return List.copyOf(problems);
    }
}
