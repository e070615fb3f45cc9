package dev.stepwell.data;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.data.chat.Example;
import java.util.List;

/// A file's rows, tokenized, in the order of the file.
///
/// @param examples one for each usable row
/// @param previews rows whose answers can be judged, from which previews are drawn; may be empty (plain text has none)
/// @param sample   some of the rows, spread evenly over the file, to be asked again when others were trained
/// @param heldOut  some of the rows that are not trained, spread evenly over the file; all, if they are few
/// @param ledger   what became of all rows; nothing is trained yet
public record TrainingData(
        List<Example> examples,
        List<PreviewRow> previews,
        List<ExamRow> sample,
        List<ExamRow> heldOut,
        RowLedger ledger) {
    public TrainingData {
        examples = List.copyOf(examples);
        previews = List.copyOf(previews);
        sample = List.copyOf(sample);
        heldOut = List.copyOf(heldOut);
    }

    /// A file of which nothing is held out.
    public TrainingData(List<Example> examples, List<PreviewRow> previews, List<ExamRow> sample, RowLedger ledger) {
        this(examples, previews, sample, List.of(), ledger);
    }
}
