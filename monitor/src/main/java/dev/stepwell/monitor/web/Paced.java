package dev.stepwell.monitor.web;

import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/// What somebody sends, as long as it comes fast enough: who drips a byte now and then, so that no single read
/// takes too long, holds its place no longer than who sends nothing.
final class Paced extends FilterInputStream {
    /// Slower than any line on which somebody would send a file, or look at a page.
    static final int BYTES_PER_SECOND = 1_024;

    private final long graceNanos;
    private final LongSupplier nanoTime;
    private final long began;
    private long received;

    /// @param grace    after which the pace counts
    /// @param nanoTime measures it, in nanoseconds
    Paced(InputStream in, Duration grace, LongSupplier nanoTime) {
        super(in);
        this.graceNanos = grace.toNanos();
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    static Paced of(InputStream in, Duration grace) {
        return new Paced(in, grace, System::nanoTime);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count;
        try {
            count = in.read(buffer, from, length);
        } catch (HttpException | CloseConnectionException e) { // It is too large, or there is nobody to be told.
            throw e;
        } catch (RequestException e) { // The same of one that comes in chunks, or chunks that are none.
            throw new HttpException(String.valueOf(e.getMessage()), e.status(), e, false);
        } catch (RuntimeException | IOException e) { // Helidon has several names for a connection that broke.
            throw new BodyException("it broke off after %,d bytes".formatted(received), e);
        }
        if (count > 0) {
            count(count);
        }
        return count;
    }

    private void count(int bytes) throws BodyException {
        received += bytes;
        long counted = nanoTime.getAsLong() - began - graceNanos;
        if (counted > 0 && received < BYTES_PER_SECOND * (counted / 1e9)) {
            throw new BodyException("less than %,d bytes came in a second".formatted(BYTES_PER_SECOND));
        }
    }
}
