package dev.understudy.journal;

import dev.understudy.journal.Journal.LinkBytes;
import dev.understudy.journal.Journal.LinkSecond;
import dev.understudy.journal.Journal.ResourceSecond;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import tools.jackson.databind.node.ObjectNode;

/// The format of `samples.hlog`: HdrHistogram's log format 1.3, which its own tools read. Not thread-safe.
///
/// Every interval is a second of the run's timeline and is tagged `trial/arm/link`, latencies in nanoseconds;
/// the failures among them follow as an interval tagged `trial/arm/link/failed`. A second of a process is a
/// comment to those tools: `#[Resource {"trial":1,…}]`, and so are a second's bytes of a link, `#[Bytes
/// {…}]`; what a later version added to such a line may be missing in it. The same tag and second may come
/// twice: they add up.
final class SampleLog {
    private static final String RESOURCE = "#[Resource ";
    private static final String BYTES = "#[Bytes ";
    private static final List<String> ADDED_LATER = List.of("readBytes", "writtenBytes", "threads");
    private static final String FAILED = "/failed";
    private static final String TAG = "Tag=";

    private final ByteArrayOutputStream text = new ByteArrayOutputStream(4 << 10);
    private final HistogramLogWriter log = new HistogramLogWriter(text);
    private final SealableFile file;

    SampleLog(SealableFile file) {
        this.file = file;
        log.outputComment("[Understudy: seconds of links and processes]");
        log.outputLogFormatVersion();
        log.outputLegend();
        hand();
    }

    void append(LinkMeter.Interval interval) {
        output(interval.tag().toString(), interval.second(), interval.all());
        Histogram failed = interval.failed();
        if (failed != null) {
            output(interval.tag() + FAILED, interval.second(), failed);
        }
        hand();
    }

    void append(ResourceSecond second) {
        comment(RESOURCE, second);
    }

    void append(LinkBytes second) {
        comment(BYTES, second);
    }

    private void comment(String kind, Object value) {
        text.writeBytes((kind + EventCodec.JSON.writeValueAsString(value) + "]\n").getBytes(StandardCharsets.UTF_8));
        hand();
    }

    private void output(String tag, long second, Histogram histogram) {
        histogram.setTag(tag);
        log.outputIntervalHistogram((double) second, second + 1.0, histogram);
    }

    private void hand() {
        file.append(text.toByteArray(), text.size());
        text.reset();
    }

    /// Everything in a file; a torn last line ends it.
    record Samples(List<LinkSecond> links, List<ResourceSecond> resources, List<LinkBytes> bytes) {}

    /// Reads a file's bytes. @throws JournalException naming the line that is damaged
    static Samples decode(String name, byte[] bytes) {
        LinkSeconds links = new LinkSeconds();
        List<ResourceSecond> resources = new ArrayList<>();
        List<LinkBytes> passed = new ArrayList<>();
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        boolean torn = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
        for (int i = 0; i < lines.size(); i++) {
            try {
                decodeLine(lines.get(i), links, resources, passed);
            } catch (RuntimeException | DataFormatException e) {
                if (torn && i == lines.size() - 1) {
                    break;
                }
                throw new JournalException(name + ": line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return new Samples(links.list(), resources, passed);
    }

    private static void decodeLine(
            String line, LinkSeconds links, List<ResourceSecond> resources, List<LinkBytes> passed)
            throws DataFormatException {
        if (line.startsWith(RESOURCE)) {
            resources.add(resource(json(RESOURCE, line)));
        } else if (line.startsWith(BYTES)) {
            passed.add(EventCodec.JSON.readValue(json(BYTES, line), LinkBytes.class));
        } else if (line.startsWith(TAG)) {
            decodeInterval(line, links);
        } else if (!line.startsWith("#") && !line.startsWith("\"") && !line.isBlank()) {
            throw new IllegalArgumentException("neither an interval nor a comment");
        }
    }

    private static String json(String kind, String line) {
        if (!line.endsWith("]")) {
            throw new IllegalArgumentException("a second's line is cut off");
        }
        return line.substring(kind.length(), line.length() - 1);
    }

    private static ResourceSecond resource(String json) {
        ObjectNode read = (ObjectNode) EventCodec.JSON.readTree(json);
        ADDED_LATER.stream().filter(name -> !read.has(name)).forEach(read::putNull);
        return EventCodec.JSON.treeToValue(read, ResourceSecond.class);
    }

    private static void decodeInterval(String line, LinkSeconds links) throws DataFormatException {
        String[] fields = line.split(",", -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException("an interval needs 5 fields, not " + fields.length);
        }
        String[] tag = fields[0].substring(TAG.length()).split("/", 4);
        if (tag.length < 3) {
            throw new IllegalArgumentException("the tag '" + fields[0] + "' is not trial/arm/link");
        }
        LinkMeter.Tag of = new LinkMeter.Tag(Integer.parseInt(tag[0]), tag[1], tag[2]);
        long second = Math.round(Double.parseDouble(fields[1]));
        ByteBuffer packed = ByteBuffer.wrap(Base64.getDecoder().decode(fields[4]));
        Histogram histogram = Histogram.decodeFromCompressedByteBuffer(packed, 0);
        if (tag.length == 4) {
            links.failed(of, second, histogram);
        } else {
            links.all(of, second, histogram);
        }
    }
}
