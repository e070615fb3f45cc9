package dev.stepwell.torch;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.model.RowLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Shares the rows of a micro-batch out among threads.
///
/// ```
///  rows by length:   ▪ ▪ ▪ ▬ ▬ ▬▬▬ ▬▬▬▬
///  passes:          [▪ ▪ ▪ ▬] [▬] [▬▬▬] [▬▬▬▬]      no longer than is worth it
///  thread 0:        [▬▬▬▬] [▬]                      longest first, each to who has least
///  thread 1:        [▬▬▬] [▪ ▪ ▪ ▬]
/// ```
///
/// A pass takes rows of like length, so that little is padded where rows are, and just as many as are needed for its
/// work to outweigh its overhead: of a large model one row is enough, and what a pass needs of memory is then that of
/// one row.
///
/// What comes out depends only on lengths, number of threads and size of the model, so that the same rows give the
/// same sums every time.
final class RowShares {
    /// Work of a pass, in products of tokens and parameters, beside which the calls into libtorch are few.
    private static final long WORTH_A_PASS = 500_000_000;
    /// Matrices with fewer rows than this are slower per row, however large the model.
    private static final long LEAST_TOKENS = 128;

    private final int threads;
    private final long tokensPerPass;
    private final RowLayout layout;

    /// @param threads    at least 1
    /// @param parameters of the whole model
    /// @param layout     of a pass
    RowShares(int threads, long parameters, RowLayout layout) {
        this.threads = threads;
        this.tokensPerPass = Math.max(LEAST_TOKENS, WORTH_A_PASS / Math.max(1, parameters));
        this.layout = layout;
    }

    /// All rows in one pass of one thread, for hardware that works on all of them at once.
    static RowShares together(RowLayout layout) {
        return new RowShares(1, 1, layout);
    }

    /// The passes of one thread, in the order in which it runs them.
    private static final class Share {
        final List<List<Example>> passes = new ArrayList<>();
        long tokens;

        void add(List<Example> pass, long passTokens) {
            passes.add(pass);
            tokens += passTokens;
        }
    }

    /// The passes of each thread: no more lists than threads or rows, none of them empty.
    ///
    /// @param rows at least one
    List<List<List<Example>>> of(List<Example> rows) {
        List<List<Example>> passes = passes(rows);
        passes.sort(Comparator.<List<Example>>comparingLong(layout::tokens).reversed());
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, passes.size()); i++) {
            shares.add(new Share());
        }
        for (List<Example> pass : passes) {
            Share least = shares.getFirst();
            for (Share share : shares) {
                least = share.tokens < least.tokens ? share : least;
            }
            least.add(pass, layout.tokens(pass));
        }
        return shares.stream().map(share -> share.passes).toList();
    }

    /// The most tokens, padding included, that all threads together have in passes at a time.
    ///
    /// @param rows   in a micro-batch, all of them `length` tokens long
    long tokensAtOnce(int rows, int length) {
        long limit = Math.min(tokensPerPass, Math.ceilDiv((long) rows * length, threads));
        long rowsOfPass = Math.clamp(limit / length, 1, rows);
        return Math.min(rows, rowsOfPass * threads) * length;
    }

    private List<List<Example>> passes(List<Example> rows) {
        List<Example> byLength = new ArrayList<>(rows);
        byLength.sort(Comparator.comparingInt(row -> row.ids().length));
        long limit = Math.min(tokensPerPass, Math.ceilDiv(layout.tokens(byLength), threads));
        List<List<Example>> passes = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= byLength.size(); i++) {
            if (i == byLength.size() || layout.tokens(byLength.subList(from, i + 1)) > limit) {
                passes.add(byLength.subList(from, i));
                from = i;
            }
        }
        return passes;
    }
}
