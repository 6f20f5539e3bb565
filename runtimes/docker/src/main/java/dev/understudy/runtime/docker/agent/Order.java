package dev.understudy.runtime.docker.agent;

import dev.understudy.runtime.LinkHandle.Disturbance;
import dev.understudy.runtime.docker.agent.names.NameBook;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// What the tool may ask of an agent. Links and ways are named by numbers that the tool gives them.
/// [OrderFields] says how each is written.
sealed interface Order {

    /// What time is it? Answered with the agent's `System.nanoTime()`.
    record Ping() implements Order {}

    /// Did everything go right so far? Answered with what did not, or nothing.
    record Sound() implements Order {}

    /// Make a range of addresses the agent's own.
    record Range(Inet4Address first, int prefix) implements Order {}

    /// Open a link.
    record Open(int id, LinkOrder order) implements Order {}

    /// Open a way in.
    record Enter(int id, WayOrder order) implements Order {}

    /// Put a disturbance on.
    record Disturb(int id, String name, Disturbance disturbance) implements Order {}

    /// Take a disturbance off.
    record Calm(int id, String name) implements Order {}

    /// What is on it?
    record Disturbances(int id) implements Order {}

    /// What has it counted?
    record Counts(int id) implements Order {}

    /// Lead callers of a port elsewhere.
    record Lead(int id, int port, List<InetSocketAddress> targets) implements Order {}

    /// Where does a port lead?
    record Targets(int id, int port) implements Order {}

    /// Wait for targets that don't listen, or stop waiting.
    record Patient(int id, boolean patient) implements Order {}

    /// Is a request unanswered that one of these has seen?
    record UnderWay(int id, List<InetSocketAddress> instances) implements Order {}

    /// Close a link or a way.
    record Close(int id) implements Order {}

    /// Does something listen there?
    record Accepts(InetSocketAddress target, Duration within) implements Order {}

    /// Answer questions for names there.
    record ServeNames(List<InetSocketAddress> at) implements Order {}

    /// What names mean from now on.
    record Names(NameBook book) implements Order {}
}
