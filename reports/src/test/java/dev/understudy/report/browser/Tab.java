package dev.understudy.report.browser;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/// One page of a browser, 1240 by 800.
final class Tab implements AutoCloseable {
    private static final int WIDTH = 1240;
    private static final int HEIGHT = 800;

    private final DevTools tools;
    private final String target;
    private final String session;
    private final List<JsonNode> events = new ArrayList<>();

    private Tab(DevTools tools, String target, String session) {
        this.tools = tools;
        this.target = target;
        this.session = session;
    }

    static Tab open(DevTools tools) {
        try {
            List<JsonNode> ignored = new ArrayList<>();
            String target = tools.ask("", "Target.createTarget", Map.of("url", "about:blank"), ignored)
                    .path("targetId")
                    .asString();
            String session = tools.ask(
                            "", "Target.attachToTarget", Map.of("targetId", target, "flatten", true), ignored)
                    .path("sessionId")
                    .asString();
            Tab tab = new Tab(tools, target, session);
            tab.ask("Page.enable", Map.of());
            tab.ask("Network.enable", Map.of());
            tab.ask(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", WIDTH, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
            return tab;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode ask(String method, Map<String, ?> parameters) {
        try {
            return tools.ask(session, method, parameters, events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the page may run scripts of its own; what a test evaluates runs anyway.
    Tab scripts(boolean allowed) {
        ask("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
        return this;
    }

    /// What the reader prefers.
    Tab dark(boolean dark) {
        ask(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        return this;
    }

    /// Goes there and waits until all of it is loaded.
    Tab go(String address) {
        events.clear();
        JsonNode answer = ask("Page.navigate", Map.of("url", address));
        if (!answer.path("errorText").asString("").isEmpty()) {
            throw new IllegalStateException(address + ": " + answer.path("errorText"));
        }
        try {
            while (events.stream().noneMatch(event -> isAbout(event, "Page.loadEventFired"))) {
                events.add(tools.next("load of " + address));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private boolean isAbout(JsonNode event, String method) {
        return event.path("method").asString("").equals(method)
                && event.path("sessionId").asString("").equals(session);
    }

    /// The addresses asked for since the page was gone to.
    List<String> requests() {
        return events.stream()
                .filter(event -> isAbout(event, "Network.requestWillBeSent"))
                .map(event -> event.at("/params/request/url").asString())
                .toList();
    }

    /// What an expression is; a promise is waited for.
    JsonNode evaluate(String expression) {
        JsonNode answer =
                ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.at("/result/value");
    }

    /// A part of the page as it is painted, in its own pixels.
    BufferedImage painted(double x, double y, double width, double height) {
        Map<String, ?> clip = Map.of("x", x, "y", y, "width", width, "height", height, "scale", 1);
        JsonNode answer =
                ask("Page.captureScreenshot", Map.of("format", "png", "clip", clip, "captureBeyondViewport", true));
        try {
            byte[] png = Base64.getDecoder().decode(answer.path("data").asString());
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        ask("Target.closeTarget", Map.of("targetId", target));
    }
}
