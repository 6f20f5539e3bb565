package dev.understudy.scenario.tree;

import dev.understudy.scenario.Place;
import java.util.List;
import java.util.regex.Pattern;

/// One value of a YAML file and where it stands. Immutable; an alias is the very node it names.
public sealed interface Node {
    /// Where it begins.
    Place place();

    /// What it is, for people: `a mapping`, `a list`, `'4'`.
    String described();

    /// A single value: its text without quotes, whether it was written without any, and the piece of the
    /// file that it takes (offsets in chars, end exclusive).
    record Scalar(Place place, String text, boolean plain, int start, int end) implements Node {
        private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
        private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
        private static final Pattern NUMBER = Pattern.compile(
                "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

        /// What YAML 1.2's core schema (section 10.3.2) takes a plain scalar for.
        public enum Type {
            NULL,
            TRUTH,
            WHOLE,
            NUMBER,
            TEXT
        }

        /// What this scalar is; quoted ones are always text.
        public Type type() {
            if (!plain) {
                return Type.TEXT;
            }
            if (NULL.matcher(text).matches()) {
                return Type.NULL;
            }
            if (TRUTH.matcher(text).matches()) {
                return Type.TRUTH;
            }
            if (WHOLE.matcher(text).matches()) {
                return Type.WHOLE;
            }
            return NUMBER.matcher(text).matches() ? Type.NUMBER : Type.TEXT;
        }

        @Override
        public String described() {
            return type() == Type.NULL ? "nothing" : "'" + Shortened.of(text) + "'";
        }
    }

    /// A list.
    record Sequence(Place place, List<Node> items) implements Node {
        @Override
        public String described() {
            return "a list";
        }
    }

    /// Keys and values in the order written; no key twice.
    record Mapping(Place place, List<Entry> entries) implements Node {
        @Override
        public String described() {
            return "a mapping";
        }
    }

    /// One key of a mapping with its value.
    record Entry(Scalar name, Node value) {
        /// The key.
        public String key() {
            return name.text();
        }

        /// Where the key begins.
        public Place place() {
            return name.place();
        }
    }
}
