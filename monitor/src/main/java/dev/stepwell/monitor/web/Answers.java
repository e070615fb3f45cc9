package dev.stepwell.monitor.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How answers are sent, and what is answered to what goes wrong. Who does not read an answer is not waited for.
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    /// Nothing from elsewhere, nothing written into the page itself, in nobody's frame.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Deadlines deadlines;

    Answers(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    void send(ServerResponse response, ApiResponse answer) {
        response.status(Status.create(answer.status()))
                .header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff");
        write(response, answer.json().getBytes(StandardCharsets.UTF_8));
    }

    private void write(ServerResponse response, byte[] body) {
        if (body.length <= deadlines.piece()) { // A filter that answers may not stream.
            try (Deadlines.Wait _ = deadlines.begin()) {
                response.send(body);
            }
            return;
        }
        response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        try (OutputStream out = response.outputStream()) {
            deadlines.write(out, body);
        } catch (IOException e) {
            throw new CloseConnectionException("the answer could not be written", e);
        }
    }

    void show(Page page, ServerRequest request, ServerResponse response) {
        Page.Content content =
                page.answer().apply(request.headers().first(HeaderNames.ACCEPT).orElse(""));
        response.status(Status.create(content.status()))
                .header(HeaderNames.CONTENT_TYPE, content.type())
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff");
        write(response, content.bytes());
    }

    void wrongMethod(ServerResponse response, Set<String> methods) {
        String allowed = String.join(", ", new TreeSet<>(methods));
        response.header(HeaderNames.ALLOW, allowed);
        send(response, ApiResponse.error(405, "wrong_method", "This takes " + allowed + "."));
    }

    void refused(ServerResponse response, BadRequestException e) {
        send(response, ApiResponse.error(400, "bad_request", String.valueOf(e.getMessage())));
    }

    void failed(ServerRequest request, ServerResponse response, RuntimeException e) {
        if (e instanceof HttpException refused) { // A body that is too large, say.
            send(response, ApiResponse.error(refused.status().code(), "refused", String.valueOf(e.getMessage())));
            return;
        }
        if (e instanceof UncheckedIOException && e.getCause() instanceof BodyException body) {
            // The sender's doing. Where it has gone nobody is told; what is left of its body is nothing to go on with.
            LOG.info("{}: {}", request.path().path(), body.getMessage());
            response.header(HeaderNames.CONNECTION, "close");
            send(
                    response,
                    ApiResponse.error(
                            408, "body_incomplete", "The body did not come whole: " + body.getMessage() + "."));
            return;
        }
        LOG.error("the request {} failed", request.path().path(), e);
        send(response, ApiResponse.error(500, "failed", "The request failed; logs/stepwell.log says why."));
    }
}
