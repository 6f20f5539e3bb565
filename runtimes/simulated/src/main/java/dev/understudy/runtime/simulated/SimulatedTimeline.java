package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Failures;
import dev.understudy.runtime.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Virtual time from a seed: the same program with the same seed runs in the same order every time.
///
/// [#run] takes the calling thread and runs every thread of the timeline on it, one at a time, as virtual
/// threads. Whenever one waits, the seed picks the next of those that can run; when none can, time jumps to the
/// next sleeper. Running takes no time, so only waiting through the timeline lets time pass: a loop that looks
/// at [#now] without waiting never ends. Locks, queues and futures of `java.util.concurrent` work as long as
/// they wait without a time-out; whatever wakes a thread from outside (a socket, a real timer, a monitor that
/// is held across a wait) is an error, because it would come at another moment each time.
///
/// `now` and `interrupt` may be called from any thread, everything else only inside [#run].
public final class SimulatedTimeline implements Timeline {
    private static final ScopedValue<SimulatedTimeline> CURRENT = ScopedValue.newInstance();
    private static final ScopedValue<Boolean> SHIELDED = ScopedValue.newInstance();
    private static final Duration HORIZON = Duration.ofDays(30);
    private static final Pattern MACHINERY = Pattern.compile("java\\.|jdk\\.|.*\\.SimulatedTimeline(\\$.*)?$");
    private static final long STANDSTILL = 5_000_000;

    private final SplittableRandom chance;
    private final Thread.Builder.OfVirtual threads = SeededThreads.on(this::execute);
    private final List<Runnable> ready = new ArrayList<>();
    private final Sleepers sleepers = new Sleepers();
    private final Set<SimulatedFork<?>> running = new LinkedHashSet<>();
    private final long horizon;
    private volatile long now;
    private volatile boolean interrupted;
    private volatile boolean wokenFromOutside;
    private @Nullable Thread driver;
    private boolean interruptSpread;
    private long stepsSinceTimeMoved;

    /// A timeline that ends with an error after 30 days of virtual time.
    public SimulatedTimeline(long seed) {
        this(seed, HORIZON);
    }

    /// A timeline that ends with an error at `horizon`: something must wait for ever.
    public SimulatedTimeline(long seed, Duration horizon) {
        this.chance = new SplittableRandom(seed);
        this.horizon = horizon.toNanos();
    }

    /// Runs `main` and everything it forks, and returns its result or rethrows its failure. What still runs
    /// when `main` ends is interrupted and unwinds first. A timeline runs once.
    /// @throws StuckException if no thread can ever run again, or time stands still or runs away
    public <T> T run(Callable<T> main) {
        if (driver != null) {
            throw new IllegalStateException("this timeline has already run: make another");
        }
        driver = Thread.currentThread();
        SimulatedFork<T> root = spawn("main", main, false);
        drive(root::isDone);
        interrupted = true;
        drive(running::isEmpty);
        return root.result();
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void sleepUntil(long nanos) {
        pause(nanos, null);
    }

    /// Returns when `signal` is raised (true) or at `deadline` (false).
    boolean await(Signal signal, long deadline) {
        if (!signal.isRaised()) {
            pause(deadline, signal);
        }
        return signal.isRaised();
    }

    @Override
    public <T> Fork<T> fork(String name, Callable<T> task) {
        requireInside();
        return spawn(name, task, SHIELDED.isBound());
    }

    @Override
    public void interrupt() {
        interrupted = true;
        if (CURRENT.isBound() && CURRENT.get() == this) {
            spreadInterrupt();
        }
    }

    @Override
    public boolean isInterrupted() {
        return interrupted;
    }

    @Override
    public void shielded(Runnable cleanup) {
        ScopedValue.where(SHIELDED, true).run(cleanup);
    }

    private void pause(long until, @Nullable Signal signal) {
        requireInside();
        throwIfInterrupted();
        if (ready.isEmpty() && sleepers.nextWake() > until) {
            // nobody else would run before: time can move on right here, without a change of threads
            moveTo(Math.max(now, until));
            return;
        }
        Sleepers.Sleeper sleeper = sleepers.add(Math.max(now, until), SHIELDED.isBound());
        if (signal != null) {
            signal.join(sleeper);
        }
        sleeper.sleep();
        throwIfInterrupted();
    }

    private void throwIfInterrupted() {
        if (interrupted && !SHIELDED.isBound()) {
            throw new Interruption();
        }
    }

    private void requireInside() {
        if (!CURRENT.isBound() || CURRENT.get() != this) {
            throw new IllegalStateException(
                    "thread '" + Thread.currentThread().getName() + "' is not of this timeline: call it inside run");
        }
    }

    private <T> SimulatedFork<T> spawn(String name, Callable<T> task, boolean shielded) {
        SimulatedFork<T> fork = new SimulatedFork<>(name, task, shielded);
        running.add(fork);
        fork.thread = threads.name(name).start(fork);
        return fork;
    }

    private void execute(Runnable continuation) {
        if (Thread.currentThread().equals(driver) || (CURRENT.isBound() && CURRENT.get() == this)) {
            ready.add(continuation);
        } else {
            wokenFromOutside = true;
        }
    }

    private void drive(BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            if (wokenFromOutside) {
                throw new StuckException("a thread was woken from outside of virtual time: by a real timer, a socket,"
                        + " another thread, or a monitor held across a wait. " + stuck());
            }
            if (interrupted && !interruptSpread) {
                spreadInterrupt();
            }
            if (ready.isEmpty()) {
                wakeNext();
            } else {
                countStep();
                takeOne().run();
            }
        }
    }

