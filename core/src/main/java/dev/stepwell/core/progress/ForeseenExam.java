package dev.stepwell.core.progress;

/// What the model will still be asked in a file and after it, as its trainer foresees it: bounded by a budget that
/// grows with training.
///
/// @param after  seconds that asking all there is to ask after the file's last step takes
/// @param during seconds of one asking between two of its steps; 0 for none
/// @param left   seconds that the budget has left; negative if more was taken
/// @param share  seconds by which it grows with each second of training
/// @param least  seconds that must be left for anything to be asked
public record ForeseenExam(double after, double during, double left, double share, double least) {
    /// Nothing is ever asked.
    public static final ForeseenExam NONE = new ForeseenExam(0, 0, 0, 0, 0);

    /// Seconds of asking that are still to come in a file. Where the budget does not last for all, what is over at the
    /// end is too little for another set of rows: half as much as for one, on average.
    ///
    /// @param training seconds of training from the moment at which this was foreseen to the file's last step
    /// @param times    how often it is asked until then
    double seconds(double training, double times) {
        double budget = left + share * training;
        double wanted = after + times * during;
        if (budget < least || wanted <= 0) {
            return 0;
        }
        return wanted <= budget ? wanted : Math.max(Math.min(wanted, least), budget - least / 2);
    }
}
