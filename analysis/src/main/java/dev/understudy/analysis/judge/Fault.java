package dev.understudy.analysis.judge;

import java.util.Comparator;
import java.util.List;

/// Something that speaks against a rollback.
record Fault(Kind kind, Reason reason) {

    /// What follows from it, gravest first.
    enum Kind {
        /// There is no way back.
        ONE_WAY,
        /// Acknowledged writes are gone, more than allowed.
        LOSS,
        /// The rollback did not do what it has to.
        FAILED,
        /// It can't be said whether it did.
        UNTESTED
    }

    boolean isFailure() {
        return kind != Kind.UNTESTED;
    }

    static Fault oneWay(Reason reason) {
        return new Fault(Kind.ONE_WAY, reason);
    }

    static Fault loss(Reason reason) {
        return new Fault(Kind.LOSS, reason);
    }

    static Fault failed(Reason reason) {
        return new Fault(Kind.FAILED, reason);
    }

    static Fault untested(Reason reason) {
        return new Fault(Kind.UNTESTED, reason);
    }

    /// The gravest first; equally grave ones in their order.
    static List<Fault> sorted(List<Fault> faults) {
        return faults.stream().sorted(Comparator.comparing(Fault::kind)).toList();
    }
}
