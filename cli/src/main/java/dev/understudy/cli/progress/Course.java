package dev.understudy.cli.progress;

import dev.understudy.cli.progress.Telling.Weight;
import dev.understudy.journal.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The stages of a run so far, in their order. Not thread-safe.
final class Course {
    private final List<Stage> stages = new ArrayList<>();
    private String title = "";

    /// One stage of a trial, or of the run itself (trial 0). Times are nanoseconds on the run's timeline.
    static final class Stage {
        private final int trial;
        private final String name;
        private final long began;
        private long ended = -1;
        private boolean failed;
        private String detail = "";

        private Stage(int trial, String name, long began) {
            this.trial = trial;
            this.name = name;
            this.began = began;
        }

        int trial() {
            return trial;
        }

        String name() {
            return name;
        }

        boolean isUnderWay() {
            return ended < 0;
        }

        boolean hasFailed() {
            return failed;
        }

        /// What was last told of it.
        String detail() {
            return detail;
        }

        long lasting(long now) {
            return (isUnderWay() ? now : ended) - began;
        }

        /// For people: `trial 1: baseline`.
        String label() {
            return trial == 0 ? name : "trial " + trial + ": " + name;
        }
    }

    /// Takes an event in, and what it means, if it means anything.
    void follow(long at, Event event, Optional<Telling> telling) {
        switch (event) {
            case Event.RunStarted started -> title = started.scenarioFile() + " as " + started.runId();
            case Event.StageBegan began -> stages.add(new Stage(began.trial(), began.stage(), at));
            case Event.StageEnded ended -> end(ended, at);
            default -> telling.ifPresent(this::detail);
        }
    }

    private void end(Event.StageEnded ended, long at) {
        stages.reversed().stream()
                .filter(stage -> stage.isUnderWay() && stage.trial == ended.trial() && stage.name.equals(ended.stage()))
                .findFirst()
                .ifPresent(stage -> {
                    stage.ended = at;
                    stage.failed |= !ended.outcome().equals("done");
                });
    }

    private void detail(Telling telling) {
        stages.reversed().stream()
                .filter(stage -> stage.isUnderWay() && (telling.trial() == 0 || stage.trial == telling.trial()))
                .findFirst()
                .ifPresent(stage -> {
                    stage.detail = telling.text();
                    stage.failed |= telling.weight() == Weight.ALARM;
                });
    }

    /// What is rehearsed, and as which run; empty before that is known.
    String title() {
        return title;
    }

    List<Stage> stages() {
        return List.copyOf(stages);
    }

    /// The innermost stage under way.
    Optional<Stage> current() {
        return stages.reversed().stream().filter(Stage::isUnderWay).findFirst();
    }

    /// Whether pairs of trials are compared at the moment.
    boolean comparesPairs() {
        return stages.stream().anyMatch(stage -> stage.isUnderWay() && stage.name.equals("optimize"));
    }
}
