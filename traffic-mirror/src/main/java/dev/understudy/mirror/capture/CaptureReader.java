package dev.understudy.mirror.capture;

import dev.understudy.scenario.Place;
import dev.understudy.scenario.Problem;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reads a recording whole, so that everything that is wrong is said at once (up to [#MOST_PROBLEMS]).
final class CaptureReader {
    /// After so many problems reading stops: the file is of another kind.
    static final int MOST_PROBLEMS = 100;

    /// What a file holds: its exchanges by offset, and what is wrong with it.
    record Reading(List<CapturedExchange> exchanges, List<Problem> problems) {}

    private final String name;
    private final List<Problem> problems = new ArrayList<>();

    private CaptureReader(String name) {
        this.name = name;
    }

    static Reading read(String name, byte[] content) {
        return new CaptureReader(name).read(new ByteArrayInputStream(content));
    }

    private Reading read(InputStream content) {
        List<CapturedExchange> exchanges = new ArrayList<>();
        int line = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                line++;
                if (!text.isBlank() && problems.size() < MOST_PROBLEMS) {
                    String json = line == 1 && text.startsWith("\ufeff") ? text.substring(1) : text;
                    new CaptureLine(name, line, problems).read(json).ifPresent(exchanges::add);
                }
            }
        } catch (CharacterCodingException e) {
            problems.add(Problem.at(new Place(name, line + 1, 1), "not UTF-8 from about here on"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (exchanges.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.at(new Place(name, 1, 1), "no exchange in this recording"));
        }
        exchanges.sort(Comparator.comparingLong(CapturedExchange::offsetNanos));
        List<Problem> first = problems.size() > MOST_PROBLEMS ? problems.subList(0, MOST_PROBLEMS) : problems;
        return new Reading(List.copyOf(exchanges), List.copyOf(first));
    }
}
