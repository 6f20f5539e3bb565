package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.SchemaImage;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Secrets;
import dev.understudy.scenario.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// An arm of a simulated shadow. Only for threads of its timeline.
final class SimulatedArm implements Arm {
    private static final long RESIDENT = 64 << 20;

    private final ArmName name;
    private final SimulatedWorld world;
    private final SimulatedSystem system;
    private final SimulatedTimeline timeline;
    private final List<String> services;
    private final Set<Lie> lies;
    private final Map<String, Release> told = new LinkedHashMap<>();
    private SimulatedData golden;
    private boolean changed;

    /// @param services those that are started in it, in the order of the topology
    SimulatedArm(ArmName name, SimulatedWorld world, SimulatedSystem system, List<String> services, Set<Lie> lies) {
        this.name = name;
        this.world = world;
        this.system = system;
        this.timeline = system.timeline();
        this.golden = system.data().copy();
        this.services = services;
        this.lies = lies;
    }

    @Override
    public ArmName name() {
        return name;
    }

    /// Begins to start everything.
    List<Incarnation> begin() {
        return services.stream()
                .flatMap(service -> system.processes().start(service, release(service)).stream())
                .toList();
    }

    /// Back to `data`, with nothing running and nothing remembered.
    void reset(SimulatedData data) {
        system.processes().endAll();
        system.calmAll();
        golden = data.copy();
        system.replaceData(data);
        told.clear();
        changed = false;
    }

    @Override
    public Deployed deploy(String service, Release release, Replacement how) {
        ServiceModel model = world.service(service);
        VersionModel version = model.versionNamed(release.version());
        told.put(service, release);
        boolean isBack = release.equals(original(service));
        boolean runsAnother =
                system.processes().of(service).stream().anyMatch(incarnation -> !incarnation.release.equals(release));
        long began = timeline.now();
        if (isBack && runsAnother && lies.contains(Lie.REVERT_WITHOUT_EFFECT)) {
            long start = version.starting().draw(system.chance(service));
            timeline.sleepUntil(began + start);
            return new Deployed(true, Duration.ZERO, Duration.ofNanos(start), Processes.digest(service, release), "");
        }
        if (!isBack) {
            sayChanged();
        }
        if (!how.equals(Replacement.ALL_AT_ONCE)) {
            return new SimulatedRollover(this, system, model, release, how).run();
        }
        system.processes().stop(service);
        long stopped = timeline.now();
        List<Incarnation> begun = system.processes().start(service, release);
        boolean healthy = awaitUp(begun, stopped + model.healthWithin().toNanos());
        return new Deployed(
                healthy,
                Duration.ofNanos(stopped - began),
                Duration.ofNanos(timeline.now() - stopped),
                Processes.digest(service, release),
                lastWords(begun));
    }

    static String lastWords(List<Incarnation> begun) {
        return String.join(
                "; ",
                begun.stream()
                        .map(each -> each.lastWords)
                        .filter(words -> !words.isEmpty())
                        .toList());
    }

    @Override
    public Deployed restoreData(String service) {
        Tables before = golden.tables(service).copy();
        long began = timeline.now();
        system.processes().stop(service);
        system.data().put(service, before);
        long stopped = timeline.now();
        Release release = release(service);
        List<Incarnation> begun = system.processes().start(service, release);
        boolean healthy =
                awaitUp(begun, stopped + world.service(service).healthWithin().toNanos());
        return new Deployed(
                healthy,
                Duration.ofNanos(stopped - began),
                Duration.ofNanos(timeline.now() - stopped),
                Processes.digest(service, release),
                lastWords(begun));
    }

    /// Whether all are up at `deadline`; returns as soon as that is clear.
    boolean awaitUp(List<Incarnation> begun, long deadline) {
        begun.forEach(incarnation -> timeline.await(incarnation.settled, deadline));
        return begun.stream().allMatch(Incarnation::isUp);
    }

    @Override
    public void prepare(String service, Release release) {
        told.put(service, release);
        if (!release.equals(original(service))) {
            sayChanged();
        }
    }

    @Override
    public Release release(String service) {
        return told.getOrDefault(service, original(service));
    }

    private Release original(String service) {
        return Release.of(world.service(service).version());
    }

    @Override
    public List<InstanceState> instances() {
        return system.processes().states();
    }

    @Override
    public List<String> strays() {
        return changed && lies.contains(Lie.PROCESS_LEFT_BEHIND)
                ? List.of("process 4242 'simulated left-behind' belongs to no instance")
                : List.of();
    }

    @Override
    public Answer exchange(Request request, Duration timeout) {
        return system.exchange(Link.entering(request.service()), request, timeline.now() + timeout.toNanos());
    }

