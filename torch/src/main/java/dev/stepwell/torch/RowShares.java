package dev.stepwell.torch;

import dev.stepwell.data.chat.Example;
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
/// A pass takes rows of like length, so that little is padded, and just as many as are needed for its work to outweigh
/// its overhead: of a large model one row is enough, and what a pass needs of memory is then that of one row.
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

    /// @param threads    at least 1
    /// @param parameters of the whole model
    RowShares(int threads, long parameters) {
        this.threads = threads;
        this.tokensPerPass = Math.max(LEAST_TOKENS, WORTH_A_PASS / Math.max(1, parameters));
    }

    /// All rows in one pass of one thread, for hardware that works on all of them at once.
    static RowShares together() {
        return new RowShares(1, 1);
    }

    /// The passes of one thread, in the order in which it runs them.
    private static final class Share {
        final List<List<Example>> passes = new ArrayList<>();
        long tokens;

        void add(List<Example> pass) {
            passes.add(pass);
            tokens += padded(pass);
        }
    }

    /// The passes of each thread: no more lists than threads or rows, none of them empty.
    ///
    /// @param rows at least one
    List<List<List<Example>>> of(List<Example> rows) {
        List<List<Example>> passes = passes(rows);
        passes.sort(Comparator.comparingLong(RowShares::padded).reversed());
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < Math.min(threads, passes.size()); i++) {
            shares.add(new Share());
        }
        for (List<Example> pass : passes) {
            Share least = shares.getFirst();
            for (Share share : shares) {
                least = share.tokens < least.tokens ? share : least;
            }
            least.add(pass);
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
        long limit = Math.min(tokensPerPass, Math.ceilDiv(padded(byLength), threads));
        List<List<Example>> passes = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= byLength.size(); i++) {
            if (i == byLength.size() || (i + 1L - from) * byLength.get(i).ids().length > limit) {
                passes.add(byLength.subList(from, i));
                from = i;
            }
        }
        return passes;
    }

    /// @param pass in ascending order of length
    private static long padded(List<Example> pass) {
        return (long) pass.size() * pass.getLast().ids().length;
    }
}
