package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkSample;
import dev.understudy.runtime.Request;
import dev.understudy.runtime.Timeline;
import dev.understudy.scenario.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One running copy of a world: live, or an arm. Only for threads of its timeline.
final class SimulatedSystem {
    private final SimulatedTimeline timeline;
    private final String name;
    private final long seed;
    private final @Nullable ArmName arm;
    private final Map<Link, SimulatedLink> links = new LinkedHashMap<>();
    private final Processes processes;
    private final Map<String, SplittableRandom> chances = new HashMap<>();
    private final List<Arm.Observer> observers = new ArrayList<>();
    private SimulatedData data;

    /// @param arm which arm it is; absent for live
    /// @param present the services that exist in it
    SimulatedSystem(
            SimulatedWorld world,
            SimulatedTimeline timeline,
            long seed,
            @Nullable ArmName arm,
            Set<String> present,
            SimulatedData data) {
        this.timeline = timeline;
        this.name = arm == null ? "live" : arm.toString();
        this.seed = seed;
        this.arm = arm;
        this.data = data;
        this.processes = new Processes(world, this);
        for (ServiceModel service : world.services()) {
            if (present.contains(service.name())) {
                addLinks(service, present);
            }
        }
    }

    private void addLinks(ServiceModel service, Set<String> present) {
        if (!service.isStore()) {
            addLink(Link.entering(service.name()));
        }
        service.calls().stream().filter(present::contains).forEach(callee -> addLink(new Link(service.name(), callee)));
    }

    private void addLink(Link link) {
        links.put(link, new SimulatedLink(link, timeline));
    }

    SimulatedTimeline timeline() {
        return timeline;
    }

    /// What runs in it.
    Processes processes() {
        return processes;
    }

    @Override
    public String toString() {
        return name;
    }

    SimulatedData data() {
        return data;
    }

    /// Puts other data in the place of what it has; nothing may run.
    void replaceData(SimulatedData other) {
        data = other;
    }

    long next(String sequence) {
        return data.next(sequence, 1 + chance("sequence " + sequence).nextInt(3));
    }

    /// The generator of one purpose in this copy: drawing more from one moves no other.
    RandomGenerator chance(String purpose) {
        return chances.computeIfAbsent(
                purpose, _ -> new SplittableRandom(seed * 0x9E3779B97F4A7C15L + (name + "/" + purpose).hashCode()));
    }

    void observe(Arm.Observer observer) {
        observers.add(observer);
    }

    SimulatedLink link(Link link) {
        SimulatedLink found = links.get(link);
        if (found == null) {
            throw new IllegalArgumentException("no link " + link + " in " + name);
        }
        return found;
    }

    /// What each link has passed on.
    List<Arm.LinkBytes> linkBytes() {
        return links.values().stream().map(SimulatedLink::bytes).toList();
    }

    void calmAll() {
        links.values().forEach(SimulatedLink::calmAll);
    }

    /// A request that takes no link: neither disturbed nor measured. Whichever instance is next answers.
    Answer ask(Request request, long deadline) {
        Flight flight = new Flight();
        timeline.fork("ask " + name + "/" + request.service(), () -> {
            serve(request, flight);
            return name;
        });
        return flight.outcome(timeline, deadline);
    }

    /// Sends a request over a link and waits for the answer until `deadline`.
    Answer exchange(Link over, Request request, long deadline) {
        SimulatedLink link = link(over);
        long began = timeline.now();
        if (link.refuses()) {
            Answer refused = new Answer.Unanswered(Answer.Why.REFUSED, "link " + over + " refuses");
            report(over, began, refused.status(), 0);
            return refused;
        }
        SimulatedLink.Fate fate = link.next(request);
        if (fate.status() > 0) {
            report(over, began, fate.status(), 0);
            return new Answer.Answered(fate.status(), List.of(), new byte[0]);
        }
        Flight flight = new Flight();
        long[] held = {0};
        link.enter(flight);
        timeline.fork("serve " + name + "/" + over, () -> {
            held[0] = link.hold(fate.holds());
            serve(request, flight);
            return held;
        });
        Answer answer;
        try {
            answer = flight.outcome(timeline, deadline);
        } finally {
            link.leave(flight);
        }
        link.passed(request, answer);
        report(over, began, answer.status(), Math.min(held[0], timeline.now() - began));
        return answer;
    }

    private void serve(Request request, Flight flight) {
        Incarnation server = processes.next(request.service());
        if (server == null) {
            flight.refuse("nobody listens as " + request.service() + " in " + name);
            return;
        }
        server.take(flight);
        try {
            server.awaitGoing(timeline);
            flight.end(server.version
                    .behaviour()
                    .serve(new Call(this, server, request))
                    .toAnswer());
        } catch (Call.Ended | Timeline.Interruption gone) {
            flight.breakOff(String.valueOf(gone.getMessage()));
        } catch (RuntimeException e) {
            flight.end(Reply.of(500)
                    .with("X-Failure", String.valueOf(e.getMessage()))
                    .toAnswer());
        } finally {
            server.letGo(flight);
        }
    }

    /// One turn-around with a store over a link. @throws IllegalStateException if the store can't be reached
    <T> T turnAround(Link over, Function<Tables, T> query) {
        SimulatedLink link = link(over);
        long began = timeline.now();
        Incarnation server = link.refuses() ? null : processes.next(over.to());
        long held = server == null ? 0 : link.hold();
        if (server != null) {
            long time = server.version.serving().draw(chance(over.to()));
            server.busyNanos += time;
            timeline.sleepUntil(timeline.now() + time);
            server.awaitGoing(timeline);
        }
        boolean reached = server != null && server.isUp() && !link.refuses();
        report(over, began, reached ? 1 : 0, held);
        if (!reached) {
            throw new IllegalStateException(over.to() + " can't be reached over " + over);
        }
        return query.apply(data.tables(over.to()));
    }

    private void report(Link link, long began, int status, long added) {
        if (arm != null && !observers.isEmpty()) {
            LinkSample sample = new LinkSample(arm, link, began, timeline.now(), status, added);
            observers.forEach(observer -> observer.exchanged(sample));
        }
    }

    /// Tells the observers that a process ended by itself.
    void sayExited(Incarnation incarnation, int code) {
        observers.forEach(observer -> observer.exited(incarnation.service, incarnation.index, timeline.now(), code));
    }
}
