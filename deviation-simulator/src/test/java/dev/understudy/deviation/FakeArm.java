package dev.understudy.deviation;

import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Arm;
import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.DataImage;
import dev.understudy.runtime.InstanceState;
import dev.understudy.runtime.LinkHandle;
import dev.understudy.runtime.Release;
import dev.understudy.runtime.Request;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Replacement;
import dev.understudy.scenario.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// An arm in memory: services that run or don't, and links that remember what was put on them.
final class FakeArm implements Arm {
    private final ArmName name;
    private final Map<String, Release> releases = new ConcurrentHashMap<>();
    private final Map<String, Boolean> healthy = new ConcurrentHashMap<>();
    private final Map<Link, FakeLink> links = new ConcurrentHashMap<>();
    private final Set<String> paused = ConcurrentHashMap.newKeySet();
    volatile int deafToResuming;
    final List<String> deployed = new CopyOnWriteArrayList<>();

    FakeArm(ArmName name, String... services) {
        this.name = name;
        for (String service : services) {
            deploy(service, Release.of("1.0"));
        }
        deployed.clear();
    }

    @Override
    public ArmName name() {
        return name;
    }

    @Override
    public Deployed deploy(String service, Release release, Replacement how) {
        deployed.add(service + " " + release.version());
        paused.remove(service);
        releases.put(service, release);
        healthy.put(service, true);
        return new Deployed(true, Duration.ZERO, Duration.ZERO, "digest", "");
    }

    @Override
    public Deployed restoreData(String service) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(String service) {
        if (healthy.containsKey(service)) {
            paused.add(service);
        }
    }

    @Override
    public void resume(String service) {
        if (deafToResuming-- <= 0) {
            paused.remove(service);
        }
    }

    @Override
    public List<String> paused(String service) {
        return paused.contains(service) ? List.of(service + "#0") : List.of();
    }

    @Override
    public void prepare(String service, Release release) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Release release(String service) {
        return releases.getOrDefault(service, Release.of("none"));
    }

    @Override
    public List<InstanceState> instances() {
        return releases.entrySet().stream()
                .map(e -> new InstanceState(e.getKey(), 0, e.getValue(), "digest", "mark", healthy.get(e.getKey())))
                .toList();
    }

    @Override
    public void kill(String service) {
        healthy.put(service, false);
    }

    @Override
    public FakeLink link(Link link) {
        return links.computeIfAbsent(link, FakeLink::new);
    }

    @Override
    public List<String> strays() {
        return List.of();
    }

    @Override
    public List<ResourceUse> resources() {
        return List.of();
    }

    @Override
    public void observe(Observer observer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer ask(Request request, int index, Duration timeout) {
        return exchange(request, timeout);
    }

    @Override
    public Answer exchange(Request request, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Execution sql(String service, String text, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Execution execute(List<String> command, Map<String, Template> environment, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DataImage data(String service) {
        throw new UnsupportedOperationException();
    }

    /// A link that may need to be calmed more than once, or not be disturbable at all.
    static final class FakeLink implements LinkHandle {
        private final Link link;
        private final Map<String, Disturbance> disturbances = new ConcurrentHashMap<>();
        volatile int deafTo;
        volatile boolean dead;

        FakeLink(Link link) {
            this.link = link;
        }

        @Override
        public Link link() {
            return link;
        }

        @Override
        public void disturb(String id, Disturbance disturbance) {
            if (!dead) {
                disturbances.put(id, disturbance);
            }
        }

        @Override
        public void calm(String id) {
            if (deafTo-- <= 0) {
                disturbances.remove(id);
            }
        }

        @Override
        public Map<String, Disturbance> disturbances() {
            return Map.copyOf(disturbances);
        }
    }
}
