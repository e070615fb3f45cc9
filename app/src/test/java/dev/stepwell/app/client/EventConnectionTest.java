package dev.stepwell.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventConnectionTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    @Test
    void eventsComeAsTheyAreSentAndSilenceIsNoticed() throws Exception {
        try (PipedOutputStream server = new PipedOutputStream();
                EventConnection events = new EventConnection(new PipedInputStream(server))) {
            server.write("retry: 70\nid: 3\ndata: x\n\n".getBytes(StandardCharsets.UTF_8));
            server.flush();
            assertThat(events.next(LONG)).isEqualTo(new ServerEvent("message", "x", "3"));
            assertThat(events.retry()).contains(Duration.ofMillis(70));
            assertThatThrownBy(() -> events.next(SHORT)).isInstanceOf(HttpTimeoutException.class);
            server.write("data: y\n\n".getBytes(StandardCharsets.UTF_8));
            server.flush();
            assertThat(events.next(LONG)).isEqualTo(new ServerEvent("message", "y", "3"));
        }
    }

    @Test
    void theEndIsToldAfterAllThatCameBefore() throws Exception {
        PipedOutputStream server = new PipedOutputStream();
        try (EventConnection events = new EventConnection(new PipedInputStream(server))) {
            server.write("data: x\n\ndata: y".getBytes(StandardCharsets.UTF_8));
            server.close();
            assertThat(events.next(LONG).data()).isEqualTo("x");
            assertThatThrownBy(() -> events.next(LONG))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the daemon closed the connection");
        }
    }
}
