package dev.understudy.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.journal.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TreeViewTest {
    private static Play play(int columns, int rows) {
        return new Play(new TreeView(
                new Paint(false), Glyphs.of(StandardCharsets.UTF_8), () -> new Terminal.Size(columns, rows)));
    }

    @Test
    void theTrialUnderWayShowsItsStagesAndThoseThatEndedAreOneLine() {
        Play play = play(100, 40).begins().stage(0, "clone", 1).trial(1);
        play.stage(2, "start", 5)
                .event(new Event.StageBegan(2, "baseline"))
                .pass(3)
                .ends();

        assertThat(screen(play.text()))
                .containsExactly(
                        "good.yaml as 20261121-114503-good-x7f3, 49.0 s",
                        " ✔ clone                     1.0 s",
                        " ✔ trial 1                  40.0 s  recovered",
                        " ⠏ trial 2                   8.0 s",
                        "   ✔ start                   5.0 s",
                        "   ⠏ baseline                3.0 s");
    }

    @Test
    void whatFailedIsMarkedWithoutColourToo() {
        Play play = play(100, 40).begins();
        play.event(new Event.StageBegan(0, "clone"))
                .event(new Event.StageEnded(0, "clone", "no space"))
                .ends();

        assertThat(screen(play.text())).last().asString().startsWith(" ✘ clone");
    }

    @Test
    void noLineIsWiderAndNoTreeHigherThanTheTerminal() {
        Play play = play(40, 10).begins();
        for (int trial = 1; trial <= 12; trial++) {
            play.trial(trial);
        }
        List<String> screen =
                screen(play.event(new Event.StageBegan(13, "start")).ends().text());

        assertThat(screen).hasSizeLessThan(10).allMatch(line -> line.length() < 40);
        assertThat(screen.getFirst()).startsWith("good.yaml");
    }

    @Test
    void whatIsSaidBetweenStaysAboveTheTree() {
        Play play = play(80, 24).begins().stage(0, "clone", 2);
        play.say("understudy: stopping");

        assertThat(screen(play.stage(0, "dispose", 1).ends().text()))
                .startsWith("understudy: stopping", "good.yaml as 20261121-114503-good-x7f3, 3.0 s");
    }

    /// What a terminal shows in the end, of what the view uses: CR, LF, CUU, EL and ED.
    private static List<String> screen(String text) {
        List<StringBuilder> lines = new ArrayList<>();
        int row = 0;
        Matcher token =
                Pattern.compile("\u001b\\[(\\d*)([AJK])|\r|\n|[^\u001b\r\n]+").matcher(text);
        while (token.find()) {
            while (lines.size() <= row) {
                lines.add(new StringBuilder());
            }
            String what = token.group();
            if (what.equals("\n")) {
                row++;
            } else if (what.endsWith("A") && what.startsWith("\u001b")) {
                row -= Integer.parseInt(token.group(1));
            } else if (what.endsWith("K") && what.startsWith("\u001b")) {
                lines.get(row).setLength(0);
            } else if (what.endsWith("J") && what.startsWith("\u001b")) {
                lines.subList(row, lines.size()).clear();
            } else if (!what.equals("\r")) {
                lines.get(row).append(what);
            }
        }
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }
}
