package dev.stepwell.monitor.metrics;

import dev.stepwell.core.status.StatusDocument;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/// What a scraper reads: the status, the queue, the work and the process, in OpenMetrics or in the older text of
/// Prometheus, as it asks.
public final class MetricsText {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();

    /// @param status  asked for each scrape
    /// @param queue   asked no more often than every five seconds
    /// @param work    told of what takes time
    /// @param version of the program
    public MetricsText(
            Supplier<StatusDocument> status, Supplier<QueueNumbers> queue, WorkMetrics work, String version) {
        registry.register(new StatusMetrics(status, version));
        registry.register(new QueueMetrics(queue, System::nanoTime));
        work.register(registry);
        ProcessMetrics.builder().register(registry);
    }

    /// A scrape.
    ///
    /// @param type  of the content
    /// @param bytes its text, not to be changed
    @SuppressWarnings("ArrayRecordComponent") // Sent as it is, compared by nobody.
    public record Written(String type, byte[] bytes) {}

    /// Everything as it is now.
    ///
    /// @param accepted the formats that the scraper asks for, as in the header `Accept`; empty for any
    public Written write(String accepted) {
        ExpositionFormatWriter writer = formats.findWriter(accepted);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return new Written(writer.getContentType(), out.toByteArray());
    }
}
