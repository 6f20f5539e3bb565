package dev.understudy.deviation;

import dev.understudy.runtime.LinkHandle.Requests;
import dev.understudy.scenario.DeviationSpec;
import dev.understudy.scenario.KindSignature.Parameter;
import dev.understudy.scenario.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The parameters by which kinds that act on single requests say which.
final class HttpRequests {
    private static final String ANY = "any";

    private HttpRequests() {}

    /// `first`, and after it those that say which requests.
    static List<Parameter> after(Parameter first) {
        return Stream.of(
                        first,
                        new Parameter(
                                "share",
                                Quantity.Unit.SHARE,
                                Optional.of("100%"),
                                List.of(),
                                "How many of the requests that method and path name, spread evenly."),
                        new Parameter(
                                "method",
                                Quantity.Unit.WORD,
                                Optional.of(ANY),
                                List.of(ANY, "get", "head", "post", "put", "patch", "delete"),
                                "Only requests of this method."),
                        new Parameter(
                                "path",
                                Quantity.Unit.WORD,
                                Optional.of("/"),
                                List.of(),
                                "Only requests whose path begins so."))
                .toList();
    }

    /// Which requests `spec` means.
    static Requests of(DeviationSpec spec) {
        String method = spec.parameter("method").text();
        return new Requests(
                method.equals(ANY) ? "" : method.toUpperCase(Locale.ROOT),
                spec.parameter("path").text(),
                spec.parameter("share").asShare());
    }
}
