package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FileReportTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final QueuedFile FILE = new QueuedFile(
            7, "a\nb.jsonl", "7__a_b.jsonl", "x/a\nb.jsonl", 12, NOW, FileState.TAKING, Priority.NORMAL, NOW, 0, null);

    @Test
    void what_is_unknown_is_null_and_never_absent() {
        JsonNode report = json(givenUp(null, "Unreadable", "cannot be read"));
        assertThat(report.at("/file/name").stringValue()).isEqualTo("a\nb.jsonl");
        assertThat(report.at("/error/type").stringValue()).isEqualTo("Unreadable");
        for (String unknown : List.of("rows", "training")) {
            assertThat(report.has(unknown)).describedAs(unknown).isTrue();
            assertThat(report.get(unknown).isNull()).describedAs(unknown).isTrue();
        }
        assertThat(report.get("ended_at").stringValue()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void rejected_rows_are_named_by_line_and_the_rest_are_counted() {
        RowLedger ledger = new RowLedger(5_000, 4_000, 0, 0, List.of(new RowRejection(3, 14, "not JSON")));
        JsonNode report = json(givenUp(
                new FileSurvey(ledger, 0, LineSurveyor.sha256(new byte[0]), LineSurveyor.FORMAT), "NoUsableRow", "no"));
        assertThat(report.at("/rows/usable").longValue()).isEqualTo(1_000);
        assertThat(report.at("/rows/rejections/0/line").longValue()).isEqualTo(3);
        assertThat(report.at("/rows/rejections/0/column").intValue()).isEqualTo(14);
        assertThat(report.at("/rows/rejections/0/reason").stringValue()).isEqualTo("not JSON");
        assertThat(report.at("/rows/rejections_omitted").longValue()).isEqualTo(3_999);
    }

    @Test
    void a_reason_that_quotes_half_a_character_does_not_keep_the_report_from_being_written() {
        RowLedger ledger = new RowLedger(1, 1, 0, 0, List.of(new RowRejection(1, 0, "lone \ud800 surrogate")));
        JsonNode report = json(givenUp(
                new FileSurvey(ledger, 0, LineSurveyor.sha256(new byte[0]), LineSurveyor.FORMAT), "NoUsableRow", "no"));
        assertThat(report.at("/rows/rejections/0/reason").stringValue()).isEqualTo("lone ? surrogate");
    }

    private static FileReport givenUp(@Nullable FileSurvey survey, String type, String message) {
        return FileReports.givenUp(FILE, survey, new FileReport.Cause(type, message), List.of(), NOW);
    }

    private static JsonNode json(FileReport report) {
        return JsonMapper.shared().readTree(report.toJson());
    }
}
