package dev.understudy.report;

import dev.understudy.analysis.RunSummary.Mark;
import dev.understudy.analysis.RunSummary.Series;
import dev.understudy.report.drawing.Thinning;
import dev.understudy.report.drawing.Thinning.Slice;
import dev.understudy.report.drawing.UsersChart;
import dev.understudy.report.words.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/// The seconds that users saw, for a reader who wants to look closer: charts that zoom, drawn by a script that
/// stays data until they are opened. An extra: the page says the same without it.
///
/// @param packed style, uPlot (vendored, see `zoom/uPlot.LICENSE`), our script and the figures, one after the
///     other with a zero byte between, as raw deflate (RFC 1951) in Base64: a third of their size
/// @param every how long a point lasts, for people
record Zoom(String packed, String every) {
    /// Most points of an arm; more are thinned, each keeping its worst second.
    private static final int MOST = 1200;

    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;
    private static final MathContext DIGITS = new MathContext(3);

    /// Shows that there is something to open, and unpacks it when it is opened.
    static final String OPENER = """
            (()=>{const d=document.getElementById("zoom");if(!window.DecompressionStream)return;d.hidden=false;\
            d.addEventListener("toggle",async()=>{const b=Uint8Array.from(atob(document.getElementById("zoom-packed")\
            .textContent),c=>c.charCodeAt(0));const[s,u,z,f]=(await new Response(new Blob([b]).stream().pipeThrough(\
            new DecompressionStream("deflate-raw"))).text()).split("\\0");const add=(n,t)=>{const e=document\
            .createElement(n);e.textContent=t;document.head.append(e)};add("style",s);add("script",u);add("script",z);\
            understudyZoom(d.querySelector("div"),JSON.parse(f))},{once:true})})()""";

    /// What one chart shows.
    private record Panel(String name, String unit, Function<Slice, @Nullable Number> value) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("Latency p99", "ms", slice -> millis(slice.p99())),
            new Panel("Latency p50", "ms", slice -> millis(slice.p50())),
            new Panel(
                    "Failed requests",
                    "%",
                    slice -> slice.worstErrorShare().isPresent()
                            ? rounded(slice.worstErrorShare().getAsDouble() * 100)
                            : null));

    /// @param seen as [#figures] made it
    /// @param origin what instants count from, `originName` for people
    static Zoom of(Thinning seen, List<Mark> marks, long origin, String originName) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("origin", originName);
        figures.put("arms", seen.arms().stream().map(Thinning.Arm::name).toList());
        figures.put("from", rounded((seen.start() - origin) / SECOND));
        figures.put("every", seen.width() / SECOND);
        figures.put("count", seen.count());
        figures.put("panels", PANELS.stream().map(panel -> panel(panel, seen)).toList());
        figures.put(
                "marks",
                marks.stream()
                        .map(mark -> List.of(rounded((mark.at() - origin) / SECOND), UsersChart.said(mark)))
                        .toList());
        String all = String.join(
                "\0",
                resource("uPlot.min.css"),
                resource("uPlot.iife.min.js"),
                resource("zoom.js"),
                StableJson.compact(figures));
        return new Zoom(pack(all), Words.duration(seen.width()));
    }

    /// What both arms' users saw, as fine as it is kept here.
    static Thinning figures(List<Series> series) {
        return Thinning.of(series, MOST);
    }

    private static Map<String, Object> panel(Panel panel, Thinning seen) {
        List<List<@Nullable Number>> values = new ArrayList<>();
        for (Thinning.Arm arm : seen.arms()) {
            List<@Nullable Number> line = new ArrayList<>();
            for (long number = 0; number < seen.count(); number++) {
                Slice slice = arm.slices().get(number);
                line.add(slice == null ? null : panel.value().apply(slice));
            }
            values.add(line);
        }
        return Map.of("name", panel.name(), "unit", panel.unit(), "values", values);
    }

    private static @Nullable Number millis(OptionalLong nanos) {
        return nanos.isPresent() ? rounded(nanos.getAsLong() / MILLI) : null;
    }

    private static Number rounded(double value) {
        return new BigDecimal(value).round(DIGITS);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Zoom.class.getResourceAsStream("zoom/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pack(String text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }
}
