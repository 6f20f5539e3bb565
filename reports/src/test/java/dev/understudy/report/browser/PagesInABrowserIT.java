package dev.understudy.report.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.understudy.report.HtmlReport;
import dev.understudy.report.SuiteEntry;
import dev.understudy.report.SuiteEntry.Cause;
import dev.understudy.report.SuiteHtml;
import dev.understudy.report.Summaries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The pages as readers get them: in a browser, in either colour scheme, where scripts are blocked, and as Jenkins
/// shows them, which also takes away their styles.
final class PagesInABrowserIT {
    private static final Set<String> LIKE_ANOTHER = Set.of("go-with-allowed-loss", "one-way", "no-series");
    private static final Map<String, String> PAGES = pages();
    private static final String LOADED_BY_SCRIPT = """
            <!doctype html><html lang="en"><head><title>x</title><style>svg .drawn{fill:#000}</style></head><body>
            <main><h1>x</h1><p style="color:#ccc;background:#fff">pale</p><figure><svg width="80" height="40">
            <rect class="drawn" width="70" height="30" fill="none"/><text y="9">7</text></svg></figure></main>
            <script>document.body.append(41 + 1)</script></body></html>""";

    private static final String ALL = "rules: {'target-size': {enabled: true}}";
    /// A page in the other colour scheme differs in nothing else.
    private static final String COLOURS = "runOnly: ['color-contrast', 'link-in-text-block']";

    @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS)
    static Path directory;

    private static Optional<Chromium> chromium = Optional.empty();
    private static Optional<Site> site = Optional.empty();

    /// The reports that differ in what they show, and a suite of all.
    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        List<SuiteEntry> entries = new ArrayList<>();
        Summaries.all().forEach((name, summary) -> {
            if (!LIKE_ANOTHER.contains(name)) {
                pages.put(name, HtmlReport.render(summary));
            }
            entries.add(SuiteEntry.judged("release/" + name + ".yaml", summary, "report.html", 0));
        });
        entries.add(SuiteEntry.prevented("release/x.yaml", Cause.ENVIRONMENT, "disk full", Optional.empty(), 4));
        pages.put("suite", SuiteHtml.render(entries, "elsewhere"));
        return pages;
    }

    static List<String> names() {
        return List.copyOf(PAGES.keySet());
    }

    @BeforeAll
    static void open() throws IOException {
        Optional<Path> program = Chromium.program();
        assumeTrue(
                program.isPresent(),
                "no Chromium in PATH (Debian: apt-get install chromium; or name it in CHROMIUM): pages not looked at");
        Map<String, String> all = new LinkedHashMap<>(PAGES);
        all.put("bad", LOADED_BY_SCRIPT);
        site = Optional.of(Site.of(all));
        chromium =
                Optional.of(Chromium.start(program.orElseThrow(), Files.createDirectory(directory.resolve("profile"))));
    }

    @AfterAll
    static void close() throws IOException {
        site.ifPresent(Site::close);
        if (chromium.isPresent()) {
            chromium.get().close();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void axeFindsNothingInEitherColourScheme(String name) throws IOException {
        assertThat(violations(name, false)).isEmpty();
        assertThat(violations(name, true)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyNumberAndChartIsThereWithScriptsBlockedAndInJenkins(String name) {
        Seen whole = seen(site().plain(name), true);
        Seen withoutScripts = seen(site().plain(name), false);
        Seen inJenkins = seen(site().inJenkins(name), true);

        assertThat(whole.numbers()).hasSizeGreaterThan(5);
        assertThat(lacking(whole, withoutScripts)).isEmpty();
        assertThat(lacking(whole, inJenkins)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void fromDiskAPageAsksForNothing(String name) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".html"), PAGES.get(name));
        try (Tab tab = browser().tab()) {
            tab.go(file.toUri().toString());
            assertThat(tab.requests())
                    .filteredOn(address -> !address.startsWith("data:"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theVerdictStandsOnTheFirstScreenAndNothingIsWider(String name) {
        try (Tab tab = browser().tab().go(site().plain(name))) {
            JsonNode verdict = tab.evaluate("document.querySelector('#verdict').getBoundingClientRect().bottom");
            JsonNode width = tab.evaluate("document.documentElement.scrollWidth");
            assertThat(verdict.asDouble()).isLessThan(800);
            assertThat(width.asInt()).isEqualTo(1240);
        }
    }

    /// The judge is judged: a page that needs its script and its styles does not pass.
    @Test
    void aPageThatNeedsScriptStylesAndGoodEyesIsFoundOut() throws IOException {
        Seen whole = seen(site().plain("bad"), true);

        assertThat(lacking(whole, seen(site().plain("bad"), false))).containsExactly("number 42");
        assertThat(lacking(whole, seen(site().inJenkins("bad"), true)))
                .hasSize(2)
                .contains("number 42");
        assertThat(violations("bad", false)).anyMatch(found -> found.startsWith("color-contrast"));
    }

    private static List<String> lacking(Seen whole, Seen other) {
        List<String> lacking = new ArrayList<>();
        whole.numbers().stream()
                .filter(number -> !other.numbers().contains(number))
                .forEach(number -> lacking.add("number " + number));
        if (whole.charts().size() != other.charts().size()) {
            lacking.add(whole.charts().size() + " charts: " + other.charts().size());
            return lacking;
        }
        for (int n = 0; n < whole.charts().size(); n++) {
            Seen.Chart with = whole.charts().get(n);
            Seen.Chart without = other.charts().get(n);
            if (!without.words().equals(with.words()) || without.ink() < with.ink() / 3) {
                lacking.add("chart " + n + ": " + with + " became " + without);
            }
        }
        return lacking;
    }

    private static Seen seen(String address, boolean scripts) {
        try (Tab tab = browser().tab()) {
            return Seen.on(tab.scripts(scripts).go(address));
        }
    }

    private static List<String> violations(String name, boolean dark) throws IOException {
        try (Tab tab = browser().tab().dark(dark).go(site().plain(name));
                InputStream axe = Objects.requireNonNull(
                        PagesInABrowserIT.class.getResourceAsStream("/axe.min.js"), "axe is no dependency")) {
            tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
            tab.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + ";0");
            JsonNode found = tab.evaluate("axe.run({resultTypes: ['violations'], " + (dark ? COLOURS : ALL)
                    + "}).then(all => all.violations.map(each =>"
                    + " each.id + ': ' + each.nodes.map(node => node.html).slice(0, 3).join(' ')))");
            List<String> violations = new ArrayList<>();
            found.forEach(each -> violations.add(each.asString()));
            return violations;
        }
    }

    private static Chromium browser() {
        return chromium.orElseThrow();
    }

    private static Site site() {
        return site.orElseThrow();
    }
}