    private Runnable takeOne() {
        int last = ready.size() - 1;
        int chosen = last == 0 ? 0 : chance.nextInt(last + 1);
        Runnable taken = ready.get(chosen);
        ready.set(chosen, ready.get(last));
        ready.remove(last);
        return taken;
    }

    private void wakeNext() {
        long next = sleepers.nextWake();
        if (next == Sleepers.NEVER) {
            throw new StuckException("nothing can run any more and nobody sleeps: a deadlock. " + stuck());
        }
        moveTo(next);
        sleepers.wakeUntil(now);
    }

    private void moveTo(long nanos) {
        if (nanos > horizon) {
            throw new StuckException(
                    "virtual time reached its horizon of " + Duration.ofNanos(horizon) + ". " + stuck());
        }
        if (nanos > now) {
            now = nanos;
            stepsSinceTimeMoved = 0;
        } else {
            countStep();
        }
    }

    private void countStep() {
        if (++stepsSinceTimeMoved > STANDSTILL) {
            throw new StuckException("time stands still at " + now + " ns: " + STANDSTILL + " steps. " + stuck());
        }
    }

    private void spreadInterrupt() {
        interruptSpread = true;
        sleepers.wakeUnshielded();
    }

    private String stuck() {
        return "Waiting: " + running.stream().map(SimulatedFork::toString).collect(Collectors.joining(", ", "", ""));
    }

    /// No thread of the timeline can go on; the message names those that wait and where.
    public static final class StuckException extends IllegalStateException {
        StuckException(String message) {
            super(message);
        }
    }

    private final class SimulatedFork<T> implements Fork<T>, Runnable {
        private final String name;
        private final Callable<T> task;
        private final boolean shielded;
        private final List<Thread> joining = new ArrayList<>(1);
        private volatile boolean done;
        private @Nullable Thread thread;
        private @Nullable T value;
        private @Nullable Throwable failure;

        private SimulatedFork(String name, Callable<T> task, boolean shielded) {
            this.name = name;
            this.task = task;
            this.shielded = shielded;
        }

        @Override
        public void run() {
            ScopedValue.Carrier scope = ScopedValue.where(CURRENT, SimulatedTimeline.this);
            (shielded ? scope.where(SHIELDED, true) : scope).run(this::perform);
        }

        private void perform() {
            try {
                value = task.call();
            } catch (Throwable e) {
                failure = e;
            }
            done = true;
            running.remove(this);
            joining.forEach(LockSupport::unpark);
        }

        @Override
        public T join() {
            if (!done) {
                requireInside();
                joining.add(Thread.currentThread());
            }
            while (!done) {
                LockSupport.park();
            }
            return result();
        }

        @SuppressWarnings("NullAway") // a task may return null where T allows it
        private T result() {
            if (failure != null) {
                throw Failures.unchecked(failure);
            }
            return value;
        }

        @Override
        public boolean isDone() {
            return done;
        }

        /// Its name and the first frame that is neither Java's nor the timeline's.
        @Override
        public String toString() {
            StackTraceElement[] stack = thread == null ? new StackTraceElement[0] : thread.getStackTrace();
            for (StackTraceElement frame : stack) {
                if (!MACHINERY.matcher(frame.getClassName()).lookingAt()) {
                    return "'" + name + "' at " + frame;
                }
            }
            return "'" + name + "'";
        }
    }
}
