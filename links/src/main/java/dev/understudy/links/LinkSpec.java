package dev.understudy.links;

import dev.understudy.runtime.ArmName;
import dev.understudy.runtime.LinkSample;
import dev.understudy.scenario.Link;
import dev.understudy.scenario.Service.Protocol;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;

/// One link as it is to be: whose it is, what is spoken on it, where it listens and where it leads.
///
/// @param protocol exchanges are measured on HTTP, turn-arounds on TCP
/// @param at where callers connect; port 0 takes any free one
/// @param targets resolved addresses of the instances, taken in turn, one a connection; empty: every
///     connection is reset and recorded as a sample with status 0
/// @param samples is handed every measurement on the loop's thread, so it must be quick
public record LinkSpec(
        Link link,
        ArmName arm,
        Protocol protocol,
        InetSocketAddress at,
        List<InetSocketAddress> targets,
        Consumer<LinkSample> samples) {
    public LinkSpec {
        targets = List.copyOf(targets);
        for (InetSocketAddress target : targets) {
            if (target.isUnresolved()) {
                throw new IllegalArgumentException("link " + link + ": unresolved target " + target);
            }
        }
    }

    /// The link to a service that is `off`: nobody takes anything, every attempt is recorded.
    public static LinkSpec refusing(
            Link link, ArmName arm, Protocol protocol, InetSocketAddress at, Consumer<LinkSample> samples) {
        return new LinkSpec(link, arm, protocol, at, List.of(), samples);
    }
}
