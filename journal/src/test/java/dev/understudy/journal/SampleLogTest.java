package dev.understudy.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.nio.file.Path;
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
        log.append(new Journal.ResourceSecond(1, "control", "orders", 0, 3, 0.5, 10));
        log.append(new LinkMeter.Interval(new LinkMeter.Tag(1, "control", "a->b"), 7, latencies, null));
        sealable.seal();

        EncodableHistogram read = new HistogramLogReader(file.toFile()).nextIntervalHistogram();

        assertThat(read.getTag()).isEqualTo("1/control/a->b");
        assertThat(read.getStartTimeStamp()).isEqualTo(7_000);
        assertThat(read.getEndTimeStamp()).isEqualTo(8_000);
        assertThat(((Histogram) read).getTotalCount()).isEqualTo(1);
    }
}
