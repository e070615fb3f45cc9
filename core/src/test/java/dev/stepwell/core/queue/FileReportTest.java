package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import java.nio.charset.StandardCharsets;
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

    @Test
    void what_was_written_is_read_with_as_many_refused_rows_as_are_wanted() {
        RowLedger ledger = new RowLedger(
                9, 5, 0, 0, List.of(new RowRejection(3, 14, "not JSON"), new RowRejection(4, 0, "empty")));
        FileReport report = givenUp(
                new FileSurvey(ledger, 0, LineSurveyor.sha256(new byte[0]), LineSurveyor.FORMAT), "NoUsableRow", "no");

        assertThat(FileReport.read(report.toJson())).isEqualTo(report);
        assertThat(report.listing(2)).isEqualTo(report);
        JsonNode one = json(report.listing(1));
        assertThat(one.at("/rows/rejections")).hasSize(1);
        assertThat(one.at("/rows/rejections_omitted").longValue()).isEqualTo(4);
        assertThat(json(report.listing(0)).at("/rows/rejections_omitted").longValue())
                .isEqualTo(5);
    }

    @Test
    void a_report_of_a_program_that_held_nothing_out_is_read() {
        RowLedger ledger = new RowLedger(9, 5, 0, 0, List.of(new RowRejection(3, 14, "not JSON")));
        FileReport report = givenUp(
                new FileSurvey(ledger, 0, LineSurveyor.sha256(new byte[0]), LineSurveyor.FORMAT), "NoUsableRow", "no");
        String older = new String(report.toJson(), StandardCharsets.UTF_8).replaceFirst("\"held_out\" : 0,", "");

        assertThat(older).doesNotContain("held_out");
        assertThat(FileReport.read(older.getBytes(StandardCharsets.UTF_8))).isEqualTo(report);
    }

    @Test
    void what_a_newer_program_added_is_passed_over_and_what_is_no_report_is_none() {
        String json = new String(givenUp(null, "Unreadable", "cannot be read").toJson(), StandardCharsets.UTF_8);
        assertThat(FileReport.read(json.replaceFirst("\\{", "{\"more\": 1,").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(FileReport.read(json.getBytes(StandardCharsets.UTF_8)));
        for (String none : List.of("", "null", "{}", "[]", json.substring(0, json.length() / 2))) {
            assertThatThrownBy(() -> FileReport.read(none.getBytes(StandardCharsets.UTF_8)))
                    .as(none)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static FileReport givenUp(@Nullable FileSurvey survey, String type, String message) {
        return FileReports.givenUp(FILE, survey, new FileReport.Cause(type, message), List.of(), NOW);
    }

    private static JsonNode json(FileReport report) {
        return JsonMapper.shared().readTree(report.toJson());
    }
}
