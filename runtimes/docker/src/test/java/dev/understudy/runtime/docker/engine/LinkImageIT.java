package dev.understudy.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class LinkImageIT {
    private @Nullable EngineAtHand engine;

    @BeforeEach
    void open() {
        engine = EngineAtHand.open("link");
    }

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Test
    void itIsMadeOnceAndFoundAgain() {
        LinkImage image = TestImage.image();
        String id = image.ensure(engine.work(), line -> {});
        List<String> progress = new ArrayList<>();

        assertThat(TestImage.image().tag()).isEqualTo(image.tag()).matches("understudy-links:[0-9a-f]{12}");
        assertThat(TestImage.image().ensure(engine.work(), progress::add)).isEqualTo(id);
        assertThat(progress).isEmpty();
        JsonNode made = engine.reading().image(image.tag());
        assertThat(made.path("Config").path("Labels").path(LinkImage.LABEL).asString(""))
                .isEqualTo("links");
        assertThat(LinkImage.removeOthers(engine.work(), image.tag())).doesNotContain(image.tag());
        assertThat(engine.reading().imageIfThere(image.tag())).isPresent();
    }

    @Test
    void otherContentIsAnotherImageAndIsRemovedUnlessItIsUsed() {
        LinkImage image = TestImage.image();
        image.ensure(engine.work(), line -> {});
        LinkImage other = LinkImage.of(
                List.of("java.base"),
                List.of(
                        Path.of("target/test-classes").toAbsolutePath(),
                        Path.of("src/test/docker").toAbsolutePath()),
                TestImage.CACHE);
        assertThat(other.tag()).isNotEqualTo(image.tag());
        String id = other.ensure(engine.work(), line -> {});
        Made user = engine.work()
                .containers()
                .create(
                        new Mark("none", "link"),
                        engine.name("user"),
                        Json.object().put("Image", id),
                        Json.object());

        assertThat(LinkImage.removeOthers(engine.work(), image.tag())).doesNotContain(other.tag());
        engine.work().containers().remove(user);
        assertThat(LinkImage.removeOthers(engine.work(), image.tag())).contains(other.tag());
        assertThat(engine.reading().imageIfThere(id)).isEmpty();
    }

    @Test
    void anImageThatBringsJavaCanBeTheBase() throws Exception {
        LinkImage own = TestImage.image();
        own.ensure(engine.work(), line -> {});
        PackedClasses classes =
                PackedClasses.of(List.of(Path.of("target/test-classes").toAbsolutePath()));
        LinkImage image = LinkImage.on(own.tag(), classes, TestImage.CACHE);
        var body = Json.object().put("Image", image.ensure(engine.work(), line -> {}));
        body.set("Cmd", Json.array(image.command(Greeting.class.getName(), 32, List.of("base"))));
        Made made =
                engine.work().containers().create(new Mark("none", "link"), engine.name("base"), body, Json.object());
        engine.work().containers().start(made);

        assertThat(engine.work().containers().exit(made).get(30, TimeUnit.SECONDS))
                .isZero();
        assertThat(engine.reading().logs(made.id(), 5)).contains("hello base");
        engine.work().containers().remove(made);
        assertThat(LinkImage.removeOthers(engine.work(), own.tag())).contains(image.tag());
    }

    @Test
    void javaInItFindsNamesUsersAndItsDirectories() throws Exception {
        LinkImage image = TestImage.image();
        var body = Json.object()
                .put("Image", image.ensure(engine.work(), line -> {}))
                .put("User", "65534:65534");
        body.set("Cmd", Json.array(image.command(Surroundings.class.getName(), 32, List.of("localhost"))));
        Made made =
                engine.work().containers().create(new Mark("none", "link"), engine.name("around"), body, Json.object());
        engine.work().containers().start(made);

        assertThat(engine.work().containers().exit(made).get(30, TimeUnit.SECONDS))
                .as(() -> engine.reading().logs(made.id(), 20))
                .isZero();
        assertThat(engine.reading().logs(made.id(), 20))
                .contains("user nobody", "name 127.0.0.1", "unknown none.invalid", "written ü", "pid 1");
    }
}
