package dev.stepwell.app.daemon;

import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskJson;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.FileReport;
import dev.stepwell.core.queue.QueueDesk;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.monitor.web.ApiRequest;
import dev.stepwell.monitor.web.ApiResponse;
import dev.stepwell.monitor.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/v1/files/{id}`: all that is known of a file, with what its report says.
///
/// ```
/// {"answer": "details", "file": {…}, "report": {…}, "report_fault": null}
/// ```
///
/// `report` is null until there is one, and where `report_fault` says why it cannot be shown. Of refused rows
/// `rejections` are listed in both; the others are counted.
final class FileRoute {
    private static final int REJECTIONS = 100;
    /// Many times what the program writes.
    private static final int LARGEST_REPORT = 4 << 20;

    private final QueueDesk desk;

    private FileRoute(QueueDesk desk) {
        this.desk = desk;
    }

    static Route of(QueueDesk desk) {
        return new Route("GET", "/api/v1/files/{id}", new FileRoute(desk)::answer);
    }

    private ApiResponse answer(ApiRequest request) {
        int most = (int) request.whole("rejections", REJECTIONS, 0, RowLedger.KEPT_REJECTIONS);
        try {
            DeskAnswer answer = desk.answer(new DeskRequest.Show(request.path().getOrDefault("id", "")));
            return answer instanceof DeskAnswer.Details(var file)
                    ? ApiResponse.of(200, withReport(new DeskAnswer.Details(file.listing(most)), file.report(), most))
                    : new ApiResponse(404, new String(DeskJson.write(answer), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the queue cannot be read", e);
        }
    }

    private static ObjectNode withReport(DeskAnswer.Details details, @Nullable String path, int most) {
        ObjectNode body = (ObjectNode) JsonMapper.shared().readTree(DeskJson.write(details));
        body.putNull("report").putNull("report_fault");
        if (path != null) {
            try {
                byte[] json =
                        FileReport.read(bytes(Path.of(path))).listing(most).toJson();
                body.set("report", JsonMapper.shared().readTree(json));
            } catch (NoSuchFileException _) {
                // The file was put back into the queue a moment ago, and its report is no more.
            } catch (IOException | IllegalArgumentException e) {
                body.put("report_fault", "%s cannot be shown: %s".formatted(path, e.getMessage()));
            }
        }
        return body;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_REPORT + 1);
            if (bytes.length > LARGEST_REPORT) {
                throw new IOException("it is larger than %d MB".formatted(LARGEST_REPORT >> 20));
            }
            return bytes;
        }
    }
}
