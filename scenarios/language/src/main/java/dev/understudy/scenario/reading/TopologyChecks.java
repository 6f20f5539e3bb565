package dev.understudy.scenario.reading;

import dev.understudy.scenario.Endpoint;
import dev.understudy.scenario.Place;
import dev.understudy.scenario.Service;
import dev.understudy.scenario.grammar.TopologyDraft;
import dev.understudy.scenario.tree.Findings;
import java.util.HashMap;
import java.util.Map;

/// What must hold across a topology besides its references: no two parts of live listen on one endpoint.
final class TopologyChecks {
    private final Map<Endpoint, String> listeners = new HashMap<>();
    private final Findings findings;

    private TopologyChecks(Findings findings) {
        this.findings = findings;
    }

    static void check(TopologyDraft draft, Findings findings) {
        TopologyChecks checks = new TopologyChecks(findings);
        for (Service service : draft.topology().services().values()) {
            service.at().forEach(at -> checks.listen(at, "'" + service.name() + "'", service.place()));
        }
        draft.topology().mirror().ifPresent(mirror -> {
            checks.listen(mirror.at(), "the mirror", mirror.place());
            checks.listen(mirror.feed(), "the mirror's feed", mirror.place());
        });
    }

    private void listen(Endpoint at, String who, Place place) {
        if (at.port() == 0) {
            return;
        }
        String other = listeners.putIfAbsent(at, who);
        if (other != null) {
            findings.add(place, who + " listens on " + at + ", where " + other + " listens already");
        }
    }
}
