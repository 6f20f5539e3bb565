package dev.understudy.engine;

import dev.understudy.scenario.MetricSource;
import dev.understudy.scenario.Monitoring.Scrape;
import dev.understudy.scenario.Scenario;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.StabilityRule;
import dev.understudy.scenario.StabilityRule.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which metrics pages are scraped, once each however many rules look at them.
final class Scrapes {
    private Scrapes() {}

    /// Those that the scenario names, and those that its rules imply.
    static List<Scrape> of(Scenario scenario) {
        Map<String, Scrape> scrapes = new LinkedHashMap<>();
        scenario.monitoring().scrapes().forEach(scrape -> scrapes.put(key(scrape.service(), scrape.path()), scrape));
        for (StabilityRule rule : scenario.stability()) {
            if (rule.metric() instanceof Metric.Sampled(MetricSource.Scrape scrape)) {
                scrapes.putIfAbsent(
                        key(scrape.of(), scrape.path()),
                        new Scrape(
                                rule.place(),
                                scrape.of(),
                                scrape.path(),
                                scrape.of(),
                                rule.sampling().every()));
            }
        }
        return List.copyOf(scrapes.values());
    }

    /// What tells one page from another.
    static String key(String service, String path) {
        return service + path;
    }

    /// The labels of an instance's series: the job, and where it listens in live, which is what a team's rules know.
    static Map<String, String> labels(Scrape scrape, Service service, int index) {
        String instance = index < service.at().size()
                ? service.at().get(index).host() + ":" + service.at().get(index).port()
                : service.name() + "#" + index;
        return Map.of("job", scrape.job(), "instance", instance);
    }
}
