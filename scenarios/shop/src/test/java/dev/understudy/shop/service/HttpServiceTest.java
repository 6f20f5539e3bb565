package dev.understudy.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpServiceTest {
    @Test
    void answersRefusalsAndFaultsHaveTheirStatus() throws IOException {
        HttpService service = HttpService.start(new Log("test"), 0, 4, call -> switch (call.route()) {
            case "POST /echo" -> Reply.json(201, call.json().members()).with("x-method", call.method());
            case "GET /teapot" -> throw new Refusal(418, "a teapot");
            default -> throw new IOException("broken");
        });
        try (HttpCaller caller = HttpCaller.of("http://127.0.0.1:" + service.port())) {
            Reply echo = caller.send(Call.post("/echo", Map.of(), Json.object("a", "ü")), Optional.empty());
            assertThat(echo.status()).isEqualTo(201);
            assertThat(echo.json().text("a")).isEqualTo("ü");
            assertThat(echo.headers()).containsEntry("x-method", "POST");
            assertThat(status(caller, Call.get("/teapot", Map.of()))).isEqualTo(418);
            assertThat(status(caller, Call.get("/elsewhere", Map.of()))).isEqualTo(500);
            assertThat(status(caller, new Call("POST", "/echo", Map.of(), new byte[] {'{'})))
                    .isEqualTo(400);
        }
    }

    private static int status(HttpCaller caller, Call call) throws IOException {
        return caller.send(call, Optional.empty()).status();
    }
}
