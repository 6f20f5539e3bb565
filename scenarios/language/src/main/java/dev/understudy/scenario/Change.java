package dev.understudy.scenario;

import java.util.Map;

/// One thing that is shipped. Changes are applied in the order of the list.
public sealed interface Change {
    /// The service it is shipped to.
    String service();

    /// Where it is written.
    Place place();

    /// One line for people: `orders 2.0`, `db: db/V2__widen.sql`.
    String label();

    /// How the instances are replaced.
    default Replacement how() {
        return Replacement.ALL_AT_ONCE;
    }

    /// Another version of a service.
    record ToVersion(String service, Place place, String version, Replacement how) implements Change {
        /// Ends all instances, then starts all.
        public ToVersion(String service, Place place, String version) {
            this(service, place, version, Replacement.ALL_AT_ONCE);
        }

        @Override
        public String label() {
            return service + " " + version;
        }
    }

    /// A migration: an SQL file, relative to the scenario.
    record Migration(String service, Place place, String file) implements Change {
        @Override
        public String label() {
            return service + ": " + file;
        }
    }

    /// Other values of environment variables.
    record Settings(String service, Place place, Map<String, Template> environment, Replacement how) implements Change {
        /// Ends all instances, then starts all.
        public Settings(String service, Place place, Map<String, Template> environment) {
            this(service, place, environment, Replacement.ALL_AT_ONCE);
        }

        @Override
        public String label() {
            return service + " with other "
                    + String.join(", ", environment.keySet().stream().sorted().toList());
        }
    }
}
