package dev.understudy.deviation;

import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.EffectLog;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.DeviationSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Lets deviations begin and end in their time, and undoes every one, whatever happens. Thread-safe; made for
/// one trial. Waits on the timeline only.
public final class DeviationSimulator {
    private final Timeline timeline;
    private final Function<String, DeviationKind> kinds;
    private final EffectLog effects;
    private final MetricGate gate;
    private final Listener listener;
    private final List<Episode> episodes = new CopyOnWriteArrayList<>();
    private final List<Timeline.Fork<Boolean>> forks = new CopyOnWriteArrayList<>();

    /// Who is told of deviations; called from threads of the timeline.
    public interface Listener {
        /// A deviation acts on an arm.
        void began(DeviationSpec spec, ArmName arm, String requested);

        /// It doesn't any more; `verified` if reading back found nothing of it.
        void ended(DeviationSpec spec, ArmName arm, String achieved, boolean verified);
    }

    /// @param kinds the kind of a name, usually [DeviationKinds#named]
    public DeviationSimulator(
            Timeline timeline,
            Function<String, DeviationKind> kinds,
            EffectLog effects,
            MetricGate gate,
            Listener listener) {
        this.timeline = timeline;
        this.kinds = kinds;
        this.effects = effects;
        this.gate = gate;
        this.listener = listener;
    }

    /// Lets every deviation begin at its `after` from `watchBegan` on, on the arms it is meant for, and end
    /// after its `for`; returns at once.
    public void schedule(List<DeviationSpec> specs, Map<ArmName, Arm> arms, long watchBegan) {
        for (DeviationSpec spec : specs) {
            List<Episode> same = new ArrayList<>();
            for (ArmName name : ArmName.values()) {
                Arm arm = arms.get(name);
                if (arm != null && (spec.on() == DeviationSpec.Scope.ALL || name == ArmName.CANDIDATE)) {
                    Inject context = new Inject(spec, arm, gate);
                    same.add(new Episode(context, kinds.apply(spec.kind()), timeline, effects, listener));
                }
            }
            episodes.addAll(same);
            fork(spec, () -> act(spec, same, watchBegan));
        }
    }

    /// A breach happened: deviations that last until then end, beside the caller.
    public void breachHappened() {
        for (Episode episode : episodes) {
            if (episode.spec().until() == DeviationSpec.Until.BREACH && !episode.isOver()) {
                fork(episode.spec(), episode::end);
            }
        }
    }

    /// Ends all that act and all that were still to begin, the last first, and returns when each is undone and
    /// read back, even if the timeline is interrupted. May be called again.
    ///
    /// @return what is not verifiably gone, one line each
    /// @throws RuntimeException what kept a deviation from beginning, once, after everything was undone
    public List<String> endAll() {
        timeline.shielded(() -> {
            List.copyOf(episodes).reversed().forEach(Episode::end);
            forks.forEach(Timeline.Fork::join);
        });
        episodes.forEach(Episode::rethrow);
        return episodes.stream()
                .map(Episode::leftover)
                .flatMap(Optional::stream)
                .toList();
    }

    /// Takes in a measurement, so that what was achieved can be reported; quick enough for the data path.
    public void exchanged(LinkSample sample) {
        for (Episode episode : episodes) {
            episode.exchanged(sample);
        }
    }

    private void act(DeviationSpec spec, List<Episode> same, long watchBegan) {
        long begins = watchBegan + spec.after().toNanos();
        if (waited(same, begins)) {
            return;
        }
        same.forEach(Episode::begin);
        if (spec.lasts().isPresent()
                && !waited(same, begins + spec.lasts().get().toNanos())) {
            same.forEach(Episode::end);
        }
    }

    /// Waits until `nanos`; true if all were ended before.
    private boolean waited(List<Episode> same, long nanos) {
        return timeline.await(() -> same.stream().allMatch(Episode::isOver), nanos);
    }

    private void fork(DeviationSpec spec, Runnable task) {
        forks.add(timeline.fork("deviation " + spec.id(), () -> {
            try {
                task.run();
                return true;
            } catch (Timeline.Interruption stopped) {
                return false; // what acts is undone by endAll
            }
        }));
    }
}
