package dev.understudy.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TerminalTest {
    @ParameterizedTest
    @CsvSource({
        "true,  xterm, '', '',  true,  true",
        "true,  xterm, 1,  '',  true,  false",
        "true,  xterm, 1,  1,   true,  false",
        "true,  dumb,  '', '',  false, false",
        "true,  dumb,  '', 1,   false, true",
        "false, xterm, '', '',  false, false",
        "false, xterm, '', 1,   false, true",
        "false, xterm, '', 0,   false, false",
        "false, xterm, 1,  1,   false, false",
    })
    void colourAndCursorFollowTheTerminalAndItsUser(
            boolean isTerminal, String term, String noColor, String force, boolean movesCursor, boolean wantsColour) {
        Map<String, String> environment = new HashMap<>(Map.of("TERM", term));
        environment.put("NO_COLOR", noColor);
        environment.put("CLICOLOR_FORCE", force);
        Terminal terminal = Terminal.of(isTerminal, environment);

        assertThat(terminal.movesCursor()).isEqualTo(movesCursor);
        assertThat(terminal.wantsColour()).isEqualTo(wantsColour);
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void withoutATerminalNothingMovesACursor(Style style) {
        View view = Progress.view(style, Terminal.of(false, Map.of("TERM", "xterm")), StandardCharsets.UTF_8);

        assertThat(view).isNotInstanceOf(TreeView.class);
    }

    @Test
    void autoIsATreeOnATerminalAndLinesElsewhere() {
        assertThat(Progress.view(Style.AUTO, Terminal.of(true, Map.of("TERM", "xterm")), StandardCharsets.UTF_8))
                .isInstanceOf(TreeView.class);
        assertThat(Progress.view(Style.AUTO, Terminal.of(true, Map.of("TERM", "dumb")), StandardCharsets.UTF_8))
                .isInstanceOf(PlainView.class);
        assertThat(Progress.view(Style.PLAIN, Terminal.of(true, Map.of("TERM", "xterm")), StandardCharsets.UTF_8))
                .isInstanceOf(PlainView.class);
    }
}
