package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedTest {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong();

    @Test
    void whatDripsIsCutOffWhenItsGraceIsOver() throws IOException {
        InputStream in = paced(new byte[1_000]);
        for (int second = 0; second < 10; second++) {
            assertThat(in.read()).isZero();
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        now.addAndGet(Duration.ofMillis(100).toNanos());

        assertThatThrownBy(in::read)
                .isInstanceOf(BodyException.class)
                .hasMessage("less than 1,024 bytes came in a second");
    }

    @Test
    void whatComesAtAPaceMayTakeAsLongAsItTakes() throws IOException {
        InputStream in = paced(new byte[200_000]);
        for (int second = 0; second < 100; second++) {
            assertThat(in.readNBytes(2_000)).hasSize(2_000);
            now.addAndGet(Duration.ofSeconds(1).toNanos());
        }
        now.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(in.read()).as("the end owes nothing").isEqualTo(-1);
    }

    @Test
    void whatBreaksOffIsTheSendersDoing() {
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("connection reset, in a library's own words");
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                return read();
            }
        };
        assertThatThrownBy(() -> new Paced(broken, GRACE, now::get).read())
                .isInstanceOf(BodyException.class)
                .hasMessage("it broke off after 0 bytes");
    }

    private InputStream paced(byte[] bytes) {
        return new Paced(new ByteArrayInputStream(bytes), GRACE, now::get);
    }
}