    @Override
    public Answer ask(Request request, int index, Duration timeout) {
        return system.ask(request, timeline.now() + timeout.toNanos());
    }

    @Override
    public Execution sql(String service, String text, Duration timeout) {
        Optional<Script> known = world.script(text);
        if (known.isEmpty()) {
            return new Execution(false, 1, "simulated stores don't understand: " + text.strip(), text, false);
        }
        Script script = known.get();
        long time = script.time().draw(system.chance(service));
        timeline.sleepUntil(timeline.now() + Math.min(time, timeout.toNanos()));
        if (time > timeout.toNanos()) {
            return judged(new Execution(false, 1, "cancelled after " + timeout, text, true));
        }
        if (system.processes().of(service).stream().noneMatch(Incarnation::isUp)) {
            return judged(new Execution(false, 1, service + " does not run", text, false));
        }
        if (script.undo() && lies.contains(Lie.UNDO_SKIPPED)) {
            return new Execution(true, 0, "", text, false);
        }
        return judged(transact(service, script));
    }

    private Execution transact(String service, Script script) {
        Tables copy = system.data().tables(service).copy();
        try {
            String output = script.effect().apply(copy);
            if (!script.file().isEmpty()) {
                system.data().put(service, copy);
                sayChanged();
            }
            return new Execution(true, 0, output, script.text(), false);
        } catch (RuntimeException e) {
            return new Execution(false, 1, String.valueOf(e.getMessage()), script.text(), false);
        }
    }

    @Override
    public Execution execute(List<String> command, Map<String, Template> environment, Duration timeout) {
        String literal = Secrets.typed(command);
        Program program = world.programs().get(command.getFirst());
        if (program == null) {
            return judged(new Execution(false, 127, "no program '" + command.getFirst() + "'", literal, false));
        }
        Map<String, String> resolved = new LinkedHashMap<>();
        environment.forEach((key, value) -> resolved.put(key, value.resolve(this::resolve)));
        Signal ended = new Signal();
        AtomicReference<Program.Ended> result = new AtomicReference<>(new Program.Ended(137, "killed"));
        timeline.fork("execute " + literal, () -> {
            result.set(program.run(command, resolved, timeline));
            ended.raise();
            return literal;
        });
        boolean inTime = timeline.await(ended, timeline.now() + timeout.toNanos());
        Program.Ended end = result.get();
        return judged(new Execution(inTime && end.exitCode() == 0, end.exitCode(), end.output(), literal, !inTime));
    }

    private String resolve(Template.Reference reference) {
        if (reference.isEnvironment()) {
            return "";
        }
        String host = reference.of() + "." + name;
        return switch (reference.property()) {
            case "host" -> host;
            case "port" -> "80";
            default -> host + ":80";
        };
    }

    private Execution judged(Execution execution) {
        boolean lie = !execution.succeeded() && changed && lies.contains(Lie.FAILURE_AS_SUCCESS);
        return lie ? new Execution(true, 0, "", execution.literal(), false) : execution;
    }

    @Override
    public void kill(String service) {
        system.processes().kill(service);
    }

    @Override
    public void pause(String service) {
        system.processes().of(service).forEach(Incarnation::pause);
    }

    @Override
    public void resume(String service) {
        system.processes().of(service).forEach(Incarnation::resume);
    }

    @Override
    public List<String> paused(String service) {
        return system.processes().of(service).stream()
                .filter(Incarnation::isPaused)
                .map(incarnation -> incarnation.mark)
                .toList();
    }

    @Override
    public LinkHandle link(Link link) {
        return system.link(link);
    }

    @Override
    public DataImage data(String service) {
        return system.data().tables(service).image(service);
    }

    @Override
    public SchemaImage schema(String service, Set<String> historyTables) {
        if (system.processes().of(service).stream().noneMatch(Incarnation::isUp)) {
            return SchemaImage.unread(service, service + " does not run");
        }
        return system.data().tables(service).schema(service, historyTables);
    }

    @Override
    public List<ResourceUse> resources() {
        List<ResourceUse> uses = new ArrayList<>();
        system.processes()
                .all()
                .filter(incarnation -> !incarnation.isDown())
                .forEach(incarnation -> uses.add(new ResourceUse(
                        incarnation.service,
                        incarnation.index,
                        incarnation.mark,
                        Duration.ofNanos(incarnation.busyNanos),
                        RESIDENT,
                        0,
                        0,
                        8)));
        return uses;
    }

    @Override
    public List<LinkBytes> linkBytes() {
        return system.linkBytes();
    }

    @Override
    public void observe(Observer observer) {
        system.observe(observer);
    }

    private void sayChanged() {
        changed = true;
        if (lies.contains(Lie.WRITE_DROPPED)) {
            system.data().forgetEvery(5);
        }
    }
}
