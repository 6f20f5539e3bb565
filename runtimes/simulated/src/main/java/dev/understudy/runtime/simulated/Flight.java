package dev.understudy.runtime.simulated;

import dev.understudy.runtime.Answer;
import org.jspecify.annotations.Nullable;

/// One request on its way through a link: whoever comes first ends it, with an answer or without.
final class Flight {
    private final Signal ended = new Signal();
    private @Nullable Answer answer;

    void end(Answer outcome) {
        if (answer == null) {
            answer = outcome;
            ended.raise();
        }
    }

    void breakOff(String why) {
        end(new Answer.Unanswered(Answer.Why.BROKEN, why));
    }

    void refuse(String why) {
        end(new Answer.Unanswered(Answer.Why.REFUSED, why));
    }

    /// The outcome, waited for until `deadline`; what comes later is ignored.
    Answer outcome(SimulatedTimeline timeline, long deadline) {
        timeline.await(ended, deadline);
        if (answer == null) {
            answer = new Answer.Unanswered(Answer.Why.TIMED_OUT, "no answer in time");
        }
        return answer;
    }
}
