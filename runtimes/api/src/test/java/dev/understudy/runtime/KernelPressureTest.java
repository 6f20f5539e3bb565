package dev.understudy.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kernel's pressure files, as they are and as they may be missing.
final class KernelPressureTest {
    @TempDir
    Path files;

    @Test
    void theAveragesOfTenSecondsAreShares() throws IOException {
        Files.writeString(files.resolve("cpu"), """
                some avg10=72.20 avg60=54.95 avg300=39.46 total=3380624164
                full avg10=0.00 avg60=0.00 avg300=0.00 total=0
                """);
        Files.writeString(files.resolve("io"), """
                some avg10=1.31 avg60=0.75 avg300=0.60 total=64460228
                full avg10=0.25 avg60=0.28 avg300=0.29 total=29560088
                """);
        Files.writeString(files.resolve("memory"), "full avg10=100.00 avg60=0.00 avg300=0.00 total=1\n");

        Pressure pressure = KernelPressure.read(files);

        assertThat(pressure.cpu()).hasValue(0.722);
        assertThat(pressure.io()).hasValue(0.0025);
        assertThat(pressure.memory()).hasValue(1.0);
    }

    @Test
    void aKernelWithoutThemSaysNothing() throws IOException {
        Files.writeString(files.resolve("io"), "some avg10=1.31 avg60=0.75 avg300=0.60 total=64460228\n");
        Files.writeString(files.resolve("memory"), "not what we know\n");

        assertThat(KernelPressure.read(files)).isEqualTo(Pressure.UNKNOWN);
    }
}
