package dev.stepwell.bench;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// When each document was published, by the clock of [System#nanoTime], which all processes of a Linux machine have in
/// common: written by one of them, read by others, in memory that they share.
final class PublicationTimes implements AutoCloseable {
    private final FileChannel channel;
    private final LongBuffer times;

    private PublicationTimes(FileChannel channel, MapMode mode, int documents) throws IOException {
        this.channel = channel;
        times = channel.map(mode, 0, (long) documents * Long.BYTES).asLongBuffer();
    }

    static PublicationTimes create(Path file, int documents) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new PublicationTimes(channel, MapMode.READ_WRITE, documents);
    }

    static PublicationTimes open(Path file, int documents) throws IOException {
        return new PublicationTimes(FileChannel.open(file, StandardOpenOption.READ), MapMode.READ_ONLY, documents);
    }

    void set(int document, long nanos) {
        times.put(document, nanos);
    }

    long get(int document) {
        return times.get(document);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
