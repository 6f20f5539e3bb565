package dev.understudy.cli.progress;

import dev.understudy.journal.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A run that a test plays to a view, in time of its own.
final class Play {
    private static final long SECOND = 1_000_000_000L;

    private final StringBuilder text = new StringBuilder();
    private final Course course = new Course();
    private final View view;
    private Optional<Earlier> earlier = Optional.empty();
    private long now;

    Play(View view) {
        this.view = view;
    }

    Play after(Earlier run) {
        earlier = Optional.of(run);
        return this;
    }

    Play begins() {
        return event(new Event.RunStarted(
                Event.SCHEMA, "20261121-114503-good-x7f3", "0", "", "good.yaml", 1, List.of(), Map.of(), ""));
    }

    Play event(Event event) {
        Optional<Telling> telling = Telling.of(event);
        course.follow(now, event, telling);
        telling.ifPresent(told -> text.append(view.tell(now, told, course, left())));
        return this;
    }

    /// Lets time pass, a tick each second.
    Play pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now += SECOND;
            text.append(view.tick(now, course, left()));
        }
        return this;
    }

    Play stage(int trial, String name, int seconds, Event... inside) {
        event(new Event.StageBegan(trial, name));
        for (Event event : inside) {
            event(event);
        }
        pass(seconds);
        return event(new Event.StageEnded(trial, name, "done"));
    }

    /// A trial of 40 s with seven steps.
    Play trial(int trial) {
        stage(trial, "start", 5);
        stage(trial, "baseline", 10);
        stage(trial, "change", 5, shipped(trial));
        stage(trial, "watch", 5, new Event.Breached(trial, List.of("slow"), 0, false, false, "slow over 400 ms"));
        Event[] steps = new Event[7];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new Event.StepEnded(trial, "step-" + i, 1, "done", 0, "");
        }
        stage(trial, "rollback", 5, steps);
        stage(trial, "recovery", 5, new Event.Recovery(trial, true, 0, ""));
        stage(trial, "verify", 4);
        return stage(trial, "reset", 1);
    }

    static Event shipped(int trial) {
        return new Event.Shipped(trial, "candidate", "orders", "orders 2.0", "1.0", "2.0", true, 1, 1, "");
    }

    Play say(String line) {
        text.append(view.say(line));
        return this;
    }

    Play ends() {
        text.append(view.end(now, course));
        return this;
    }

    String text() {
        return text.toString();
    }

    List<String> lines() {
        return text().lines().toList();
    }

    private OptionalLong left() {
        return earlier.isEmpty()
                ? OptionalLong.empty()
                : course.current().map(stage -> earlier.get().left(stage, now)).orElse(OptionalLong.empty());
    }
}
