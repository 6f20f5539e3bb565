package dev.understudy.deviation;

import dev.understudy.runtime.Capability;
import dev.understudy.scenario.KindSignature;
import java.util.Set;

/// One way in which something can deviate. One file a kind, found through `META-INF/services`; stateless.
public interface DeviationKind {

    /// Its name, what it acts on, its parameters: all that the language has to know.
    KindSignature signature();

    /// What a runtime has to be able to do for it.
    Set<Capability> needs();

    /// Looks at the arm and says how it is to deviate; nothing is changed before [Injection#begin].
    /// @throws IllegalArgumentException if the arm has no such target
    Injection prepare(Inject context);
}
