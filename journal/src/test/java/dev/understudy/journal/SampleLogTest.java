package dev.understudy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleLogTest {

    @Test
    void hdrHistogramsOwnReaderUnderstandsTheFile(@TempDir Path directory) throws FileNotFoundException {
        Path file = directory.resolve("samples.hlog");
        SealableFile sealable = SealableFile.create(file);
        SampleLog log = new SampleLog(sealable);
        Histogram latencies = LinkMeter.newHistogram();
        latencies.recordValue(5_000_000);
        log.append(Samples.resource(3));
        log.append(new LinkMeter.Interval(new LinkMeter.Tag(1, "control", "a->b"), 7, latencies, null));
        sealable.seal();

        EncodableHistogram read = new HistogramLogReader(file.toFile()).nextIntervalHistogram();

        assertThat(read.getTag()).isEqualTo("1/control/a->b");
        assertThat(read.getStartTimeStamp()).isEqualTo(7_000);
        assertThat(read.getEndTimeStamp()).isEqualTo(8_000);
        assertThat(((Histogram) read).getTotalCount()).isEqualTo(1);
    }

    @Test
    void secondsOfProcessesOfAnEarlierVersionAreReadWithWhatTheyHave() {
        String line = """
                #[Resource {"trial":1,"arm":"control","service":"orders","index":0,"second":3,"cpu":0.5,"residentBytes":10}]
                """;

        SampleLog.Samples read = SampleLog.decode("samples.hlog", line.getBytes(StandardCharsets.UTF_8));

        assertThat(read.resources())
                .containsExactly(new Journal.ResourceSecond(
                        1,
                        "control",
                        "orders",
                        0,
                        3,
                        0.5,
                        10,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()));
    }
}
