package dev.understudy.analysis.data;

import dev.understudy.analysis.data.LedgerCheck.Kept;
import dev.understudy.journal.ExchangeRecord.Outcome;
import dev.understudy.runtime.Answer;
import dev.understudy.runtime.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Judges one reading of a promise. A leaf must read as the control's does now, translated; where the
/// control's is still what the control acknowledged, the candidate's own acknowledgement will do as well. A
/// leaf that moved on in the control by a write that the candidate never took is not held against it.
final class LedgerJudge {
    private final Exchanged exchanged;

    LedgerJudge(Exchanged exchanged) {
        this.exchanged = exchanged;
    }

    Kept of(Promise promise, Answer candidate, Optional<Answer> control, Optional<Answer> controlAgain) {
        if (candidate.isFailure()) {
            return control.isPresent() && control.get().isFailure() ? Kept.UNCHECKED : Kept.UNREADABLE;
        }
        if (control.isPresent() && control.get().isFailure()) {
            return Kept.UNCHECKED;
        }
        boolean isThere = candidate.isAcknowledged();
        boolean isAgainstItsWord = isThere == promise.deleted();
        boolean isWordAlone =
                control.isEmpty() || (promise.deleted() && !promise.control().isAcknowledged());
        boolean isUnlikeControl =
                control.isPresent() && isThere != control.get().isAcknowledged();
        if (isAgainstItsWord && (isWordAlone || isUnlikeControl)) {
            return mayHaveComeOrGone(promise, isWordAlone) ? Kept.UNCHECKED : Kept.LOST;
        }
        if (isUnlikeControl && !isWordAlone) {
            return hasMovedAlone(promise) ? Kept.UNCHECKED : Kept.LOST;
        }
        return isThere && !valuesAreKept(promise, candidate, control, controlAgain) ? Kept.LOST : Kept.KEPT;
    }

    /// Whether a write that the control did not take may have made it go in the candidate, or come back; one that both
    /// took, or the control alone, has shown in the control what it does. Without the control to compare with only
    /// what nobody knows to have taken effect counts: what the candidate took says what it did.
    private boolean mayHaveComeOrGone(Promise promise, boolean isWordAlone) {
        String subject = CarriedValues.resource(promise.entry().read().path());
        return exchanged.inCandidate().of(subject, promise.key()).stream()
                .map(Touch::exchange)
                .filter(write -> !write.control().isAcknowledged())
                .map(write -> write.candidate().outcome())
                .anyMatch(outcome -> outcome == Outcome.UNKNOWN || (outcome == Outcome.ACKNOWLEDGED && !isWordAlone));
    }

    private boolean hasMovedAlone(Promise promise) {
        String subject = CarriedValues.resource(promise.entry().read().path());
        List<Touch> touches = promise.controlKey()
                .map(key -> exchanged.inControl().of(subject, key))
                .orElseGet(() -> exchanged.inCandidate().of(subject, promise.key()));
        return touches.stream().anyMatch(touch -> touch.exchange().isLopsided());
    }

    private boolean valuesAreKept(
            Promise promise, Answer candidate, Optional<Answer> control, Optional<Answer> controlAgain) {
        Leaves now = Leaves.of(candidate);
        Leaves acknowledged = Leaves.said(promise.candidate());
        Leaves inControl = control.map(Leaves::of).orElse(Leaves.NONE);
        Leaves controlAcknowledged = Leaves.said(promise.control());
        Leaves again = controlAgain.map(Leaves::of).orElse(inControl);
        String resource = CarriedValues.resource(promise.entry().read().path());
        for (String pointer : pointers(promise, acknowledged, control.isPresent() ? inControl : now)) {
            String value = now.value(pointer);
            String here = acknowledged.value(pointer);
            if (control.isEmpty()) {
                if (promise.certain() && here != null && !isSame(here, value)) {
                    return false;
                }
                continue;
            }
            String there = inControl.value(pointer);
            String expected = inControl.expected(pointer, exchanged.translation(), resource);
            boolean stands = isSame(there, controlAcknowledged.value(pointer));
            boolean isNoise = !isSame(there, again.value(pointer)) || isRandom(value, there, stands);
            boolean isKept = isSame(expected, value) || (stands && isSame(here, value)) || isNoise;
            if (!isKept && (stands || !hasMovedAlone(promise)) && promise.certain()) {
                return false;
            }
        }
        return true;
    }

    /// The pointers that count: those the entry names, else those of every leaf that was acknowledged and
    /// that whoever is asked now has.
    private static Set<String> pointers(Promise promise, Leaves acknowledged, Leaves now) {
        if (!promise.entry().values().isEmpty()) {
            Set<String> named = new TreeSet<>();
            promise.entry().values().forEach(pointer -> named.add(LedgerCheck.bare(pointer)));
            return named;
        }
        Set<String> common = new TreeSet<>(acknowledged.byPointer().keySet());
        common.retainAll(now.byPointer().keySet());
        return common;
    }

    private static boolean isSame(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.equals(other) || Looks.isSameMoment(one, other);
    }

    // new with every answer: different from what was acknowledged in the control, and different in both
    // arms
    private static boolean isRandom(@Nullable String candidate, @Nullable String control, boolean stands) {
        return !stands && candidate != null && control != null && Looks.isOpaque(candidate) && Looks.isOpaque(control);
    }

    /// The JSON body of an answer.
    static Optional<JsonNode> body(Answer answer) {
        return answer instanceof Answer.Answered answered
                ? JsonLeaves.parse(new String(answered.body(), java.nio.charset.StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /// Leaves by pointer.
    private record Leaves(Map<String, JsonLeaves.Leaf> byPointer) {
        static final Leaves NONE = new Leaves(Map.of());

        static Leaves of(Answer answer) {
            return answer instanceof Answer.Answered answered ? of(answered.body()) : NONE;
        }

        /// What was acknowledged: the answer's leaves, and those of the request where the answer says
        /// nothing.
        static Leaves said(ArmExchange exchange) {
            Request sent = exchange.sent();
            Map<String, JsonLeaves.Leaf> leaves = new HashMap<>(of(sent.body()).byPointer());
            leaves.putAll(of(exchange.answer()).byPointer());
            return new Leaves(leaves);
        }

        private static Leaves of(byte[] body) {
            Map<String, JsonLeaves.Leaf> leaves = new HashMap<>();
            JsonLeaves.of(body).forEach(leaf -> leaves.put(leaf.pointer(), leaf));
            return new Leaves(leaves);
        }

        @Nullable
        String value(String pointer) {
            JsonLeaves.Leaf leaf = byPointer.get(pointer);
            return leaf == null ? null : leaf.value();
        }

        @Nullable
        String expected(String pointer, Translation translation, String resource) {
            JsonLeaves.Leaf leaf = byPointer.get(pointer);
            return leaf == null ? null : translation.expected(leaf, resource);
        }
    }
}
